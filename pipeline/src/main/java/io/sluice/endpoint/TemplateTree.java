package io.sluice.endpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decided positions: at each, the fixed parts and at most one parameter. */
final class TemplateTree {
    private final Map<String, TemplateTree> literals = new HashMap<>();
    private @Nullable Parameter parameter;

    /** A parameter, and what may follow it. */
    private record Parameter(String name, TemplateTree next) {}

    void literal(String value, TemplateTree next) {
        literals.put(value, next);
    }

    void parameter(String name, TemplateTree next) {
        parameter = new Parameter(name, next);
    }

    /** The template of a path: {@code /users/ada/orders} -> {@code /users/{user_id}/orders}. */
    String template(String path) {
        List<String> parts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        TemplateTree here = this;
        for (String segment : ObservedPath.segments(path)) {
            TemplateTree literal = here.literals.get(segment);
            Parameter place = here.parameter;
            if (literal != null) {
                parts.add(escaped(segment));
                here = literal;
            } else if (place != null) {
                parts.add("{" + unique(place.name(), names) + "}");
                here = place.next();
            } else {
                parts.add(SegmentShape.of(segment).identifies() ? "{" + unique("id", names) + "}" : escaped(segment));
                here = new TemplateTree();
            }
        }
        return "/" + String.join("/", parts);
    }

    private static String unique(String name, Set<String> taken) {
        String free = name;
        for (int number = 2; !taken.add(free); number++) {
            free = name + "_" + number;
        }
        return free;
    }

    /** A brace of the path itself is not the border of a parameter. */
    private static String escaped(String literal) {
        return literal.replace("{", "%7B").replace("}", "%7D");
    }

    /** The tree as bytes, the same for equal trees. */
    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static TemplateTree decode(byte[] bytes) {
        try {
            return read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeInt(literals.size());
        for (Map.Entry<String, TemplateTree> literal : new TreeMap<>(literals).entrySet()) {
            out.writeUTF(literal.getKey());
            literal.getValue().write(out);
        }
        out.writeBoolean(parameter != null);
        if (parameter != null) {
            out.writeUTF(parameter.name());
            parameter.next().write(out);
        }
    }

    private static TemplateTree read(DataInputStream in) throws IOException {
        TemplateTree tree = new TemplateTree();
        for (int left = in.readInt(); left > 0; left--) {
            String value = in.readUTF();
            tree.literal(value, read(in));
        }
        if (in.readBoolean()) {
            String name = in.readUTF();
            tree.parameter(name, read(in));
        }
        return tree;
    }
}
