package io.sluice.capture;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The formats that captures are read from. */
public enum CaptureFormat {
    /** HTTP Archive 1.2, as browsers and proxies export it. */
    HAR("har"),
    /** Request/response pairs of Speedscale's proxymock: JSON, JSON lines, Markdown. */
    RRPAIR("rrpair");

    private final String code;

    CaptureFormat(String code) {
        this.code = code;
    }

    /** The name as it is given on the command line and stored, e.g. {@code har}. */
    public String code() {
        return code;
    }

    public CaptureReader reader() {
        return switch (this) {
            case HAR -> new HarReader();
            case RRPAIR -> new RrpairReader();
        };
    }

    public static Optional<CaptureFormat> named(String code) {
        return Arrays.stream(values())
                .filter(format -> format.code.equals(code))
                .findFirst();
    }

    public static List<String> codes() {
        return Arrays.stream(values()).map(CaptureFormat::code).toList();
    }
}
