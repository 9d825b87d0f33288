package io.sluice.scrub.search;

/** Finds runs of bytes of one kind that are long enough, looking from the end of where one could be back to its beginning. */
final class RunSearch {
    private final int kinds;
    private final int fewest;

    /** Takes the kinds of {@link Ascii} of which a byte of a run is one, and how many bytes a run has at least. */
    RunSearch(int kinds, int fewest) {
        this.kinds = kinds;
        this.fewest = Math.max(1, fewest);
    }

    /** Where in {@code text[from, to)} the next run begins; {@code to} if none does. */
    int begin(byte[] text, int from, int to) {
        int begin = from;
        while (begin + fewest <= to) {
            int at = begin + fewest - 1;
            while (at >= begin && Ascii.is(text[at], kinds)) {
                at--;
            }
            if (at < begin) {
                return begin;
            }
            begin = at + 1;
        }
        return to;
    }

    /** Where the run that begins at {@code begin} ends. */
    int end(byte[] text, int begin, int to) {
        int end = begin + fewest;
        while (end < to && Ascii.is(text[end], kinds)) {
            end++;
        }
        return end;
    }
}
