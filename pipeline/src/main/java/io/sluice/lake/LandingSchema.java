package io.sluice.lake;

import io.sluice.schemas.ExchangeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The landing schema as it is compared with that of a file, which may be written by any Parquet writer. */
final class LandingSchema {
    private static final Set<String> WORKED_OUT = Set.of(ExchangeTable.EXCHANGE_ID, ExchangeTable.CAPTURED_DATE);

    private LandingSchema() {}

    /** What is wrong with {@code file}, one sentence part each; nothing where it can be read as exchanges. */
    static List<String> problems(MessageType file) {
        List<String> problems = new ArrayList<>();
        StructType landing = ExchangeTable.landingSchema();
        for (StructField column : landing.fields()) {
            if (!file.containsField(column.name())) {
                if (!WORKED_OUT.contains(column.name())) {
                    problems.add("column " + column.name() + " is missing");
                }
            } else if (!fits(file.getType(column.name()), column.dataType())) {
                problems.add("column " + column.name() + " must be "
                        + column.dataType().simpleString() + " but is " + found(file.getType(column.name())));
            }
        }
        Set<String> known = Set.of(landing.fieldNames());
        for (Type field : file.getFields()) {
            if (!known.contains(field.getName())) {
                problems.add("column " + field.getName() + " is unknown");
            }
        }
        return problems;
    }

    private static boolean fits(Type type, DataType expected) {
        if (expected instanceof ArrayType array) {
            return isList(type, array.elementType());
        }
        if (expected instanceof StructType struct) {
            return isStruct(type, struct);
        }
        return type.isPrimitive()
                && !type.isRepetition(Type.Repetition.REPEATED)
                && fits(type.asPrimitiveType(), expected);
    }

    private static boolean fits(PrimitiveType type, DataType expected) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        PrimitiveTypeName physical = type.getPrimitiveTypeName();
        if (expected.equals(DataTypes.StringType)) {
            return physical == PrimitiveTypeName.BINARY
                    && (logical instanceof StringLogicalTypeAnnotation || logical instanceof EnumLogicalTypeAnnotation);
        }
        if (expected.equals(DataTypes.BinaryType)) {
            return physical == PrimitiveTypeName.BINARY
                    && (logical == null
                            || logical instanceof StringLogicalTypeAnnotation
                            || logical instanceof JsonLogicalTypeAnnotation);
        }
        if (expected.equals(DataTypes.IntegerType)) {
            return physical == PrimitiveTypeName.INT32 && isSigned(logical);
        }
        if (expected.equals(DataTypes.LongType)) {
            return (physical == PrimitiveTypeName.INT64 || physical == PrimitiveTypeName.INT32) && isSigned(logical);
        }
        if (expected.equals(DataTypes.DateType)) {
            return logical instanceof DateLogicalTypeAnnotation;
        }
        return expected.equals(DataTypes.TimestampType)
                && (physical == PrimitiveTypeName.INT96
                        || (logical instanceof TimestampLogicalTypeAnnotation timestamp
                                && timestamp.isAdjustedToUTC()
                                && timestamp.getUnit() != TimeUnit.NANOS));
    }

    private static boolean isSigned(LogicalTypeAnnotation logical) {
        return logical == null || (logical instanceof IntLogicalTypeAnnotation number && number.isSigned());
    }

    /** Three levels whatever they are called, or the two levels of older writers. */
    private static boolean isList(Type type, DataType element) {
        if (type.isPrimitive() || !(type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation)) {
            return false;
        }
        GroupType list = type.asGroupType();
        if (list.getFieldCount() != 1 || !list.getType(0).isRepetition(Type.Repetition.REPEATED)) {
            return false;
        }
        Type repeated = list.getType(0);
        if (element instanceof StructType struct && isStruct(repeated, struct)) {
            return true;
        }
        return repeated.isPrimitive()
                ? fits(repeated.asPrimitiveType(), element)
                : repeated.asGroupType().getFieldCount() == 1
                        && fits(repeated.asGroupType().getType(0), element);
    }

    private static boolean isStruct(Type type, StructType expected) {
        if (type.isPrimitive() || type.asGroupType().getFieldCount() != expected.size()) {
            return false;
        }
        GroupType group = type.asGroupType();
        for (StructField field : expected.fields()) {
            if (!group.containsField(field.name()) || !fits(group.getType(field.name()), field.dataType())) {
                return false;
            }
        }
        return true;
    }

    private static String found(Type type) {
        if (!type.isPrimitive()) {
            return type.toString().replaceAll("\\s+", " ");
        }
        PrimitiveType primitive = type.asPrimitiveType();
        LogicalTypeAnnotation logical = primitive.getLogicalTypeAnnotation();
        return primitive.getPrimitiveTypeName() + (logical == null ? "" : " (" + logical + ")");
    }
}
