package io.sluice.scrub.search;

import io.sluice.schemas.ExchangeTable;
import io.sluice.scrub.parquet.Records;
import io.sluice.scrub.parquet.RowPositions;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** Finds the rows of files of {@code exchange} and of landing that belong to a scope; other files have none. */
final class ScopeSearch {
    private static final long EPOCH_AS_JULIAN_DAY = 2_440_588;
    private static final long SECONDS_PER_DAY = 86_400;

    private final Scope scope;

    ScopeSearch(Scope scope) {
        this.scope = scope;
    }

    RowPositions find(InputFile file) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(
                        new HadoopParquetConfiguration(new Configuration(false)))
                .build();
        LongStream.Builder rows = LongStream.builder();
        try (ParquetFileReader reader = ParquetFileReader.open(file, options)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            if (!schema.containsField(ExchangeTable.CAPTURED_AT) || !schema.containsField(ExchangeTable.SERVICE)) {
                return RowPositions.of();
            }
            MessageType wanted = new MessageType(
                    schema.getName(), schema.getType(ExchangeTable.CAPTURED_AT), schema.getType(ExchangeTable.SERVICE));
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

    private boolean includes(Group row) {
        boolean hasService = row.getFieldRepetitionCount(ExchangeTable.SERVICE) > 0;
        return scope.includes(capturedAt(row), hasService ? row.getString(ExchangeTable.SERVICE, 0) : null);
    }

    private static @Nullable Instant capturedAt(Group row) {
        if (row.getFieldRepetitionCount(ExchangeTable.CAPTURED_AT) == 0) {
            return null;
        }
        PrimitiveType type = row.getType().getType(ExchangeTable.CAPTURED_AT).asPrimitiveType();
        if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
            NanoTime time = NanoTime.fromBinary(row.getInt96(ExchangeTable.CAPTURED_AT, 0));
            long seconds = (time.getJulianDay() - EPOCH_AS_JULIAN_DAY) * SECONDS_PER_DAY;
            return Instant.ofEpochSecond(seconds, time.getTimeOfDayNanos());
        }
        if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT64
                && type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp) {
            return Instant.EPOCH.plus(row.getLong(ExchangeTable.CAPTURED_AT, 0), unit(timestamp.getUnit()));
        }
        return null;
    }

    private static ChronoUnit unit(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> ChronoUnit.MILLIS;
            case MICROS -> ChronoUnit.MICROS;
            case NANOS -> ChronoUnit.NANOS;
        };
    }
}
