package io.sluice.redaction;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds sensitive values in the parts of a multipart body (RFC 7578); parts that are files in binary form stay. */
final class MultipartScan {
    private static final Pattern NAME = Pattern.compile("[;\\s]name=\"?([^\";\\r\\n]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("^content-type:\\s*([^;\\s]+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final Replacer replacer;
    private final NameRules names;
    private final BodyScan bodies;

    MultipartScan(Replacer replacer, NameRules names, BodyScan bodies) {
        this.replacer = replacer;
        this.names = names;
        this.bodies = bodies;
    }

    void scan(byte[] text, Sink sink) {
        byte[] boundary = boundary(text);
        int part = boundary.length;
        while (part < text.length) {
            int end = next(text, part, boundary);
            part(new Span(text, part, end, sink));
            part = end + boundary.length;
        }
    }

    /** Whether the body begins with the line that parts a multipart body. */
    static boolean looksLikeMultipart(byte[] text) {
        return text.length > 4 && text[0] == '-' && text[1] == '-' && boundary(text).length < 80;
    }

    private void part(Span part) {
        int head = headEnd(part);
        String headers = part.part(part.from(), head).string();
        Span content = part.part(head, contentEnd(part));
        if (content.isEmpty()) {
            bodies.text(part);
            return;
        }
        bodies.text(part.part(part.from(), head));
        RedactionRule rule = rule(headers);
        if (rule == null || !replacer.named(rule, content)) {
            bodies.scan(mediaType(headers), content);
        }
    }

    private @Nullable RedactionRule rule(String headers) {
        Matcher name = NAME.matcher(headers);
        return name.find() ? names.find(name.group(1)) : null;
    }

    private static String mediaType(String headers) {
        Matcher type = MEDIA_TYPE.matcher(headers.strip());
        return type.find() ? type.group(1).toLowerCase(Locale.ROOT) : "";
    }

    private static int headEnd(Span part) {
        byte[] text = part.text();
        for (int i = part.from(); i + 1 < part.to(); i++) {
            if (text[i] == '\n'
                    && (text[i + 1] == '\n' || (text[i + 1] == '\r' && i + 2 < part.to() && text[i + 2] == '\n'))) {
                return text[i + 1] == '\n' ? i + 2 : i + 3;
            }
        }
        return part.to();
    }

    /** Without the line break that belongs to the boundary. */
    private static int contentEnd(Span part) {
        int end = part.to();
        if (end > part.from() && part.text()[end - 1] == '\n') {
            end--;
        }
        if (end > part.from() && part.text()[end - 1] == '\r') {
            end--;
        }
        return end;
    }

    private static byte[] boundary(byte[] text) {
        int end = 0;
        while (end < text.length && text[end] != '\r' && text[end] != '\n') {
            end++;
        }
        return Arrays.copyOf(text, end);
    }

    private static int next(byte[] text, int from, byte[] boundary) {
        for (int i = from; i + boundary.length <= text.length; i++) {
            if (text[i] == '-' && Arrays.equals(text, i, i + boundary.length, boundary, 0, boundary.length)) {
                return i;
            }
        }
        return text.length;
    }
}
