package io.sluice.capture;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one file of captures of any format, or says why it is none. */
public final class CaptureIntake {
    /**
     * What became of a file.
     *
     * @param skipped why it was passed over as no capture, e.g. {@code not_a_capture}; null where it was read or rejected
     */
    public record Verdict(
            @Nullable CaptureFormat format, @Nullable String skipped) {}

    private final @Nullable CaptureFormat asked;

    /** @param asked the format to read every file as; null: each as its content says */
    public CaptureIntake(@Nullable CaptureFormat asked) {
        this.asked = asked;
    }

    /**
     * Reads {@code raw}, packed or not.
     *
     * @param named whether the user named this very file, so that it must be a capture; in a folder other files may stand
     *     beside captures
     * @throws IOException only from {@code sink}
     */
    public Verdict read(InputStream raw, CaptureSource source, boolean named, CaptureSink sink) throws IOException {
        Head head;
        try {
            head = Head.of(Decompression.open(raw));
        } catch (IOException damaged) {
            return reject(sink, RejectReason.CORRUPT_COMPRESSION, "The file is packed, and its beginning is damaged");
        }
        boolean expected = named || asked != null || FormatDetector.namesCapture(source.object());
        if (head.isBlank()) {
            if (head.damaged()) {
                return reject(
                        sink, RejectReason.CORRUPT_COMPRESSION, "The file is packed, and its beginning is damaged");
            }
            return expected ? reject(sink, RejectReason.EMPTY, "The file is empty") : new Verdict(null, "empty");
        }
        Optional<CaptureFormat> format =
                asked == null ? FormatDetector.detect(head, source.object()) : Optional.of(asked);
        if (format.isPresent()) {
            Counting counted = new Counting(sink);
            format.get().reader().read(head.whole(), source, counted);
            return new Verdict(format.get(), counted.count == 0 ? "no_exchange" : null);
        }
        if (FormatDetector.isBrokenJson(head, source.object())) {
            return reject(sink, RejectReason.NOT_JSON, "The file is called JSON, and is none from its beginning");
        }
        return expected
                ? reject(sink, RejectReason.UNKNOWN_FORMAT, "The file is of none of the formats that can be imported")
                : new Verdict(null, "not_a_capture");
    }

    private static Verdict reject(CaptureSink sink, RejectReason reason, String detail) throws IOException {
        sink.reject(new Rejected(reason, detail, null, 0L));
        return new Verdict(null, null);
    }

    /** Tells whether anything came out of a file. */
    private static final class Counting implements CaptureSink {
        private final CaptureSink sink;
        private long count;

        Counting(CaptureSink sink) {
            this.sink = sink;
        }

        @Override
        public void exchange(CapturedExchange exchange) throws IOException {
            count++;
            sink.exchange(exchange);
        }

        @Override
        public void reject(Rejected rejected) throws IOException {
            count++;
            sink.reject(rejected);
        }
    }
}
