package io.sluice.scrub.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Makes up schemas of all types, nested up to three deep, and plans that fit them. */
final class RandomSchema {
    private static final int DEEPEST = 3;

    private final Random random;

    RandomSchema(Random random) {
        this.random = random;
    }

    MessageType schema() {
        Types.MessageTypeBuilder message = Types.buildMessage();
        int fields = 1 + random.nextInt(6);
        for (int i = 0; i < fields; i++) {
            message.addField(type("f" + i, 1));
        }
        return message.named("made_up");
    }

    /** Actions for some nodes, one for each root field at most. */
    Plan plan(MessageType schema, Marker marker) {
        List<ColumnAction> actions = new ArrayList<>();
        for (Type field : schema.getFields()) {
            if (actions.isEmpty() || random.nextInt(3) > 0) {
                actions.add(action(field, List.of(field.getName()), marker));
            }
        }
        return new Plan(actions);
    }

    private ColumnAction action(Type type, List<String> path, Marker marker) {
        if (!type.isPrimitive()) {
            GroupType group = type.asGroupType();
            if (random.nextBoolean()) {
                return new ColumnAction.Blank(path);
            }
            Type below = group.getType(random.nextInt(group.getFieldCount()));
            List<String> longer = new ArrayList<>(path);
            longer.add(below.getName());
            return action(below, longer, marker);
        }
        PrimitiveTypeName physical = type.asPrimitiveType().getPrimitiveTypeName();
        boolean isRootValue = path.size() == 1 && !type.isRepetition(Repetition.REPEATED);
        return switch (random.nextInt(3)) {
            case 0 ->
                isRootValue && physical != PrimitiveTypeName.INT96
                        ? new ColumnAction.SetTo(
                                path, constant(type.asPrimitiveType().getTypeLength(), physical))
                        : new ColumnAction.Blank(path);
            case 1 ->
                physical == PrimitiveTypeName.BINARY
                        ? new ColumnAction.Redact(path, marker.redaction(random.nextInt(3)))
                        : physical == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
                                ? new ColumnAction.Redact(path, marker.redaction(0))
                                : new ColumnAction.Blank(path);
            default -> new ColumnAction.Blank(path);
        };
    }

    private static Object constant(int length, PrimitiveTypeName type) {
        return switch (type) {
            case BOOLEAN -> true;
            case INT32 -> 7;
            case INT64 -> 7L;
            case FLOAT -> 7f;
            case DOUBLE -> 7d;
            case BINARY -> "scrubbed";
            case FIXED_LEN_BYTE_ARRAY, INT96 -> new byte[length];
        };
    }

    private Type type(String name, int depth) {
        Repetition repetition = random.nextInt(3) > 0 ? Repetition.OPTIONAL : Repetition.REQUIRED;
        int kind = depth < DEEPEST ? random.nextInt(10) : 9;
        if (kind == 0) {
            return Types.list(repetition)
                    .setElementType(type("element", depth + 1))
                    .named(name);
        } else if (kind == 1) {
            return Types.map(repetition)
                    .key(Types.required(PrimitiveTypeName.BINARY)
                            .as(LogicalTypeAnnotation.stringType())
                            .named("key"))
                    .value(type("value", depth + 1))
                    .named(name);
        } else if (kind <= 3) {
            Types.GroupBuilder<GroupType> group = Types.buildGroup(repetition);
            int fields = 1 + random.nextInt(3);
            for (int i = 0; i < fields; i++) {
                group.addField(type("g" + i, depth + 1));
            }
            return group.named(name);
        }
        return primitive(kind == 4 ? Repetition.REPEATED : repetition, name);
    }

    private Type primitive(Repetition repetition, String name) {
        return switch (random.nextInt(16)) {
            case 0 -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
            case 1 -> Types.primitive(PrimitiveTypeName.INT32, repetition).named(name);
            case 2 ->
                Types.primitive(PrimitiveTypeName.INT32, repetition)
                        .as(LogicalTypeAnnotation.dateType())
                        .named(name);
            case 3 ->
                Types.primitive(PrimitiveTypeName.INT32, repetition)
                        .as(LogicalTypeAnnotation.decimalType(2, 9))
                        .named(name);
            case 4 -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(name);
            case 5 ->
                Types.primitive(PrimitiveTypeName.INT64, repetition)
                        .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                        .named(name);
            case 6 -> Types.primitive(PrimitiveTypeName.INT96, repetition).named(name);
            case 7 -> Types.primitive(PrimitiveTypeName.FLOAT, repetition).named(name);
            case 8 -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(name);
            case 9 ->
                Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                        .length(16)
                        .as(LogicalTypeAnnotation.decimalType(10, 38))
                        .named(name);
            case 10 ->
                Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                        .length(16)
                        .as(LogicalTypeAnnotation.uuidType())
                        .named(name);
            case 11 -> Types.primitive(PrimitiveTypeName.BINARY, repetition).named(name);
            case 12 ->
                Types.primitive(PrimitiveTypeName.BINARY, repetition)
                        .as(LogicalTypeAnnotation.decimalType(2, 30))
                        .named(name);
            default ->
                Types.primitive(PrimitiveTypeName.BINARY, repetition)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(name);
        };
    }
}
