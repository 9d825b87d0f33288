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
    private final List<VersionSpan> spans = new ArrayList<>();

    /** What one commit did with the files; one that is given a deletion vector is both removed and added. */
    private record Commit(Set<String> added, Set<String> removed, Set<String> changed) {
        Commit() {
            this(new HashSet<>(), new HashSet<>(), new HashSet<>());
        }

        void take(String action, String file) {
            switch (action) {
                case "add" -> added.add(file);
                case "remove" -> removed.add(file);
                case "cdc" -> changed.add(file);
                default -> {} // what tells of no file
            }
        }
    }

    /** For the files of {@code rows}, by name, with how many rows each counts for. */
    FileSpans(Map<String, Long> rows) {
        this.rows = rows;
    }

    /** Takes what the commit of {@code version} did with one of the files. */
    void take(long version, String action, String file) {
        commits.computeIfAbsent(version, fresh -> new Commit()).take(action, file);
    }

    /**
     * The versions that hold some of the files, by what was taken of all commits that are there.
     *
     * @param oldest the first that can be read
     * @param newest the last that is told of
     * @param staying files of the newest version of all, which may have been added by a commit that is gone
     */
    List<VersionSpan> spans(long oldest, long newest, Set<String> staying) {
        Set<String> there = thereBefore(staying);
        long from = oldest;
        for (Map.Entry<Long, Commit> entry : commits.headMap(newest + 1).entrySet()) {
            long version = entry.getKey();
            Commit commit = entry.getValue();
            add(from, version - 1, there);
            there.removeAll(commit.removed);
            there.addAll(commit.added);
            Set<String> withChanges = new HashSet<>(there);
            withChanges.addAll(commit.changed);
            if (version >= oldest) {
                add(version, version, withChanges);
                from = version + 1;
            }
        }
        add(from, newest, there);
        return List.copyOf(spans);
    }

    /** Those that a commit which is gone has added. */
    private Set<String> thereBefore(Set<String> staying) {
        Set<String> there = new HashSet<>();
        Set<String> unseen = new HashSet<>(rows.keySet());
        commits.values().forEach(commit -> {
            commit.removed.stream().filter(unseen::contains).forEach(there::add);
            List.of(commit.added, commit.removed, commit.changed).forEach(unseen::removeAll);
        });
        unseen.retainAll(staying);
        there.addAll(unseen);
        return there;
    }

    private void add(long from, long to, Set<String> files) {
        if (from > to || files.isEmpty()) {
            return;
        }
        VersionSpan span = new VersionSpan(
                from, to, files.size(), files.stream().mapToLong(rows::get).sum());
        int last = spans.size() - 1;
        if (last >= 0 && spans.get(last).goesOnIn(span)) {
            spans.set(last, spans.get(last).and(span));
        } else {
            spans.add(span);
        }
    }
}
