package io.sluice.scrub.search;

import io.sluice.schemas.ExchangeTable;
import io.sluice.scrub.parquet.Records;
import io.sluice.scrub.parquet.RowPositions;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Finds the rows of files of {@code exchange} and of landing that belong to a scope; other files have none. */
final class ScopeSearch {
    private static final long EPOCH_AS_JULIAN_DAY = 2_440_588;
    private static final long SECONDS_PER_DAY = 86_400;

    private final Scope scope;

    ScopeSearch(Scope scope) {
        this.scope = scope;
    }

    /** The rows of {@code file}, called {@code name}; where a landing file does not tell time or service, all may belong to it. */
    RowPositions find(String name, InputFile file) throws IOException {
        LongStream.Builder rows = LongStream.builder();
        Records.each(file, schema -> telling(name, schema), (row, record) -> {
            if (scope.includes(capturedAt(record), service(record))) {
                rows.add(row);
            }
        });
        return RowPositions.of(rows.build().toArray());
    }

    /** The columns that are read: both, or, in landing, those that tell something; where none does, any to count rows by. */
    private static List<Type> telling(String name, MessageType schema) {
        List<Type> telling = schema.getFields().stream()
                .filter(field -> isTime(field) || isService(field))
                .toList();
        if (!name.startsWith(ObjectScan.LANDING)) {
            return telling.size() == 2 ? telling : List.of();
        }
        return telling.isEmpty() ? schema.getFields().subList(0, 1) : telling;
    }

    private static boolean isTime(Type field) {
        return field.getName().equals(ExchangeTable.CAPTURED_AT)
                && field.isPrimitive()
                && (field.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT96
                        || field.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation);
    }

    private static boolean isService(Type field) {
        return field.getName().equals(ExchangeTable.SERVICE)
                && field.isPrimitive()
                && (field.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation
                        || field.getLogicalTypeAnnotation() instanceof EnumLogicalTypeAnnotation);
    }

    private static @Nullable String service(Group row) {
        boolean tells = tells(row, ExchangeTable.SERVICE, ScopeSearch::isService)
                && row.getFieldRepetitionCount(ExchangeTable.SERVICE) > 0;
        return tells ? row.getString(ExchangeTable.SERVICE, 0) : null;
    }

    private static boolean tells(Group row, String column, Predicate<Type> kind) {
        return row.getType().containsField(column) && kind.test(row.getType().getType(column));
    }

    private static @Nullable Instant capturedAt(Group row) {
        if (!tells(row, ExchangeTable.CAPTURED_AT, ScopeSearch::isTime)
                || row.getFieldRepetitionCount(ExchangeTable.CAPTURED_AT) == 0) {
            return null;
        }
        PrimitiveType type = row.getType().getType(ExchangeTable.CAPTURED_AT).asPrimitiveType();
        if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
            NanoTime time = NanoTime.fromBinary(row.getInt96(ExchangeTable.CAPTURED_AT, 0));
            long seconds = (time.getJulianDay() - EPOCH_AS_JULIAN_DAY) * SECONDS_PER_DAY;
            return Instant.ofEpochSecond(seconds, time.getTimeOfDayNanos());
        }
        TimestampLogicalTypeAnnotation timestamp = (TimestampLogicalTypeAnnotation) type.getLogicalTypeAnnotation();
        return Instant.EPOCH.plus(row.getLong(ExchangeTable.CAPTURED_AT, 0), unit(timestamp.getUnit()));
    }

    private static ChronoUnit unit(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> ChronoUnit.MILLIS;
            case MICROS -> ChronoUnit.MICROS;
            case NANOS -> ChronoUnit.NANOS;
        };
    }
}
