package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.tenant.SluiceException;
import io.sluice.tenant.TenantConfig;
import io.sluice.tenant.TenantKey;
import io.sluice.tenant.TenantName;
import io.sluice.tenant.TenantSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantKeysTest {
    private static final TenantName ACME = new TenantName("acme");

    @TempDir
    private Path folder;

    @Test
    void makesAKeyOnceForALakeOnDiskAndOnlyWhenItIsNeeded() throws IOException {
        TenantSettings settings = TenantSettings.below(folder.toUri().toString(), ACME);
        TenantKeys keys = open(settings);
        assertThat(folder).isEmptyDirectory();

        TenantKey first = keys.key();
        assertThat(open(settings).key().mac("p", "v")).isEqualTo(first.mac("p", "v"));
        Path file = folder.resolve("acme/control/tenant.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("acme/control")).isDirectoryContaining(file::equals);
        try (var files = Files.list(folder.resolve("acme/control"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void readsAConfiguredKeyAndRefusesABrokenOneWithoutShowingIt() throws IOException {
        Path key = Files.writeString(folder.resolve("k"), "MDEyMzQ1Njc4OWFiY2RlZg==\n");
        assertThat(open(configured("file:" + key)).key().version()).isEqualTo(1);
        Files.writeString(key, "not base64 s3cret!");
        assertThatThrownBy(() -> open(configured("file:" + key)))
                .isInstanceOf(SluiceException.class)
                .hasMessageContaining("it is not base64")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> open(configured("env:SLUICE_NO_SUCH_VARIABLE")))
                .hasMessageContaining("environment variable SLUICE_NO_SUCH_VARIABLE is not set");
        assertThatThrownBy(() -> open(configured("file:" + folder.resolve("none"))))
                .hasMessageContaining("cannot be read");
    }

    private TenantSettings configured(String reference) throws IOException {
        Path config = Files.writeString(
                folder.resolve("c.yaml"),
                "tenants: {acme: {root: '" + folder.resolve("acme").toUri() + "', key: '" + reference + "'}}");
        return TenantConfig.read(config).config().orElseThrow().settings(ACME, "unused");
    }

    private static TenantKeys open(TenantSettings settings) {
        return new TenantKeys(settings, TenantRoot.of(settings, new Configuration()));
    }
}
