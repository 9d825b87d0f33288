package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileSpansTest {
    private final FileSpans files = new FileSpans(Map.of("a", 3L, "b", 4L));

    @Test
    void aFileBelongsToTheVersionsFromItsCommitToItsRemoval() {
        files.take(2, "add", "a");
        files.take(4, "add", "b");
        files.take(7, "remove", "a");

        assertThat(files.spans(0, 9, Set.of("b")))
                .containsExactly(new VersionSpan(2, 3, 1, 3), new VersionSpan(4, 6, 2, 7), new VersionSpan(7, 9, 1, 4));
    }

    @Test
    void aDeletionVectorEndsNothing() {
        files.take(1, "add", "a");
        files.take(5, "remove", "a");
        files.take(5, "add", "a");

        assertThat(files.spans(0, 6, Set.of("a"))).containsExactly(new VersionSpan(1, 6, 1, 3));
    }

    @Test
    void whatIsRestoredBelongsToTheVersionsBeforeAndAfter() {
        files.take(1, "add", "a");
        files.take(2, "remove", "a");
        files.take(5, "add", "a");

        assertThat(files.spans(0, 6, Set.of("a")))
                .containsExactly(new VersionSpan(1, 1, 1, 3), new VersionSpan(5, 6, 1, 3));
    }

    @Test
    void changesBelongToTheirCommitAlone() {
        files.take(1, "add", "a");
        files.take(3, "cdc", "b");

        assertThat(files.spans(0, 4, Set.of("a")))
                .containsExactly(new VersionSpan(1, 2, 1, 3), new VersionSpan(3, 3, 2, 7), new VersionSpan(4, 4, 1, 3));
    }

    @Test
    void whatACommitAddedThatIsGoneWasThereBefore() {
        files.take(8, "remove", "a");

        assertThat(files.spans(5, 9, Set.of("b")))
                .containsExactly(new VersionSpan(5, 7, 2, 7), new VersionSpan(8, 9, 1, 4));
    }

    @Test
    void whatNoCommitNamesAndTheNewestVersionHasNotIsOfNoVersion() {
        assertThat(files.spans(5, 9, Set.of())).isEmpty();
    }

    @Test
    void versionsThatCannotBeReadAreNotToldOf() {
        files.take(2, "add", "a");
        files.take(3, "add", "b");
        files.take(7, "remove", "a");

        assertThat(files.spans(5, 6, Set.of("b"))).containsExactly(new VersionSpan(5, 6, 2, 7));
    }
}
