package io.sluice.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** The first bytes of a file, read ahead so that its shape can be told before it is read. */
final class Head {
    private static final int SIZE = 1 << 16;
    private static final Pattern SECTION =
            Pattern.compile("^### (REQUEST|RESPONSE|METADATA|INTERNAL|SIGNATURE)\\b.* ###\\r?$", Pattern.MULTILINE);
    private static final Pattern OBJECT_LINE = Pattern.compile("\\{.*\\}\\s*?\\n\\s*\\{.*", Pattern.DOTALL);

    private final byte[] bytes;
    private final InputStream rest;
    private final boolean damaged;

    private Head(byte[] bytes, InputStream rest, boolean damaged) {
        this.bytes = bytes;
        this.rest = rest;
        this.damaged = damaged;
    }

    static Head of(InputStream in) {
        byte[] first = new byte[SIZE];
        int length = 0;
        try {
            int count = 0;
            while (count >= 0 && length < SIZE) {
                length += count;
                count = in.read(first, length, SIZE - length);
            }
            return new Head(Arrays.copyOf(first, length), in, false);
        } catch (IOException damage) {
            return new Head(Arrays.copyOf(first, length), new DamagedStream(damage), true);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    boolean isBlank() {
        return text().isBlank();
    }

    /** Whether reading broke off within these first bytes. */
    boolean damaged() {
        return damaged;
    }

    boolean isWholeFile() {
        return bytes.length < SIZE && !damaged;
    }

    /** The first character that is not blank, 0 where there is none. */
    char firstCharacter() {
        String text = text();
        return text.isBlank() ? 0 : text.charAt(0);
    }

    boolean hasSections() {
        return SECTION.matcher(text()).find();
    }

    /** Whether the first line is one object and another begins on the second. */
    boolean hasObjectPerLine() {
        String text = text();
        int lineEnd = text.indexOf('\n');
        return lineEnd > 0
                && OBJECT_LINE
                        .matcher(text.substring(0, Math.min(text.length(), lineEnd + 2)))
                        .matches();
    }

    static boolean namesLines(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains(".jsonl") || lower.contains(".ndjson");
    }

    /** The file from its first byte on. */
    InputStream whole() {
        return new SequenceInputStream(new ByteArrayInputStream(bytes), rest);
    }

    /** The head as characters, one for each byte, without a byte order mark and leading blanks. */
    private String text() {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return (text.startsWith("\u00EF\u00BB\u00BF") ? text.substring(3) : text).stripLeading();
    }

    /** Fails again where reading has failed before. */
    private static final class DamagedStream extends InputStream {
        private final IOException damage;

        DamagedStream(IOException damage) {
            this.damage = damage;
        }

        @Override
        public int read() throws IOException {
            throw damage;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            throw damage;
        }
    }
}
