package io.sluice.scrub.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** Resolves the actions of a plan against the schema of a file: one edit for each leaf that they reach. */
final class LeafEdits {
    private static final int EPOCH_AS_JULIAN_DAY = 2_440_588;

    private final MessageType schema;
    private final Map<List<String>, LeafEdit> edits = new HashMap<>();

    private LeafEdits(MessageType schema) {
        this.schema = schema;
    }

    static Map<List<String>, LeafEdit> of(MessageType schema, Plan plan) throws RefusedException {
        LeafEdits resolved = new LeafEdits(schema);
        for (ColumnAction action : plan.actions()) {
            if (isIn(schema, action.path())) {
                resolved.add(action);
            }
        }
        return resolved.edits;
    }

    /** What stands where a value must stand and none is left. */
    static Binary emptyValue(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> plain(new byte[1]);
            case INT32, FLOAT -> plain(new byte[4]);
            case INT64, DOUBLE -> plain(new byte[8]);
            case INT96 ->
                plain(little(12).putLong(0).putInt(EPOCH_AS_JULIAN_DAY).array());
            case FIXED_LEN_BYTE_ARRAY -> plain(new byte[type.getTypeLength()]);
            // A number needs a digit: readers fail on a decimal of no bytes.
            case BINARY ->
                type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation
                        ? plain(new byte[1])
                        : Binary.EMPTY;
        };
    }

    private void add(ColumnAction action) throws RefusedException {
        String[] path = action.path().toArray(String[]::new);
        Type type = schema.getType(path);
        if (action instanceof ColumnAction.Blank) {
            blank(action.path(), type);
        } else if (!type.isPrimitive()) {
            throw new RefusedException("column " + String.join(".", path) + " has fields of its own");
        } else if (action instanceof ColumnAction.SetTo set) {
            if (path.length > 1 || type.isRepetition(Type.Repetition.REPEATED)) {
                throw new RefusedException("column " + String.join(".", path) + " is not one value per row");
            }
            edits.put(action.path(), new LeafEdit.Put(constant(type.asPrimitiveType(), set)));
        } else if (action instanceof ColumnAction.Redact redact) {
            edits.put(action.path(), new LeafEdit.Replace(redaction(type.asPrimitiveType(), redact)));
        }
    }

    private void blank(List<String> path, Type type) {
        if (!type.isRepetition(Type.Repetition.REQUIRED)) {
            String[] node = path.toArray(String[]::new);
            boolean repeated = type.isRepetition(Type.Repetition.REPEATED);
            int begin = schema.getMaxRepetitionLevel(node) - (repeated ? 1 : 0);
            cut(path, type, new LeafEdit.Cut(begin, schema.getMaxDefinitionLevel(node)));
        } else if (type.isPrimitive()) {
            Binary empty = emptyValue(type.asPrimitiveType());
            edits.put(path, new LeafEdit.Replace(value -> empty));
        } else {
            for (Type field : type.asGroupType().getFields()) {
                blank(child(path, field), field);
            }
        }
    }

    private void cut(List<String> path, Type type, LeafEdit.Cut cut) {
        if (type.isPrimitive()) {
            edits.put(path, cut);
            return;
        }
        for (Type field : type.asGroupType().getFields()) {
            cut(child(path, field), field, cut);
        }
    }

    private static List<String> child(List<String> path, Type field) {
        List<String> child = new ArrayList<>(path);
        child.add(field.getName());
        return List.copyOf(child);
    }

    private static boolean isIn(MessageType schema, List<String> path) {
        Type node = schema;
        for (String name : path) {
            if (node.isPrimitive() || !node.asGroupType().containsField(name)) {
                return false;
            }
            node = node.asGroupType().getType(name);
        }
        return true;
    }

    private static UnaryOperator<Binary> redaction(PrimitiveType type, ColumnAction.Redact redact)
            throws RefusedException {
        boolean fixed = type.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        if (!fixed && type.getPrimitiveTypeName() != PrimitiveTypeName.BINARY) {
            throw new RefusedException("column " + String.join(".", redact.path()) + " does not hold bytes");
        }
        return value -> {
            byte[] redacted = redact.redaction().apply(value.getBytes());
            if (fixed && redacted.length != type.getTypeLength()) {
                throw new IllegalArgumentException("a redaction changed the length of "
                        + String.join(".", redact.path()) + " from " + type.getTypeLength() + " to " + redacted.length);
            }
            return plain(redacted);
        };
    }

    private static Binary constant(PrimitiveType type, ColumnAction.SetTo set) throws RefusedException {
        Object value = set.value();
        PrimitiveTypeName physical = type.getPrimitiveTypeName();
        if (value instanceof Integer number && physical == PrimitiveTypeName.INT32) {
            return plain(little(4).putInt(number).array());
        } else if (value instanceof Long number && physical == PrimitiveTypeName.INT64) {
            return plain(little(8).putLong(number).array());
        } else if (value instanceof Float number && physical == PrimitiveTypeName.FLOAT) {
            return plain(little(4).putFloat(number).array());
        } else if (value instanceof Double number && physical == PrimitiveTypeName.DOUBLE) {
            return plain(little(8).putDouble(number).array());
        } else if (value instanceof Boolean bit && physical == PrimitiveTypeName.BOOLEAN) {
            return plain(new byte[] {(byte) (bit ? 1 : 0)});
        } else if (value instanceof String text && physical == PrimitiveTypeName.BINARY) {
            return plain(text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof byte[] bytes
                && (physical == PrimitiveTypeName.BINARY
                        || (physical == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
                                && bytes.length == type.getTypeLength()))) {
            return plain(bytes.clone());
        }
        throw new RefusedException("column " + String.join(".", set.path()) + " is " + physical + " and cannot hold a "
                + value.getClass().getSimpleName());
    }

    private static Binary plain(byte[] bytes) {
        return Binary.fromConstantByteArray(bytes);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
