package io.sluice.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a request or response as it stands in the Markdown form of an RRPair. */
final class MarkdownMessage {
    private static final ObjectMapper JSON = new ObjectMapper(JsonText.FACTORY);

    /** {@code GET http://shop.example/a?b HTTP/1.1}. */
    static void requestLine(String line, ExchangeDraft draft) throws RejectedException {
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(" HTTP/");
        if (first <= 0) {
            throw new RejectedException(
                    RejectReason.MISSING_REQUEST, "The first line of the request is not a request line");
        }
        draft.method = line.substring(0, first);
        draft.url = last > first ? line.substring(first + 1, last) : line.substring(first + 1);
        if (last > first) {
            draft.httpVersion = line.substring(last + 1);
        }
    }

    /** {@code HTTP/1.1 200 OK}; a mocked response has headers only, and false is returned. */
    static boolean statusLine(String line, ExchangeDraft draft) throws RejectedException {
        if (!line.startsWith("HTTP/")) {
            return false;
        }
        int space = line.indexOf(' ');
        draft.status = space < 0 ? null : HarEntry.status(line.substring(space + 1));
        return true;
    }

    /** Replaces the fields of the message, unless it has the same ones already in their exact form. */
    static void headers(List<String> lines, MessageDraft message) throws RejectedException {
        List<Header> written = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank()) {
                continue;
            }
            int colon = line.indexOf(':', line.startsWith(":") ? 1 : 0);
            if (colon <= 0) {
                throw new RejectedException(RejectReason.BAD_HEADERS, "A header line has no colon");
            }
            String name = line.substring(0, colon);
            for (String value : values(line.substring(colon + 1).stripLeading())) {
                written.add(new Header(name, value));
            }
        }
        List<Header> known = message.headers().stream()
                .filter(header -> !header.name().equalsIgnoreCase("content-length"))
                .toList();
        if (!known.equals(written)) {
            message.headers(written);
        }
    }

    /** Values are joined by {@code ", "}; a comma within one is written {@code \,} and a backslash {@code \\}. */
    private static List<String> values(String joined) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < joined.length(); i++) {
            char c = joined.charAt(i);
            char next = i + 1 < joined.length() ? joined.charAt(i + 1) : 0;
            if (c == '\\' && (next == ',' || next == '\\')) {
                value.append(next);
                i++;
            } else if (c == ',' && next == ' ') {
                values.add(value.toString());
                value.setLength(0);
                i++;
            } else {
                value.append(c);
            }
        }
        values.add(value.toString());
        return values;
    }

    /**
     * Takes the body of the section. Where the section only lays out anew what the recording holds exactly, the exact
     * bytes stay; where only the new layout is left, that is flagged.
     */
    static void body(byte @Nullable [] block, MessageDraft message, Set<String> flags) {
        if (block == null || block.length == 0) {
            return;
        }
        byte[] section = Arrays.copyOf(block, block.length - 1);
        if (section.length == 0) {
            return;
        }
        Body exact = message.body(flags);
        if (exact != null && sameContent(exact.bytes(), section)) {
            return;
        }
        message.body(section);
        message.bodyIsBase64(false);
        String mediaType = message.mediaType();
        if (mediaType != null && mediaType.contains("json") && hasLineBreak(section)) {
            flags.add("body_reformatted");
        }
    }

    private static boolean sameContent(byte[] exact, byte[] section) {
        if (Arrays.equals(exact, section)
                || new String(exact, StandardCharsets.UTF_8)
                        .strip()
                        .equals(new String(section, StandardCharsets.UTF_8).strip())) {
            return true;
        }
        JsonNode one = json(exact);
        return one != null && one.equals(json(section));
    }

    private static @Nullable JsonNode json(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            return null;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static boolean hasLineBreak(byte[] text) {
        for (byte b : text) {
            if (b == '\n') {
                return true;
            }
        }
        return false;
    }

    private MarkdownMessage() {}
}
