package io.sluice.capture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sections of one RRPair in Markdown. The JSON under INTERNAL is the base, and what stands in other sections
 * overrides it, since people edit those.
 */
final class RrpairSections {
    private static final String FENCE = "```";
    private static final EntryParser INTERNAL = new EntryParser(new RrpairObject());

    private final Map<String, List<ByteArrayOutputStream>> blocks = new HashMap<>();
    private final ByteArrayOutputStream heldBack = new ByteArrayOutputStream();
    private String section = "";
    private @Nullable ByteArrayOutputStream open;
    private boolean collided;
    private long bytes;

    long bytes() {
        return bytes;
    }

    boolean has(String name) {
        return blocks.containsKey(name);
    }

    void section(String name) {
        section = name;
        blocks.put(name, new ArrayList<>());
    }

    void collided() {
        collided = true;
    }

    /** Takes one line of the current section; false where it stands outside of any block. */
    boolean line(ByteSlice line) {
        bytes += line.length() + 1L;
        ByteArrayOutputStream block = open;
        if (block == null) {
            if (line.isText(FENCE)) {
                open();
                return true;
            }
            return line.isBlank();
        }
        if (heldBack.size() > 0) {
            afterFence(block, line);
        } else if (line.isText(FENCE)) {
            if (inBody()) {
                line.writeTo(heldBack);
            } else {
                open = null;
            }
        } else {
            line.writeTo(block);
        }
        return true;
    }

    /** A body may hold fences itself: only one with nothing but another block or section behind it is the end. */
    private void afterFence(ByteArrayOutputStream block, ByteSlice line) {
        if (line.isText(FENCE)) {
            heldBack.reset();
            open();
            return;
        }
        line.writeTo(heldBack);
        if (!line.isBlank()) {
            block.writeBytes(heldBack.toByteArray());
            heldBack.reset();
        }
    }

    /** Ends the current section; false where one of its blocks is still open. */
    boolean endSection() {
        boolean closed = open == null || heldBack.size() > 0;
        open = null;
        heldBack.reset();
        return closed;
    }

    private boolean inBody() {
        return blocksOf(section).size() > 1 && (section.equals("REQUEST") || section.equals("RESPONSE"));
    }

    private void open() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        blocksOf(section).add(block);
        open = block;
    }

    private List<ByteArrayOutputStream> blocksOf(String name) {
        return blocks.getOrDefault(name, List.of());
    }

    private byte @Nullable [] block(String name, int index) {
        List<ByteArrayOutputStream> all = blocksOf(name);
        return index < all.size() ? all.get(index).toByteArray() : null;
    }

    private List<String> lines(String name) {
        byte[] first = block(name, 0);
        return first == null
                ? List.of()
                : new String(first, StandardCharsets.UTF_8).lines().toList();
    }

    /** Puts the sections together. */
    ExchangeDraft draft() throws RejectedException {
        ExchangeDraft draft = internal();
        if (collided) {
            draft.flags.add("collided_capture");
        }
        for (String line : lines("METADATA")) {
            metadata(line, draft);
        }
        List<String> request = lines("REQUEST");
        if (!request.isEmpty()) {
            MarkdownMessage.requestLine(request.get(0), draft);
            MarkdownMessage.headers(request.subList(1, request.size()), draft.request);
        }
        List<String> response = lines("RESPONSE");
        if (!response.isEmpty()) {
            int first = MarkdownMessage.statusLine(response.get(0), draft) ? 1 : 0;
            MarkdownMessage.headers(response.subList(first, response.size()), draft.response);
        }
        MarkdownMessage.body(block("REQUEST", 1), draft.request, draft.flags);
        MarkdownMessage.body(block("RESPONSE", 1), draft.response, draft.flags);
        return draft;
    }

    private ExchangeDraft internal() throws RejectedException {
        byte[] text = block("INTERNAL", 0);
        if (text == null) {
            if (!has("METADATA") || !has("REQUEST")) {
                throw new RejectedException(
                        RejectReason.TRUNCATED,
                        "The exchange has neither its INTERNAL section nor REQUEST and METADATA");
            }
            ExchangeDraft draft = new ExchangeDraft();
            draft.flags.add("internal_missing");
            return draft;
        }
        ByteSlice json = new ByteSlice();
        int brace = new String(text, StandardCharsets.ISO_8859_1).indexOf('{');
        json.append(text, Math.max(brace, 0), text.length - Math.max(brace, 0));
        return INTERNAL.parse(json);
    }

    private static void metadata(String line, ExchangeDraft draft) {
        int colon = line.indexOf(": ");
        if (colon < 0) {
            return;
        }
        String value = line.substring(colon + 2).strip();
        switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "ts" -> draft.timestamp = value;
            case "direction" -> draft.direction = value;
            case "uuid" -> draft.captureId = RrpairObject.uuid(value);
            case "duration" -> draft.durationMicros = RrpairDuration.micros(value, draft);
            default -> {}
        }
    }
}
