package io.sluice.dependency;

import java.util.ArrayList;
import java.util.List;

/** The parts of a path that its template leaves open: {@code /users/{user_id}} and {@code /users/42}. */
public final class PathParameters {
    /** A value for {@code name} at the characters {@code start} to {@code end} of the raw path. */
    public record Parameter(String name, String value, int start, int end) {}

    private PathParameters() {}

    /** The parameters of {@code path} in order; empty where the path does not follow the template. */
    public static List<Parameter> of(String template, String path) {
        String[] open = template.split("/", -1);
        String[] segments = path.split("/", -1);
        if (open.length != segments.length) {
            return List.of();
        }
        List<Parameter> parameters = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < open.length; i++) {
            add(open[i], segments[i], at, parameters);
            at += segments[i].length() + 1;
        }
        return List.copyOf(parameters);
    }

    private static void add(String open, String segment, int at, List<Parameter> parameters) {
        int from = open.indexOf('{');
        int to = open.lastIndexOf('}');
        if (from < 0 || to < from) {
            return;
        }
        String suffix = open.substring(to + 1);
        if (segment.length() >= from + suffix.length()
                && segment.startsWith(open.substring(0, from))
                && segment.endsWith(suffix)) {
            int end = segment.length() - suffix.length();
            parameters.add(new Parameter(
                    open.substring(from + 1, to),
                    Locations.unescaped(segment.substring(from, end)),
                    at + from,
                    at + end));
        }
    }
}
