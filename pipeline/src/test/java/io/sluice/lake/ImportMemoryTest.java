package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.capture.CaptureIntake;
import io.sluice.capture.CaptureSink;
import io.sluice.capture.CaptureSource;
import io.sluice.capture.CapturedExchange;
import io.sluice.capture.LandingRow;
import io.sluice.capture.Rejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Java machine whose heap is a fraction of a capture lands all of it, even where it is one single line. */
class ImportMemoryTest {
    private static final int EXCHANGES = 16_000;
    private static final String BODY = "\\\"{ ".repeat(2_000);
    private static final String HAR_ENTRY =
            "{\"startedDateTime\":\"2026-05-04T10:00:00Z\",\"request\":{\"method\":\"GET\","
                    + "\"url\":\"http://shop.example/\"},\"response\":{\"status\":200,\"content\":{\"text\":\"" + BODY
                    + "\"}}}";
    private static final String RRPAIR =
            "{\"msgType\":\"rrpair\",\"ts\":\"2026-05-04T10:00:00Z\",\"http\":{\"req\":{\"method\":\"GET\","
                    + "\"uri\":\"/\"},\"res\":{\"statusCode\":200,\"bodyBase64\":\"" + "QUJD".repeat(2_000) + "\"}}}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"one-line.har", "one-line.json", "lines.jsonl"})
    void landsACaptureLargerThanTheHeap(String name) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OneImport.class.getName(),
                        name,
                        folder.toUri().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).isEqualTo("landed " + EXCHANGES);
    }

    /** What the other Java machine runs. */
    static final class OneImport {
        private OneImport() {}

        public static void main(String[] arguments) throws IOException {
            org.apache.hadoop.fs.Path landing = new org.apache.hadoop.fs.Path(arguments[1]);
            try (LandingSink sink =
                    new LandingSink(landing.getFileSystem(new Configuration()), landing, "import", "1")) {
                new CaptureIntake(null).read(traffic(arguments[0]), new CaptureSource(arguments[0]), true, into(sink));
                System.out.print("landed " + sink.rows());
            }
        }

        private static CaptureSink into(LandingSink sink) {
            return new CaptureSink() {
                @Override
                public void exchange(CapturedExchange exchange) throws IOException {
                    sink.write(LandingRow.of(exchange));
                }

                @Override
                public void reject(Rejected rejected) {
                    throw new IllegalStateException(rejected.toString());
                }
            };
        }

        private static InputStream traffic(String name) {
            return switch (name) {
                case "one-line.har" -> repeated("{\"log\":{\"entries\":[", HAR_ENTRY, ",", "]}}");
                case "one-line.json" -> repeated("[", RRPAIR, ",", "]");
                default -> repeated("", RRPAIR, "\n", "");
            };
        }

        private static InputStream repeated(String before, String exchange, String between, String after) {
            InputStream most = new SequenceInputStream(
                    stream(before + exchange), new Repeated((between + exchange).getBytes(StandardCharsets.UTF_8)));
            return new SequenceInputStream(most, stream(after));
        }

        private static InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** All exchanges but the first, of which only one is in memory. */
    private static final class Repeated extends InputStream {
        private final byte[] unit;
        private long at;

        Repeated(byte[] unit) {
            this.unit = unit;
        }

        @Override
        public int read() {
            return at == (EXCHANGES - 1L) * unit.length ? -1 : unit[(int) (at++ % unit.length)] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at == (EXCHANGES - 1L) * unit.length) {
                return -1;
            }
            int from = (int) (at % unit.length);
            int count = Math.min(length, unit.length - from);
            System.arraycopy(unit, from, target, offset, count);
            at += count;
            return count;
        }
    }
}
