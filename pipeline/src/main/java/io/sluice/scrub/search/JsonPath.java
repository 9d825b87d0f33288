package io.sluice.scrub.search;

import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in JSON texts (RFC 9535): names, indexes and wildcards, each one step down from the root. */
public final class JsonPath implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Pattern STEP = Pattern.compile(
            "(?<any>\\.\\*|\\[\\*])|\\[(?<index>\\d{1,9})]|\\.(?<name>[^\\s.\\[\\]'\"*]+)|\\['(?<quoted>[^']+)']");

    private final ArrayList<Step> steps;

    private JsonPath(List<Step> steps) {
        this.steps = new ArrayList<>(steps);
    }

    private enum Kind {
        NAME,
        INDEX,
        ANY
    }

    private record Step(Kind kind, String text) implements Serializable {
        private static Step of(Matcher step) {
            if (step.group("any") != null) {
                return new Step(Kind.ANY, "*");
            }
            if (step.group("index") != null) {
                return new Step(Kind.INDEX, step.group("index"));
            }
            return new Step(Kind.NAME, step.group("name") == null ? step.group("quoted") : step.group("name"));
        }

        private String around(String json) {
            return kind == Kind.NAME ? "{" + TextNode.valueOf(text) + ":" + json + "}" : "[" + json + "]";
        }

        private boolean accepts(JsonStreamContext level) {
            return switch (kind) {
                case ANY -> true;
                case NAME -> level.inObject() && text.equals(level.getCurrentName());
                case INDEX -> level.inArray() && text.equals(Integer.toString(level.getCurrentIndex()));
            };
        }
    }

    /** The path that {@code text} writes, e.g. {@code $.items[*].name}; none where it writes no such path. */
    public static Optional<JsonPath> of(String text) {
        if (!text.startsWith("$") || text.length() == 1) {
            return Optional.empty();
        }
        List<Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text).region(1, text.length());
        while (step.lookingAt()) {
            steps.add(Step.of(step));
            step.region(step.end(), text.length());
        }
        return step.regionStart() == text.length() ? Optional.of(new JsonPath(steps)) : Optional.empty();
    }

    /** The shortest JSON with {@code value}, itself JSON, at such a place, whatever its number in a list. */
    String around(String value) {
        String json = value;
        for (int i = steps.size() - 1; i >= 0; i--) {
            json = steps.get(i).around(json);
        }
        return json;
    }

    /** Whether an entry of {@code context} that a parser stands on is at this place. */
    boolean isAt(JsonStreamContext context) {
        JsonStreamContext level = context;
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (level.inRoot() || !steps.get(i).accepts(level)) {
                return false;
            }
            level = level.getParent();
        }
        return level.inRoot();
    }
}
