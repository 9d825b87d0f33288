package io.sluice.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantConfigTest {
    @TempDir
    private Path folder;

    @Test
    void readsWhatATenantHasOfItsOwn() throws IOException {
        TenantConfig config =
                read("tenants: {acme: {root: 's3a://acme/lake', key: 'env:ACME_KEY', policy: /etc/acme.yaml}}")
                        .config()
                        .orElseThrow();

        TenantSettings acme = config.settings(new TenantName("acme"), "./lake");
        assertThat(acme.root()).isEqualTo("s3a://acme/lake");
        assertThat(acme.key()).isEqualTo(new KeyReference.Variable("ACME_KEY"));
        assertThat(acme.policy()).contains(Path.of("/etc/acme.yaml"));
        TenantSettings other = config.settings(new TenantName("other"), "./lake/");
        assertThat(other.root()).isEqualTo("./lake/other");
        assertThat(other.key()).isEqualTo(new KeyReference.Generated());
        assertThat(other.policy()).isEmpty();
    }

    @Test
    void saysEverythingThatIsWrongWithoutRepeatingValues() throws IOException {
        assertThat(read("tenants: {acme: {roots: x, key: 'file:/k'}, b: {keys: s3cret}}\nlake: x")
                        .problems())
                .containsExactlyInAnyOrder(
                        "unknown key lake in the config file. Known are tenants",
                        "unknown key tenants.acme.roots in the config file. Did you mean root?",
                        "unknown key tenants.b.keys in the config file. Did you mean key?");
        assertThat(read("tenants: {acme: {key: s3cret}}").problems())
                .singleElement()
                .asString()
                .contains("$.tenants.acme.key breaks pattern")
                .doesNotContain("s3cret");
        assertThat(
                        read("tenants: {acme: {root: /d}, bb: {root: /d/b}, cc: {root: /db}, ee: {root: /e}, ff: {root: /e}}")
                                .problems())
                .containsExactlyInAnyOrder(
                        "tenants acme and bb share a root in the config file",
                        "tenants ee and ff share a root in the config file");
        assertThat(read("tenants: [").problems()).singleElement().asString().contains("is not YAML at line 1");
        assertThat(read("").problems()).singleElement().asString().contains("does not meet");
        assertThat(TenantConfig.read(folder.resolve("none.yaml")).problems())
                .singleElement()
                .asString()
                .contains("none.yaml cannot be read");
    }

    private TenantConfig.Reading read(String yaml) throws IOException {
        return TenantConfig.read(Files.writeString(folder.resolve("config.yaml"), yaml));
    }
}
