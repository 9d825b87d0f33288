package io.sluice.lake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells which versions of a table some of its files belong to, as long as its commits are there. */
final class FileSpans {
    private final Map<String, Long> rows;
    private final SortedMap<Long, Commit> commits = new TreeMap<>();
    private final Set<String> there = new HashSet<>();
    private long rowsThere;
    private final List<VersionSpan> spans = new ArrayList<>();

    /** What one commit did with the files; one that is given a deletion vector is both removed and added. */
    private record Commit(Set<String> added, Set<String> removed, Set<String> changed) {
        Commit() {
            this(new HashSet<>(), new HashSet<>(), new HashSet<>());
        }

        void take(String verb, String file) {
            switch (verb) {
                case "add" -> added.add(file);
                case "remove" -> removed.add(file);
                case "cdc" -> changed.add(file);
                default -> {} // what tells of no file
            }
        }
    }

    /** For the files of {@code rows}, by name, with how many rows each counts for, and what all commits did with them. */
    FileSpans(Map<String, Long> rows, List<TableLog.Action> actions) {
        this.rows = rows;
        actions.forEach(action ->
                commits.computeIfAbsent(action.version(), fresh -> new Commit()).take(action.verb(), action.file()));
    }

    /**
     * The versions that hold some of the files; to be asked once.
     *
     * @param oldest the first that can be read
     * @param last the last that is told of
     * @param staying files of the newest version of all, which may have been added by a commit that is gone
     */
    List<VersionSpan> between(long oldest, long last, Set<String> staying) {
        beforeAll(staying).forEach(this::enter);
        long from = oldest;
        for (Map.Entry<Long, Commit> entry : commits.headMap(last + 1).entrySet()) {
            long version = entry.getKey();
            Commit commit = entry.getValue();
            add(from, version - 1, Set.of());
            commit.removed.forEach(this::leave);
            commit.added.forEach(this::enter);
            if (version >= oldest) {
                add(version, version, commit.changed);
                from = version + 1;
            }
        }
        add(from, last, Set.of());
        return List.copyOf(spans);
    }

    /** Those that a commit which is gone has added. */
    private Set<String> beforeAll(Set<String> staying) {
        Set<String> before = new HashSet<>();
        Set<String> unseen = new HashSet<>(rows.keySet());
        commits.values().forEach(commit -> {
            commit.removed.stream().filter(unseen::contains).forEach(before::add);
            List.of(commit.added, commit.removed, commit.changed).forEach(unseen::removeAll);
        });
        unseen.retainAll(staying);
        before.addAll(unseen);
        return before;
    }

    private void enter(String file) {
        rowsThere += there.add(file) ? rows.getOrDefault(file, 0L) : 0;
    }

    private void leave(String file) {
        rowsThere -= there.remove(file) ? rows.getOrDefault(file, 0L) : 0;
    }

    /** Versions that have the files that are there now and, of one commit, {@code changed}. */
    private void add(long from, long to, Set<String> changed) {
        long files = (long) there.size() + changed.size();
        if (from > to || files == 0) {
            return;
        }
        long rowsChanged = changed.stream().mapToLong(rows::get).sum();
        VersionSpan span = new VersionSpan(from, to, files, rowsThere + rowsChanged);
        int last = spans.size() - 1;
        if (last >= 0 && spans.get(last).goesOnIn(span)) {
            spans.set(last, spans.get(last).and(span));
        } else {
            spans.add(span);
        }
    }
}
