package io.sluice.scrub.search;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which exchanges a request is about.
 *
 * @param from when the first may have been captured, null for any time
 * @param to before when the last was captured, null for any time
 * @param services those that were captured, empty for all
 */
public record Scope(@Nullable Instant from, @Nullable Instant to, List<String> services) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** All exchanges, and whatever else is stored. */
    public static final Scope EVERYTHING = new Scope(null, null, List.of());

    @SuppressWarnings("NullAway") // Jackson gives null for a list that the document leaves out
    public Scope {
        from = from == null ? null : from.truncatedTo(ChronoUnit.MICROS); // as finely as tables know times
        to = to == null ? null : to.truncatedTo(ChronoUnit.MICROS);
        services = services == null
                ? List.of()
                : services.stream().distinct().sorted().toList();
    }

    @JsonIgnore
    public boolean isEverything() {
        return from == null && to == null && services.isEmpty();
    }

    /** Whether an exchange belongs to it that {@code service} had at {@code at}; where something is not known, it may. */
    boolean includes(@Nullable Instant at, @Nullable String service) {
        boolean isLater = from == null || at == null || !at.isBefore(from);
        boolean isEarlier = to == null || at == null || at.isBefore(to);
        return isLater && isEarlier && (services.isEmpty() || service == null || services.contains(service));
    }
}
