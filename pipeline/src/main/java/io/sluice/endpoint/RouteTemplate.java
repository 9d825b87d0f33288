package io.sluice.endpoint;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A route as a framework writes it: {@code /users/{id}}, {@code /users/:id}, {@code /users/<int:id>}. */
final class RouteTemplate {
    private static final Pattern PARAMETER =
            Pattern.compile("\\{(\\w+)[^}]*}|:(\\w+).*|<(?:\\w+:)?(\\w+)>|\\[(\\w+)]|(\\*)\\w*");

    private RouteTemplate() {}

    /** Its segments, or none where the route does not fit a path of that many segments. */
    static List<String> segments(@Nullable String route, int count) {
        if (route == null || route.isBlank() || route.contains("**")) {
            return List.of();
        }
        List<String> segments = ObservedPath.segments(route);
        return segments.size() == count ? segments : List.of();
    }

    static boolean isParameter(String segment) {
        return PARAMETER.matcher(segment).matches();
    }

    /** The name that the route gives to a parameter; null for a wildcard. */
    static @Nullable String name(String segment) {
        Matcher matcher = PARAMETER.matcher(segment);
        if (matcher.matches()) {
            for (int group = 1; group <= 4; group++) {
                if (matcher.group(group) != null) {
                    return matcher.group(group);
                }
            }
        }
        return null;
    }
}
