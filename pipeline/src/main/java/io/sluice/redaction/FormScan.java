package io.sluice.redaction;

import org.jspecify.annotations.Nullable;

/** Finds sensitive values in {@code name=value&name=value}, as queries and posted forms have it. */
final class FormScan {
    private final Replacer replacer;
    private final NameRules names;
    private final TextScan texts;
    private final JsonScan json;

    FormScan(Replacer replacer, NameRules names, TextScan texts, JsonScan json) {
        this.replacer = replacer;
        this.names = names;
        this.texts = texts;
        this.json = json;
    }

    void scan(byte[] text, int from, int to, Sink sink) {
        Span all = new Span(text, from, to, sink);
        int begin = from;
        while (begin < to) {
            int end = all.until(begin, '&');
            int equals = Math.min(all.until(begin, '='), end);
            texts.scan(text, begin, equals, sink);
            if (equals < end) {
                value(rule(text, begin, equals, sink), all.part(equals + 1, end));
            }
            begin = end + 1;
        }
    }

    private @Nullable RedactionRule rule(byte[] text, int from, int to, Sink sink) {
        Decoded name = Decoded.form(text, from, to, sink);
        return names.find(name.text, 0, name.length());
    }

    private void value(@Nullable RedactionRule rule, Span written) {
        Decoded decoded = Decoded.form(written.text(), written.from(), written.to(), written.sink());
        Span value = decoded.differs() ? new Span(decoded.text, 0, decoded.length(), decoded) : written;
        if (rule != null && replacer.named(rule, value)) {
            return;
        }
        if (JsonScan.looksLikeJson(value.text(), value.from(), value.to())) {
            json.scan(value.text(), value.from(), value.to(), value.sink());
        } else {
            texts.scan(value.text(), value.from(), value.to(), value.sink());
        }
    }
}
