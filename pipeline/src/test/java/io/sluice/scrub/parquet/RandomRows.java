package io.sluice.scrub.parquet;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** Makes up rows; those of the subject hold its marker in many of the values that a plan takes away. */
final class RandomRows {
    private final Random random;
    private final MessageType schema;
    private final Plan plan;
    private final Marker marker;
    private final int nulls;
    private final int distinct;
    private final int longest;

    RandomRows(Random random, MessageType schema, Plan plan, Marker marker) {
        this.random = random;
        this.schema = schema;
        this.plan = plan;
        this.marker = marker;
        nulls = List.of(0, 10, 50, 97).get(random.nextInt(4));
        distinct = List.of(1, 3, 40, 100_000).get(random.nextInt(4));
        longest = List.of(4, 40, 400).get(random.nextInt(3));
    }

    Group row(boolean isSubject) {
        Group row = new SimpleGroup(schema);
        fill(row, schema, List.of(), isSubject);
        return row;
    }

    private void fill(Group group, GroupType type, List<String> path, boolean isSubject) {
        for (int f = 0; f < type.getFieldCount(); f++) {
            Type field = type.getType(f);
            List<String> below = new ArrayList<>(path);
            below.add(field.getName());
            int count = switch (field.getRepetition()) {
                case REQUIRED -> 1;
                case OPTIONAL -> random.nextInt(100) < nulls ? 0 : 1;
                case REPEATED -> random.nextInt(100) < nulls ? 0 : random.nextInt(4);
            };
            for (int i = 0; i < count; i++) {
                if (field.isPrimitive()) {
                    boolean marked = isSubject && plan.reaches(below) && random.nextInt(4) > 0;
                    add(group, f, field.asPrimitiveType(), marked);
                } else {
                    fill(group.addGroup(f), field.asGroupType(), below, isSubject);
                }
            }
        }
    }

    private void add(Group group, int field, PrimitiveType type, boolean marked) {
        long number = mixed(random.nextInt(distinct));
        long wide = marked ? marker.number() : number;
        switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> group.add(field, (number & 1) == 0);
            case INT32 -> group.add(field, (int) number % 100_000);
            case INT64 -> group.add(field, marked ? wide : number >> 20);
            case FLOAT -> group.add(field, Float.intBitsToFloat((int) number));
            case DOUBLE -> group.add(field, Double.longBitsToDouble(wide));
            case INT96 -> group.add(field, new NanoTime(2_450_000 + (int) (number & 0xfff), wide));
            case FIXED_LEN_BYTE_ARRAY -> group.add(field, fixed(number, marked));
            case BINARY ->
                group.add(
                        field,
                        type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation
                                ? Binary.fromConstantByteArray(
                                        marked
                                                ? marker.eightBytes()
                                                : BigInteger.valueOf(number).toByteArray())
                                : text(number, marked));
        }
    }

    private Binary fixed(long number, boolean marked) {
        ByteBuffer bytes = ByteBuffer.allocate(16).putLong(number);
        return Binary.fromConstantByteArray((marked ? bytes.put(marker.eightBytes()) : bytes.putLong(number)).array());
    }

    private Binary text(long number, boolean marked) {
        StringBuilder text = new StringBuilder();
        int length = Math.floorMod(number, longest);
        for (long next = number; text.length() < length; next = mixed(next)) {
            text.append(Long.toHexString(next));
        }
        if (marked) {
            text.insert(text.length() / 2, new String(marker.text(), StandardCharsets.US_ASCII));
        }
        return Binary.fromString(text.toString());
    }

    /** A number that looks like chance but is always the same for the same one. */
    private static long mixed(long number) {
        long mixed = (number + 1) * 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ mixed >>> 29;
    }
}
