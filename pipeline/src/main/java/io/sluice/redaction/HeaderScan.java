package io.sluice.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds sensitive values in header fields: credentials and addresses by name, cookies one by one, the rest as text. */
final class HeaderScan {
    private static final int LONGEST_COOKIE_FIELD = "set-cookie".length();

    private final Replacer replacer;
    private final NameRules headers;
    private final NameRules cookies;
    private final BodyScan bodies;

    HeaderScan(Replacer replacer, RedactionPolicy policy, BodyScan bodies) {
        this.replacer = replacer;
        this.headers = new NameRules(policy, RedactionRule::headers);
        this.cookies = new NameRules(policy, RedactionRule::cookies);
        this.bodies = bodies;
    }

    void scan(Slice name, Span value) {
        switch (name.length() > LONGEST_COOKIE_FIELD ? "" : lower(name)) {
            case "cookie" -> cookies(value, value.to());
            case "set-cookie" -> {
                int attributes = value.until(value.from(), ';');
                cookies(value, attributes);
                bodies.text(value.part(attributes, value.to()));
            }
            default -> field(headers.find(name.array(), name.from(), name.to()), value);
        }
    }

    private static String lower(Slice name) {
        return new String(name.array(), name.from(), name.length(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    }

    private void field(@Nullable RedactionRule rule, Span value) {
        if (rule != null && replacer.named(rule, value)) {
            return;
        }
        if (JsonScan.looksLikeJson(value.text(), value.from(), value.to())) {
            bodies.json(value);
        } else {
            bodies.text(value);
        }
    }

    private void cookies(Span value, int to) {
        int begin = value.from();
        while (begin < to) {
            int end = Math.min(value.until(begin, ';'), to);
            int equals = value.until(begin, '=');
            if (equals < end) {
                String name = value.part(begin, equals).string().strip();
                cookie(cookies.find(name), value.part(equals + 1, end).unquoted());
            } else {
                bodies.text(value.part(begin, end));
            }
            begin = end + 1;
        }
    }

    private void cookie(@Nullable RedactionRule rule, Span written) {
        Decoded decoded = Decoded.percent(written.text(), written.from(), written.to(), written.sink());
        Span value = decoded.differs() ? new Span(decoded.text, 0, decoded.length(), decoded) : written;
        if (rule == null || !replacer.named(rule, value)) {
            bodies.text(written);
        }
    }
}
