package io.sluice.endpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path that was requested with a method, how often, and the template that the capture itself knew for it, if any. */
record ObservedPath(
        String method,
        String path,
        long exchanges,
        @Nullable String route) {

    /** What lies deeper than this is taken as one segment. */
    private static final int DEPTH = 24;

    /** Segments after the leading slash; a trailing slash gives an empty last segment. */
    static List<String> segments(String path) {
        List<String> segments = Arrays.asList((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
        if (segments.size() <= DEPTH) {
            return segments;
        }
        List<String> bounded = new ArrayList<>(segments.subList(0, DEPTH - 1));
        bounded.add(String.join("/", segments.subList(DEPTH - 1, segments.size())));
        return bounded;
    }
}
