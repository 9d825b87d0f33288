package io.sluice.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @BeforeEach
    void clear() {
        out.reset();
        err.reset();
    }

    @Test
    void reportsEverythingThatIsWrongAtOnce() {
        int code = run("sql", "--tenant", "../x", "--run-id", "no spaces", "--limit", "0", "SELECT 1");

        assertThat(code).isEqualTo(ExitCode.SETTINGS);
        assertThat(err())
                .contains("lower-case letters")
                .contains("--run-id takes")
                .contains("--limit must be 1");
        assertThat(out()).isEmpty();
        assertThat(folder.resolve("lake")).doesNotExist();
    }

    @Test
    void refusesTenantNamesBeforeAnyPathIsBuilt() {
        for (String name : List.of("../x", "ACME", "", "a", "a/b", "acme.", "-acme")) {
            err.reset();
            assertThat(run("sql", "--tenant", name, "SELECT 1")).as(name).isEqualTo(ExitCode.SETTINGS);
            assertThat(err()).as(name).contains("Give --tenant a name such as acme");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void suggestsTheOptionThatWasMeant() {
        assertThat(run("sql", "--tenat", "acme", "SELECT 1")).isEqualTo(ExitCode.SETTINGS);
        assertThat(err()).contains("--tenat").contains("Did you mean").contains("--tenant");
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        assertThat(run("sqll")).isEqualTo(ExitCode.SETTINGS);
        assertThat(err()).contains("Did you mean").contains("sql");
        assertThat(run()).isEqualTo(ExitCode.SETTINGS);
        assertThat(err()).contains("a command is missing");
    }

    @Test
    void suggestsTheConfigKeyThatWasMeant() throws IOException {
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, "tenants:\n  acme:\n    rot: /data\n    key: plain-secret\nlimit: 3\n");

        assertThat(run("sql", "--tenant", "acme", "--config", config.toString(), "SELECT 1"))
                .isEqualTo(ExitCode.SETTINGS);
        assertThat(err())
                .contains("unknown key tenants.acme.rot in the config file. Did you mean root?")
                .contains("unknown key limit in the config file. Known are tenants")
                .doesNotContain("plain-secret");
    }

    @Test
    void printsHelpAndVersionOnStandardOutput() {
        assertThat(run("sql", "--help")).isZero();
        assertThat(out()).contains("--as-of").contains("--plan-only");
        assertThat(run("--version")).isZero();
        assertThat(out()).containsPattern("sluice [0-9]+\\.[0-9]+");
    }

    private int run(String... args) {
        return JobsMain.run(
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
