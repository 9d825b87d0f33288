package io.sluice.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.tenant.SluiceException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void tellsAFullDiskFromOneThatIsReadOnlyOrForbidden() {
        assertThat(told(new IOException("No space left on device"))).contains("disk is full");
        assertThat(told(new FileSystemException("/lake/x", null, "Read-only file system")))
                .contains("read-only");
        assertThat(told(new FileNotFoundException("/lake/x (Permission denied)")))
                .contains("denied");
        assertThat(told(new java.nio.file.AccessDeniedException("/lake/x"))).contains("denied");
    }

    @Test
    void mapsEachKindToTheExitCodeThatASchedulerUnderstands() {
        assertThat(exit(new IOException("No space left on device"))).isEqualTo(ExitCode.FAILED);
        assertThat(exit(new IOException("Read-only file system"))).isEqualTo(ExitCode.SETTINGS);
        assertThat(exit(new IOException("anything"))).isEqualTo(ExitCode.FAILED);
        assertThat(exit(new IOException(SluiceException.refused("a", "b", "c"))))
                .isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void repeatsNoMessageOfOthers() {
        assertThat(told(new IOException("token 4f9d"))).doesNotContain("4f9d").contains("IOException");
    }

    private static String told(IOException cause) {
        return Failures.told(new IllegalStateException(new UncheckedIOException(cause)))
                .getMessage();
    }

    private static int exit(IOException cause) {
        return Failures.told(new UncheckedIOException(cause)).kind().exitCode();
    }
}
