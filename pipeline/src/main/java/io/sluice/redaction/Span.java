package io.sluice.redaction;

import java.nio.charset.StandardCharsets;

/** A part of a text, with the sink that takes its replacement. */
final class Span {
    private final byte[] text;
    private final int from;
    private final int to;
    private final Sink sink;

    Span(byte[] text, int from, int to, Sink sink) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.sink = sink;
    }

    byte[] text() {
        return text;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    Sink sink() {
        return sink;
    }

    boolean isEmpty() {
        return from >= to;
    }

    String string() {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    void replace(byte[] with) {
        sink.replace(from, to, with);
    }

    Span part(int begin, int end) {
        return new Span(text, begin, Math.max(begin, end), sink);
    }

    /** Without spaces around it, and without quotes around that. */
    Span unquoted() {
        int begin = from;
        int end = to;
        while (begin < end && text[begin] == ' ') {
            begin++;
        }
        while (end > begin && text[end - 1] == ' ') {
            end--;
        }
        boolean quoted =
                end - begin >= 2 && (text[begin] == '"' || text[begin] == '\'') && text[end - 1] == text[begin];
        return quoted ? part(begin + 1, end - 1) : part(begin, end);
    }

    /** Where {@code symbol} next stands at or after {@code at}, or the end of the span. */
    int until(int at, char symbol) {
        int i = at;
        while (i < to && text[i] != symbol) {
            i++;
        }
        return i;
    }
}
