package io.sluice.capture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads HTTP Archive 1.2 entry by entry, wherever the list {@code entries} stands in the file. */
final class HarReader implements CaptureReader {
    private static final int MAX_NESTING = 6;
    private static final Pattern ARCHIVE = Pattern.compile("\\{\\s*\"log\"\\s*:\\s*\\{");

    @Override
    public void read(InputStream in, CaptureSource source, CaptureSink sink) throws IOException {
        new Pass(new JsonStream(in, 0), new EntrySink(source, sink)).read();
    }

    /** One reading of one file, or of an archive that was found inside another. */
    private static final class Pass {
        private final JsonStream json;
        private final EntrySink sink;
        private final EntryParser parser = new EntryParser(new HarEntry());
        private final ByteSlice slice = new ByteSlice();
        private boolean sawEntries;
        private boolean sawDamage;

        Pass(JsonStream json, EntrySink sink) {
            this.json = json;
            this.sink = sink;
        }

        void read() throws IOException {
            boolean sound = true;
            for (int next = json.peek(); next != JsonStream.END; next = json.peek()) {
                if (next == '{') {
                    sound = object(0);
                } else if (sound) {
                    sound = damaged(next);
                }
                if (!sound) {
                    json.skipToLineWith('{');
                }
            }
            if (!sawEntries && !sawDamage) {
                sink.reject(
                        RejectReason.UNKNOWN_FORMAT, "The file has no list of entries, so it is no HTTP Archive", 0);
            }
        }

        /** Reads the object that begins here; false once the structure around the entries is damaged. */
        private boolean object(int depth) throws IOException {
            json.skip();
            while (true) {
                int next = json.peek();
                if (next == '}') {
                    json.skip();
                    return true;
                } else if (next == ',') {
                    json.skip();
                } else if (next != '"') {
                    return damaged(next);
                } else if (!field(depth)) {
                    return false;
                }
            }
        }

        private boolean field(int depth) throws IOException {
            if (json.take(slice, EntrySink.MAX_NAME_BYTES) == JsonStream.Taken.CUT_OFF) {
                return damaged(JsonStream.END);
            }
            boolean entries = slice.isText("\"entries\"");
            int next = json.peek();
            if (next != ':') {
                return damaged(next);
            }
            json.skip();
            next = json.peek();
            if (next == '[' && entries) {
                return entries();
            }
            if (next == '{' && depth < MAX_NESTING) {
                return object(depth + 1);
            }
            if (next == JsonStream.END || next == '}' || next == ']' || next == ',') {
                return damaged(next);
            }
            return json.take(slice, 0) != JsonStream.Taken.CUT_OFF || damaged(JsonStream.END);
        }

        private boolean entries() throws IOException {
            sawEntries = true;
            json.skip();
            while (true) {
                int next = json.peek();
                if (next == ']') {
                    json.skip();
                    return true;
                } else if (next == ',') {
                    json.skip();
                } else if (next == JsonStream.END || next == '}' || next == ':') {
                    return damaged(next);
                } else if (!entry()) {
                    return false;
                }
            }
        }

        private boolean entry() throws IOException {
            sink.begin(json.offset());
            JsonStream.Taken taken = json.take(slice, sink.maxExchangeBytes());
            switch (taken) {
                case WHOLE -> {
                    if (!sink.complete(parser, slice, CaptureFormat.HAR)) {
                        recover();
                    }
                }
                case TOO_LARGE -> sink.rejectTooLarge();
                case CUT_OFF -> {
                    sink.rejectCutOff(json.corrupt());
                    recover();
                }
            }
            sawDamage |= taken == JsonStream.Taken.CUT_OFF;
            return taken != JsonStream.Taken.CUT_OFF;
        }

        /** Reads an archive that begins inside what should have been an entry: the one around it was cut off. */
        private void recover() throws IOException {
            Matcher archive = ARCHIVE.matcher(slice.asLatin1());
            if (archive.find()) {
                int from = archive.start();
                InputStream rest = new ByteArrayInputStream(slice.copyFrom(from));
                new Pass(new JsonStream(rest, sink.offset() + from), sink).read();
            }
        }

        private boolean damaged(int next) throws IOException {
            sawDamage = true;
            if (next == JsonStream.END) {
                sink.rejectEnd(json.corrupt(), json.offset());
            } else {
                sink.reject(RejectReason.NOT_JSON, "The file is not valid JSON from here on", json.offset());
            }
            return false;
        }
    }
}
