package io.sluice.capture;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as RRPairs hold them: a number of milliseconds, or a number with its unit such as {@code 98ms}. */
final class RrpairDuration {
    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|µs|ms|s|m)?");

    static @Nullable Long micros(@Nullable String written, ExchangeDraft draft) {
        if (written == null || written.isBlank()) {
            return null;
        }
        Matcher parts = FORM.matcher(written.strip());
        if (!parts.matches()) {
            draft.flags.add("bad_duration");
            return null;
        }
        double number = Double.parseDouble(parts.group(1));
        String unit = parts.group(2);
        double microsPerUnit = switch (unit == null ? "ms" : unit) {
            case "ns" -> 1e-3;
            case "us", "µs" -> 1;
            case "s" -> 1e6;
            case "m" -> 6e7;
            default -> 1e3;
        };
        return Math.round(number * microsPerUnit);
    }

    private RrpairDuration() {}
}
