package io.sluice.lake;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Writes rows, given as arrays of values, as Parquet the way Spark lays it out: lists of three levels, UTC micros. */
final class LandingWriteSupport extends WriteSupport<@Nullable Object[]> {
    /** Where Spark looks for the schema as it was declared, nullability and comments included. */
    private static final String SPARK_SCHEMA = "org.apache.spark.sql.parquet.row.metadata";

    private final StructType schema;
    private RecordConsumer consumer;

    @SuppressWarnings("NullAway.Init") // Parquet hands the consumer over in prepareForWrite, before the first row.
    LandingWriteSupport(StructType schema) {
        this.schema = schema;
    }

    @Override
    @SuppressWarnings("deprecation") // Parquet still leaves this one abstract
    public WriteContext init(Configuration configuration) {
        Types.MessageTypeBuilder message = Types.buildMessage();
        for (StructField field : schema.fields()) {
            message.addField(type(field.name(), field.dataType(), field.nullable()));
        }
        MessageType type = message.named("spark_schema");
        return new WriteContext(type, Map.of(SPARK_SCHEMA, schema.json()));
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public void write(@Nullable Object[] row) {
        consumer.startMessage();
        fields(schema, row);
        consumer.endMessage();
    }

    private void fields(StructType struct, @Nullable Object[] values) {
        StructField[] fields = struct.fields();
        for (int i = 0; i < fields.length; i++) {
            Object value = values[i];
            if (value != null) {
                consumer.startField(fields[i].name(), i);
                value(fields[i].dataType(), value);
                consumer.endField(fields[i].name(), i);
            } else if (!fields[i].nullable()) {
                throw new IllegalArgumentException("no value for the required column " + fields[i].name());
            }
        }
    }

    private void value(DataType type, Object value) {
        if (value instanceof String text) {
            consumer.addBinary(Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8)));
        } else if (value instanceof byte[] bytes) {
            consumer.addBinary(Binary.fromConstantByteArray(bytes));
        } else if (value instanceof Long number) {
            consumer.addLong(number);
        } else if (value instanceof Integer number) {
            consumer.addInteger(number);
        } else if (value instanceof List<?> list && type instanceof ArrayType array) {
            list(array.elementType(), list);
        } else if (value instanceof Object[] values && type instanceof StructType struct) {
            consumer.startGroup();
            fields(struct, values);
            consumer.endGroup();
        } else {
            throw new IllegalArgumentException("a " + value.getClass().getSimpleName() + " is no " + type.typeName());
        }
    }

    private void list(DataType elementType, List<?> elements) {
        consumer.startGroup();
        if (!elements.isEmpty()) {
            consumer.startField("list", 0);
            for (Object element : elements) {
                consumer.startGroup();
                consumer.startField("element", 0);
                value(elementType, element);
                consumer.endField("element", 0);
                consumer.endGroup();
            }
            consumer.endField("list", 0);
        }
        consumer.endGroup();
    }

    private static Type type(String name, DataType type, boolean nullable) {
        Type.Repetition repetition = nullable ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED;
        if (type instanceof ArrayType array) {
            return Types.list(repetition)
                    .setElementType(type("element", array.elementType(), array.containsNull()))
                    .named(name);
        }
        if (type instanceof StructType struct) {
            Types.GroupBuilder<org.apache.parquet.schema.GroupType> group = Types.buildGroup(repetition);
            for (StructField field : struct.fields()) {
                group.addField(type(field.name(), field.dataType(), field.nullable()));
            }
            return group.named(name);
        }
        return primitive(type, repetition).named(name);
    }

    private static Types.PrimitiveBuilder<org.apache.parquet.schema.PrimitiveType> primitive(
            DataType type, Type.Repetition repetition) {
        if (type.equals(DataTypes.StringType)) {
            return Types.primitive(PrimitiveTypeName.BINARY, repetition).as(LogicalTypeAnnotation.stringType());
        }
        if (type.equals(DataTypes.BinaryType)) {
            return Types.primitive(PrimitiveTypeName.BINARY, repetition);
        }
        if (type.equals(DataTypes.TimestampType)) {
            return Types.primitive(PrimitiveTypeName.INT64, repetition)
                    .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS));
        }
        if (type.equals(DataTypes.LongType)) {
            return Types.primitive(PrimitiveTypeName.INT64, repetition);
        }
        if (type.equals(DataTypes.DateType)) {
            return Types.primitive(PrimitiveTypeName.INT32, repetition).as(LogicalTypeAnnotation.dateType());
        }
        if (type.equals(DataTypes.IntegerType)) {
            return Types.primitive(PrimitiveTypeName.INT32, repetition);
        }
        throw new IllegalArgumentException("landing files have no " + type.typeName());
    }
}
