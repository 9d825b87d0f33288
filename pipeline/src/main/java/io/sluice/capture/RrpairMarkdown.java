package io.sluice.capture;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads RRPairs written as Markdown: sections such as {@code ### REQUEST ###}, each with fenced blocks. A file may hold
 * several of them; what stands in it beside them (another recorder wrote to the same file) is rejected with its place.
 */
final class RrpairMarkdown {
    private static final Pattern SECTION =
            Pattern.compile("### (REQUEST|RESPONSE|SIGNATURE|METADATA|INTERNAL)( \\(MOCK\\)| - DO NOT MODIFY)? ###");
    private static final int LONGEST_HEADING = 64;

    private final JsonStream lines;
    private final EntrySink sink;
    private final ByteSlice line = new ByteSlice();
    private @Nullable RrpairSections record;
    private boolean lost;
    private boolean windowsLines;

    RrpairMarkdown(JsonStream lines, EntrySink sink) {
        this.lines = lines;
        this.sink = sink;
    }

    void read() throws IOException {
        lines.peek();
        while (!lines.atEnd()) {
            long offset = lines.offset();
            boolean fits = lines.takeLine(line, sink.maxExchangeBytes()) == JsonStream.Taken.WHOLE;
            if (fits) {
                line(offset);
            }
            if (!fits || (record != null && record.bytes() > sink.maxExchangeBytes())) {
                tooLarge(offset);
            }
        }
        end(lines.corrupt());
    }

    private void line(long offset) throws IOException {
        if (windowsLines) {
            line.dropLast('\r');
        }
        Matcher heading = SECTION.matcher(
                line.length() <= LONGEST_HEADING ? line.asLatin1().strip() : "");
        if (heading.matches()) {
            windowsLines = line.endsWith('\r') || windowsLines;
            section(heading.group(1), " (MOCK)".equals(heading.group(2)), offset);
        } else if (record != null) {
            if (!record.line(line)) {
                stray(offset);
            }
        } else if (!lost && !line.isBlank()) {
            stray(offset);
        }
    }

    /** A new heading ends the record where the record has that section already, or was still inside a block. */
    private void section(String name, boolean mock, long offset) throws IOException {
        if (record != null && (!record.endSection() || record.has(name))) {
            end(false);
        }
        if (record == null) {
            if (lost && !name.equals("REQUEST") && !mock) {
                return;
            }
            lost = false;
            sink.begin(offset);
            record = new RrpairSections();
        }
        record.section(name);
    }

    private void stray(long offset) throws IOException {
        RrpairSections before = record;
        if (before != null && before.has("INTERNAL")) {
            before.collided();
            end(false);
        } else if (before != null) {
            record = null;
            lost = true;
            sink.reject(new RejectedException(
                    RejectReason.COLLIDED, "Something that belongs to another exchange stands within this one"));
            return;
        }
        sink.begin(offset);
        sink.reject(new RejectedException(
                RejectReason.COLLIDED,
                "The rest of another exchange, which was written to the same file, begins here"));
        lost = true;
    }

    private void tooLarge(long offset) throws IOException {
        if (record == null) {
            sink.begin(offset);
        }
        record = null;
        lost = true;
        sink.rejectTooLarge();
    }

    private void end(boolean corrupt) throws IOException {
        RrpairSections ended = record;
        record = null;
        if (ended == null) {
            if (corrupt) {
                sink.rejectEnd(true, lines.offset());
            }
            return;
        }
        if (corrupt || !ended.endSection()) {
            lost = true;
            sink.rejectCutOff(corrupt);
            return;
        }
        try {
            sink.complete(ended.draft(), CaptureFormat.RRPAIR);
        } catch (RejectedException rejected) {
            sink.reject(rejected);
        }
    }
}
