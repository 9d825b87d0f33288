package io.sluice.redaction;

/** Finds sensitive values in a body by the way that fits what it holds, whatever its media type claims. */
final class BodyScan {
    private static final int SAMPLE = 4096;

    private final TextScan texts;
    private final JsonScan json;
    private final FormScan forms;
    private final MultipartScan parts;

    BodyScan(Replacer replacer, NameRules fields, NameRules queries) {
        texts = new TextScan(replacer, queries);
        json = new JsonScan(replacer, fields, texts);
        forms = new FormScan(replacer, queries, texts, json);
        parts = new MultipartScan(replacer, fields, this);
    }

    /** Scans {@code body} as {@code mediaType}, in lower case and without parameters, empty where none is known. */
    void scan(String mediaType, Span body) {
        byte[] text = body.text();
        if (JsonScan.looksLikeJson(text, body.from(), body.to()) || mediaType.endsWith("json")) {
            json.scan(text, body.from(), body.to(), body.sink());
        } else if (mediaType.equals("application/x-www-form-urlencoded")) {
            forms.scan(text, body.from(), body.to(), body.sink());
        } else if (mediaType.startsWith("multipart/")
                && body.to() == text.length
                && body.from() == 0
                && MultipartScan.looksLikeMultipart(text)) {
            parts.scan(text, body.sink());
        } else if (isText(mediaType, body)) {
            text(body);
        }
    }

    void text(Span body) {
        texts.scan(body.text(), body.from(), body.to(), body.sink());
    }

    void json(Span body) {
        json.scan(body.text(), body.from(), body.to(), body.sink());
    }

    void form(Span body) {
        forms.scan(body.text(), body.from(), body.to(), body.sink());
    }

    private static boolean isText(String mediaType, Span body) {
        return mediaType.startsWith("text/")
                || mediaType.endsWith("xml")
                || mediaType.endsWith("javascript")
                || mediaType.endsWith("yaml")
                || hasNoControls(body.text(), body.from(), body.to());
    }

    /** Whether the beginning of {@code text[from, to)} could be text, in whatever character set. */
    static boolean hasNoControls(byte[] text, int from, int to) {
        int end = Math.min(to, from + SAMPLE);
        for (int i = from; i < end; i++) {
            byte symbol = text[i];
            if (symbol >= 0 && symbol < ' ' && symbol != '\n' && symbol != '\r' && symbol != '\t' && symbol != '\f') {
                return false;
            }
        }
        return true;
    }
}
