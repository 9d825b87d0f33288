package io.sluice.lake;

/**
 * Versions of a table that follow each other and are made of as many of some files.
 *
 * @param to the last of them
 * @param rows of those files
 */
public record VersionSpan(long from, long to, long files, long rows) {
    boolean goesOnIn(VersionSpan next) {
        return next.from == to + 1 && next.files == files && next.rows == rows;
    }

    VersionSpan and(VersionSpan next) {
        return new VersionSpan(from, next.to, files, rows);
    }
}
