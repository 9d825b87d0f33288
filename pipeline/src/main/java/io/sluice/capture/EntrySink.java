package io.sluice.capture;

import java.io.IOException;

/** Counts the entries of one file and passes them on, each with its place. */
final class EntrySink {
    /** Longest name of a field that is looked at. */
    static final int MAX_NAME_BYTES = 1 << 16;

    private final CaptureSource source;
    private final CaptureSink sink;
    private long position = -1;
    private long offset;

    EntrySink(CaptureSource source, CaptureSink sink) {
        this.source = source;
        this.sink = sink;
    }

    int maxExchangeBytes() {
        return source.maxExchangeBytes();
    }

    /** Byte offset of the current entry. */
    long offset() {
        return offset;
    }

    /** Starts the next entry. */
    void begin(long at) {
        position++;
        offset = at;
    }

    /** Passes the current entry on; false where it had to be rejected. */
    boolean complete(EntryParser parser, ByteSlice text, CaptureFormat format) throws IOException {
        CapturedExchange exchange;
        try {
            exchange = parser.parse(text).complete(source, format, position);
        } catch (RejectedException rejected) {
            sink.reject(rejected.at(position, offset));
            return false;
        }
        sink.exchange(exchange);
        return true;
    }

    /** Passes on an entry that another reader has put together. */
    void complete(ExchangeDraft draft, CaptureFormat format) throws IOException {
        CapturedExchange exchange;
        try {
            exchange = draft.complete(source, format, position);
        } catch (RejectedException rejected) {
            reject(rejected);
            return;
        }
        sink.exchange(exchange);
    }

    /** Rejects the current entry. */
    void reject(RejectedException rejected) throws IOException {
        sink.reject(rejected.at(position, offset));
    }

    void rejectTooLarge() throws IOException {
        String detail = "The exchange has more than " + maxExchangeBytes() + " bytes";
        sink.reject(new Rejected(RejectReason.TOO_LARGE, detail, position, offset));
    }

    /** Rejects the current entry, which the end of the file cuts off. */
    void rejectCutOff(boolean corrupt) throws IOException {
        sink.reject(new Rejected(
                endReason(corrupt), "The file ends inside the exchange that begins here", position, offset));
    }

    /** Rejects the end of the file, which comes between two entries but too early. */
    void rejectEnd(boolean corrupt, long at) throws IOException {
        reject(endReason(corrupt), "The file ends here, before its last bracket", at);
    }

    /** Rejects something that is no entry. */
    void reject(RejectReason reason, String detail, long at) throws IOException {
        sink.reject(new Rejected(reason, detail, null, at));
    }

    private static RejectReason endReason(boolean corrupt) {
        return corrupt ? RejectReason.CORRUPT_COMPRESSION : RejectReason.TRUNCATED;
    }
}
