package io.sluice.capture;

import java.io.IOException;
import java.io.InputStream;

/** Reads RRPairs in each of the shapes they are recorded in: JSON objects, one object per line, Markdown sections. */
final class RrpairReader implements CaptureReader {
    @Override
    public void read(InputStream in, CaptureSource source, CaptureSink sink) throws IOException {
        Head head = Head.of(in);
        EntrySink entries = new EntrySink(source, sink);
        if (head.hasSections()) {
            new RrpairMarkdown(new JsonStream(head.whole(), 0), entries).read();
        } else if (head.hasObjectPerLine() || Head.namesLines(source.object())) {
            new JsonPass(new JsonStream(head.whole(), 0), entries).readLines();
        } else {
            new JsonPass(new JsonStream(head.whole(), 0), entries).readObjects();
        }
    }

    /** One reading of one JSON file. */
    private static final class JsonPass {
        private final JsonStream json;
        private final EntrySink sink;
        private final EntryParser parser = new EntryParser(new RrpairObject());
        private final ByteSlice slice = new ByteSlice();

        JsonPass(JsonStream json, EntrySink sink) {
            this.json = json;
            this.sink = sink;
        }

        /** One object per line: a broken line costs only itself. */
        void readLines() throws IOException {
            while (json.peek() != JsonStream.END) {
                sink.begin(json.offset());
                if (json.takeLine(slice, sink.maxExchangeBytes()) == JsonStream.Taken.TOO_LARGE) {
                    sink.rejectTooLarge();
                } else {
                    sink.complete(parser, slice, CaptureFormat.RRPAIR);
                }
            }
            if (json.corrupt()) {
                sink.rejectEnd(true, json.offset());
            }
        }

        /** Objects one after the other, laid out in any way, perhaps within a list. */
        void readObjects() throws IOException {
            for (int next = json.peek(); next != JsonStream.END; next = json.peek()) {
                if (next == '{') {
                    object();
                } else if (next == '[' || next == ']' || next == ',') {
                    json.skip();
                } else {
                    sink.reject(
                            RejectReason.COLLIDED, "Something that belongs to no exchange begins here", json.offset());
                    json.skipToLineWith('{');
                }
            }
            if (json.corrupt()) {
                sink.rejectEnd(true, json.offset());
            }
        }

        private void object() throws IOException {
            sink.begin(json.offset());
            switch (json.take(slice, sink.maxExchangeBytes())) {
                case WHOLE -> sink.complete(parser, slice, CaptureFormat.RRPAIR);
                case TOO_LARGE -> sink.rejectTooLarge();
                case CUT_OFF -> sink.rejectCutOff(json.corrupt());
            }
        }
    }
}
