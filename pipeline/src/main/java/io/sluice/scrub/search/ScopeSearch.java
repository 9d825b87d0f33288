package io.sluice.scrub.search;

import io.sluice.schemas.ExchangeTable;
import io.sluice.scrub.parquet.Records;
import io.sluice.scrub.parquet.RowPositions;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.RecordReader;
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
    private static final String LANDING = "landing/";
    private static final long EPOCH_AS_JULIAN_DAY = 2_440_588;
    private static final long SECONDS_PER_DAY = 86_400;

    private final Scope scope;

    ScopeSearch(Scope scope) {
        this.scope = scope;
    }

    /** The rows of {@code file}, called {@code name}; where a landing file does not tell time or service, all may belong to it. */
    RowPositions find(String name, InputFile file) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(
                        new HadoopParquetConfiguration(new Configuration(false)))
                .build();
        LongStream.Builder rows = LongStream.builder();
        try (ParquetFileReader reader = ParquetFileReader.open(file, options)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            List<Type> telling = schema.getFields().stream()
                    .filter(field -> isTime(field) || isService(field))
                    .toList();
            boolean isLanding = name.startsWith(LANDING);
            if (telling.size() < 2 && !isLanding) {
                return RowPositions.of();
            }
            MessageType wanted = new MessageType(schema.getName(), telling);
            if (telling.isEmpty()) {
                return RowPositions.of(
                        LongStream.range(0, reader.getRecordCount()).toArray());
            }
            long row = 0;
            for (int group = 0; group < reader.getRowGroups().size(); group++) {
                long end = row + reader.getRowGroups().get(group).getRowCount();
                RecordReader<Group> records = Records.of(reader, wanted, group);
                for (; row < end; row++) {
                    if (includes(records.read())) {
                        rows.add(row);
                    }
                }
            }
        }
        return RowPositions.of(rows.build().toArray());
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
                && field.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation;
    }

    private boolean includes(Group row) {
        return scope.includes(capturedAt(row), service(row));
    }

    private static @Nullable String service(Group row) {
        boolean tells = row.getType().containsField(ExchangeTable.SERVICE)
                && row.getFieldRepetitionCount(ExchangeTable.SERVICE) > 0;
        return tells ? row.getString(ExchangeTable.SERVICE, 0) : null;
    }

    private static @Nullable Instant capturedAt(Group row) {
        if (!row.getType().containsField(ExchangeTable.CAPTURED_AT)
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
