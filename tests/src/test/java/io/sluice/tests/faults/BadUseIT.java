package io.sluice.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.tests.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong options and settings are told all at once, before anything is touched, with exit code 2. */
final class BadUseIT {
    @TempDir
    private Path folder;

    @Test
    void anUnknownOptionIsToldWithTheOneThatWasMeant() {
        Outcome outcome = Outcome.of("ingest", "--tenant", "acme", "--lake", lake(), "--plan-onyl");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.messages()).contains("--plan-onyl").contains("--plan-only");
        assertNothingWritten();
    }

    @Test
    void anUnknownCommandIsToldWithTheOneThatWasMeant() {
        Outcome outcome = Outcome.of("ingset", "--tenant", "acme");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.messages()).contains("ingest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "Acme", "", "a", "acme/eu", "-acme"})
    void aTenantThatIsNoNameIsRefusedBeforeAnyPathIsBuilt(String tenant) {
        Outcome outcome = Outcome.of("ingest", "--tenant", tenant, "--lake", lake());

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.messages()).contains("lower-case letters, digits and hyphens");
        assertNothingWritten();
    }

    @Test
    void anUnknownKeyInTheSettingsIsToldWithTheOneThatWasMeant() throws Exception {
        Path config = Files.writeString(
                folder.resolve("sluice.yaml"),
                "tenants:\n  acme:\n    rooot: " + lake() + "/acme\n",
                StandardCharsets.UTF_8);

        Outcome outcome = Outcome.of("ingest", "--tenant", "acme", "--lake", lake(), "--config", config.toString());

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.messages()).contains("rooot").contains("root");
        assertNothingWritten();
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        Outcome outcome = Outcome.of(
                "export", "--tenant", "Acme", "--lake", lake(), "--run-id", "../x", "--format", "gatling", "--to", "x");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.messages()).contains("lower-case letters", "--run-id", "gatling", "k6");
        assertNothingWritten();
    }

    @Test
    void aFolderThatIsNotThereIsTold() {
        Outcome outcome = Outcome.of(
                "import",
                "--tenant",
                "acme",
                "--lake",
                lake(),
                folder.resolve("nowhere").toString());

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.messages()).contains("nowhere");
    }

    @Test
    void exportForATenantWithoutDataSaysWhatToRunFirst() {
        Outcome outcome =
                Outcome.of("export", "--tenant", "acme", "--lake", lake(), "--format", "k6", "--to", lake() + "/out");

        assertThat(outcome.exitCode()).as(outcome.messages()).isEqualTo(2);
        assertThat(outcome.messages()).contains("import captures first");
    }

    private String lake() {
        return folder.resolve("lake").toString();
    }

    private void assertNothingWritten() {
        assertThat(folder.resolve("lake")).doesNotExist();
    }
}
