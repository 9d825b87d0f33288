package io.sluice.jobs;

import io.sluice.capture.CaptureFormat;
import io.sluice.capture.CaptureIntake;
import io.sluice.capture.CaptureSink;
import io.sluice.capture.CaptureSource;
import io.sluice.capture.CapturedExchange;
import io.sluice.capture.LandingRow;
import io.sluice.capture.Rejected;
import io.sluice.lake.CaptureFile;
import io.sluice.lake.CaptureReading;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads capture files as one import asked for it. */
record CaptureToLanding(
        @Nullable CaptureFormat format, @Nullable String service, int maxExchangeBytes) implements CaptureReading {
    @Override
    public Verdict read(InputStream in, CaptureFile file, Rows rows) throws IOException {
        CaptureSource source = new CaptureSource(file.name(), service, maxExchangeBytes);
        CaptureIntake.Verdict verdict = new CaptureIntake(format).read(in, source, file.named(), new RowSink(rows));
        CaptureFormat read = verdict.format();
        return new Verdict(read == null ? null : read.code(), verdict.skipped());
    }

    /** Turns exchanges into landing rows. */
    private record RowSink(Rows rows) implements CaptureSink {
        @Override
        public void exchange(CapturedExchange exchange) throws IOException {
            rows.land(LandingRow.of(exchange));
        }

        @Override
        public void reject(Rejected rejected) {
            rows.reject(new CaptureReading.Reject(
                    rejected.reason().code(), rejected.detail(), rejected.position(), rejected.offset()));
        }
    }
}
