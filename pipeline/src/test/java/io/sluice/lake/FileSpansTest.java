package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileSpansTest {
    private final List<TableLog.Action> commits = new ArrayList<>();

    @Test
    void aFileBelongsToTheVersionsFromItsCommitToItsRemoval() {
        commits.add(new TableLog.Action(2, "add", "a"));
        commits.add(new TableLog.Action(4, "add", "b"));
        commits.add(new TableLog.Action(7, "remove", "a"));

        assertThat(between(0, 9, Set.of("b")))
                .containsExactly(new VersionSpan(2, 3, 1, 3), new VersionSpan(4, 6, 2, 7), new VersionSpan(7, 9, 1, 4));
    }

    @Test
    void aDeletionVectorEndsNothing() {
        commits.add(new TableLog.Action(1, "add", "a"));
        commits.add(new TableLog.Action(5, "remove", "a"));
        commits.add(new TableLog.Action(5, "add", "a"));

        assertThat(between(0, 6, Set.of("a"))).containsExactly(new VersionSpan(1, 6, 1, 3));
    }

    @Test
    void whatIsRestoredBelongsToTheVersionsBeforeAndAfter() {
        commits.add(new TableLog.Action(1, "add", "a"));
        commits.add(new TableLog.Action(2, "remove", "a"));
        commits.add(new TableLog.Action(5, "add", "a"));

        assertThat(between(0, 6, Set.of("a")))
                .containsExactly(new VersionSpan(1, 1, 1, 3), new VersionSpan(5, 6, 1, 3));
    }

    @Test
    void changesBelongToTheirCommitAlone() {
        commits.add(new TableLog.Action(1, "add", "a"));
        commits.add(new TableLog.Action(3, "cdc", "b"));

        assertThat(between(0, 4, Set.of("a")))
                .containsExactly(new VersionSpan(1, 2, 1, 3), new VersionSpan(3, 3, 2, 7), new VersionSpan(4, 4, 1, 3));
    }

    @Test
    void whatACommitAddedThatIsGoneWasThereBefore() {
        commits.add(new TableLog.Action(8, "remove", "a"));

        assertThat(between(5, 9, Set.of("b")))
                .containsExactly(new VersionSpan(5, 7, 2, 7), new VersionSpan(8, 9, 1, 4));
    }

    @Test
    void whatNoCommitNamesAndTheNewestVersionHasNotIsOfNoVersion() {
        assertThat(between(5, 9, Set.of())).isEmpty();
    }

    @Test
    void versionsThatCannotBeReadAreNotToldOf() {
        commits.add(new TableLog.Action(2, "add", "a"));
        commits.add(new TableLog.Action(3, "add", "b"));
        commits.add(new TableLog.Action(7, "remove", "a"));

        assertThat(between(5, 6, Set.of("b"))).containsExactly(new VersionSpan(5, 6, 2, 7));
    }

    private List<VersionSpan> between(long oldest, long last, Set<String> staying) {
        return new FileSpans(Map.of("a", 3L, "b", 4L), commits).between(oldest, last, staying);
    }
}
