package io.sluice.dependency;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.JsonTokenId;
import io.sluice.dependency.Location.Field;
import io.sluice.dependency.Location.Index;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The scalars of a JSON text in reading order, with the characters at which each stands. */
public record JsonLeaves(List<Leaf> leaves, End end) {
    private static final JsonFactory JSON = new JsonFactory();

    /** How reading the text ended. */
    public enum End {
        /** All leaves are listed. */
        COMPLETE,
        /** There are more leaves than asked for. */
        LIMIT,
        /** The text is not JSON, or breaks off. */
        BROKEN
    }

    /** The kinds of scalar. */
    public enum Type {
        STRING,
        NUMBER,
        BOOLEAN,
        NULL
    }

    /** One scalar; {@code start} to {@code end} are the characters of its value, without the quotes of a string. */
    public record Leaf(Location location, Type type, String text, int start, int end) {}

    public JsonLeaves {
        leaves = List.copyOf(leaves);
    }

    /** Reads up to {@code limit} leaves of {@code json}. */
    public static JsonLeaves of(String json, int limit) {
        List<Leaf> leaves = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            Deque<Location.Key> way = new ArrayDeque<>();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    if (leaves.size() == limit) {
                        return new JsonLeaves(leaves, End.LIMIT);
                    }
                    forward(way);
                    leaves.add(leaf(parser, way));
                } else {
                    follow(parser, way);
                }
            }
            return new JsonLeaves(leaves, leaves.isEmpty() && json.isBlank() ? End.BROKEN : End.COMPLETE);
        } catch (IOException e) {
            return new JsonLeaves(leaves, End.BROKEN);
        }
    }

    private static void follow(JsonParser parser, Deque<Location.Key> way) throws IOException {
        switch (parser.currentTokenId()) {
            case JsonTokenId.ID_FIELD_NAME -> {
                way.pop();
                way.push(new Field(parser.currentName()));
            }
            case JsonTokenId.ID_START_OBJECT -> {
                forward(way);
                way.push(new Field(""));
            }
            case JsonTokenId.ID_START_ARRAY -> {
                forward(way);
                way.push(new Index(-1));
            }
            default -> way.pop();
        }
    }

    /** An element of an array begins: counts its index up. */
    private static void forward(Deque<Location.Key> way) {
        if (way.peek() instanceof Index index) {
            way.pop();
            way.push(new Index(index.at() + 1));
        }
    }

    private static Leaf leaf(JsonParser parser, Deque<Location.Key> way) throws IOException {
        List<Location.Key> keys = new ArrayList<>(way.size());
        way.descendingIterator().forEachRemaining(keys::add);
        Type type = switch (parser.currentTokenId()) {
            case JsonTokenId.ID_STRING -> Type.STRING;
            case JsonTokenId.ID_NUMBER_INT, JsonTokenId.ID_NUMBER_FLOAT -> Type.NUMBER;
            case JsonTokenId.ID_NULL -> Type.NULL;
            default -> Type.BOOLEAN;
        };
        String text = parser.getText();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        int end = start + text.length();
        if (type == Type.STRING) {
            parser.finishToken();
            start++;
            end = (int) parser.currentLocation().getCharOffset() - 1;
        }
        return new Leaf(Location.json(keys), type, text, start, end);
    }
}
