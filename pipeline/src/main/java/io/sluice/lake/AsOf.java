package io.sluice.lake;

import io.sluice.tenant.SluiceException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** The state of a table to read: a Delta version, or what it was at an instant. */
public sealed interface AsOf {
    /** A version number of the table. */
    record Version(long number) implements AsOf {}

    /** The newest version that existed at an instant. */
    record At(Instant instant) implements AsOf {}

    /** Parses {@code 12}, {@code 2026-11-23}, {@code 2026-11-23T09:00:00Z} or the same with an offset. */
    static AsOf parse(String text) {
        if (text.chars().allMatch(c -> c >= '0' && c <= '9') && !text.isEmpty() && text.length() <= 18) {
            return new Version(Long.parseLong(text));
        }
        try {
            return new At(
                    text.contains("T")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeParseException e) {
            throw SluiceException.settings(
                            "Cannot read as of the given state",
                            "it is neither a version nor an instant",
                            "Give a version such as 12, a date such as 2026-11-23 or an instant such as 2026-11-23T09:00:00Z")
                    .causedBy(e);
        }
    }

    /** As the operator would write it. */
    default String text() {
        return this instanceof Version version
                ? Long.toString(version.number())
                : ((At) this).instant().toString();
    }
}
