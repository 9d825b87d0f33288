package io.sluice.redaction;

import io.sluice.schemas.ColumnSpec;
import io.sluice.schemas.ExchangeTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Why a landing row cannot become an exchange; the detail holds no captured value. */
record Unfit(String reason, String detail) {
    private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");
    private static final long FIRST_MICROS = ChronoUnit.MICROS.between(Instant.EPOCH, FIRST);
    private static final long LAST_MICROS = ChronoUnit.MICROS.between(Instant.EPOCH, LAST);
    private static final List<String> REQUIRED = ExchangeTable.SPEC.columns().stream()
            .filter(column -> !column.nullable() && IngestColumns.CAPTURED.contains(column.name()))
            .map(ColumnSpec::name)
            .toList();
    private static final int[] REQUIRED_AT = REQUIRED.stream()
            .mapToInt(name -> 1 + IngestColumns.CAPTURED.indexOf(name))
            .toArray();
    private static final UTF8String IN = UTF8String.fromString("IN");
    private static final UTF8String OUT = UTF8String.fromString("OUT");
    private static final int HEADER_FIELDS = ExchangeTable.HEADER.size();
    private static final int DIRECTION = 1 + IngestColumns.CAPTURED.indexOf(ExchangeTable.DIRECTION);
    private static final int[] HEADERS = {
        1 + IngestColumns.CAPTURED.indexOf(ExchangeTable.REQUEST_HEADERS),
        1 + IngestColumns.CAPTURED.indexOf(ExchangeTable.RESPONSE_HEADERS)
    };

    /** A scrub request keeps it out. */
    static final Unfit SUPPRESSED =
            new Unfit("suppressed", "an identifier stands in it that was scrubbed and may not come back");

    /** What is wrong with {@code row}, or null. */
    static @Nullable Unfit of(InternalRow row) {
        if (row.isNullAt(0)) {
            return missing(ExchangeTable.CAPTURED_AT);
        }
        for (int i = 0; i < REQUIRED_AT.length; i++) {
            if (row.isNullAt(REQUIRED_AT[i])) {
                return missing(REQUIRED.get(i));
            }
        }
        long micros = row.getLong(0);
        if (micros < FIRST_MICROS || micros >= LAST_MICROS) {
            return new Unfit("time_out_of_range", "captured_at must lie from " + FIRST + " to before " + LAST);
        }
        UTF8String direction = row.getUTF8String(DIRECTION);
        if (!direction.equals(IN) && !direction.equals(OUT)) {
            return new Unfit("wrong_value", "direction must be IN or OUT");
        }
        for (int column : HEADERS) {
            ArrayData headers = row.getArray(column);
            for (int i = 0; i < headers.numElements(); i++) {
                if (headers.isNullAt(i) || headers.getStruct(i, HEADER_FIELDS).isNullAt(0)) {
                    return new Unfit("missing_value", "a header has no name");
                }
            }
        }
        return null;
    }

    private static Unfit missing(String column) {
        return new Unfit("missing_value", "column " + column + " must have a value");
    }
}
