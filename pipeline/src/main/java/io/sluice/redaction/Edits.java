package io.sluice.redaction;

import java.util.Arrays;

/** Replacements gathered for one text; every byte outside of them stays as it is. */
final class Edits implements Sink {
    private int[] froms = new int[8];
    private int[] tos = new int[8];
    private byte[][] texts = new byte[8][];
    private int count;
    private int growth;

    /** Forgets all replacements, to serve the next text. */
    void clear() {
        Arrays.fill(texts, 0, count, null);
        count = 0;
        growth = 0;
    }

    @Override
    public void replace(int from, int to, byte[] with) {
        if (count == froms.length) {
            froms = Arrays.copyOf(froms, count * 2);
            tos = Arrays.copyOf(tos, count * 2);
            texts = Arrays.copyOf(texts, count * 2);
        }
        if (to < from || (count > 0 && from < tos[count - 1])) {
            throw new IllegalStateException("replacements must ascend");
        }
        froms[count] = from;
        tos[count] = to;
        texts[count++] = with;
        growth += with.length - (to - from);
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The text with its replacements; {@code source} itself where there are none. */
    byte[] apply(byte[] source) {
        return count == 0 ? source : apply(source, 0, source.length);
    }

    /** The part {@code source[from, to)}, in which all replacements lie, with them. */
    byte[] apply(byte[] source, int from, int to) {
        byte[] out = new byte[to - from + growth];
        int read = from;
        int written = 0;
        for (int i = 0; i < count; i++) {
            int kept = froms[i] - read;
            System.arraycopy(source, read, out, written, kept);
            written += kept;
            System.arraycopy(texts[i], 0, out, written, texts[i].length);
            written += texts[i].length;
            read = tos[i];
        }
        System.arraycopy(source, read, out, written, to - read);
        return out;
    }
}
