package io.sluice.redaction;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.sluice.schemas.ColumnSpec;
import io.sluice.schemas.ExchangeTable;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** The columns of landing rows on their way to {@code exchange}: those of the table, and what ingest notes beside them. */
final class IngestColumns {
    /** Tells the rows of a batch apart. */
    static final String ROW = "row";
    /** Landing file the row came from. */
    static final String LANDING_OBJECT = "landing_object";
    /** The row of that file, from 0. */
    static final String LANDING_POSITION = "landing_position";
    /** Whether the capture gave no id, so that several exchanges may be alike in everything. */
    static final String REPEATABLE = "repeatable";
    /** What was found in the row, for the blind index. */
    static final String FINDINGS = "findings";
    /** Why the row cannot become an exchange; null where it can. */
    static final String REASON = "reject_reason";
    /** The same in a sentence. */
    static final String DETAIL = "reject_detail";

    static final String KIND = "kind";
    static final String HASH = "hash";
    static final String PLACE = "place";

    static final StructType FINDING = new StructType()
            .add(KIND, StringType, false)
            .add(HASH, StringType, false)
            .add(PLACE, StringType, false);

    /** What a landing row holds besides the capture time, in the order in which {@link RowRedaction} reads it. */
    static final List<String> CAPTURED = ExchangeTable.SPEC.columnNames().stream()
            .filter(name -> !name.equals(ExchangeTable.EXCHANGE_ID)
                    && !name.equals(ExchangeTable.CAPTURED_AT)
                    && !name.equals(ExchangeTable.CAPTURED_DATE)
                    && !name.equals(ExchangeTable.POLICY_VERSION)
                    && !name.equals(ExchangeTable.RUN_ID))
            .toList();

    private IngestColumns() {}

    /** What is noted of every redacted row. */
    static StructType notes() {
        return add(
                        new StructType(),
                        ExchangeTable.EXCHANGE_ID,
                        ExchangeTable.CAPTURED_DATE,
                        ExchangeTable.SOURCE_FORMAT,
                        ExchangeTable.SOURCE_OBJECT,
                        ExchangeTable.SOURCE_POSITION)
                .add(ROW, LongType, false)
                .add(LANDING_OBJECT, StringType, false)
                .add(REPEATABLE, BooleanType, false)
                .add(FINDINGS, new ArrayType(FINDING, false), false)
                .add(REASON, StringType)
                .add(DETAIL, StringType);
    }

    /** A redacted row that can become an exchange: the columns of the table but for policy and run. */
    static StructType exchange() {
        StructType before = add(
                new StructType().add(ROW, LongType, false),
                ExchangeTable.EXCHANGE_ID,
                ExchangeTable.CAPTURED_AT,
                ExchangeTable.CAPTURED_DATE);
        return add(before, CAPTURED.toArray(String[]::new));
    }

    static DataType type(String column) {
        return ExchangeTable.SPEC.columns().stream()
                .filter(spec -> spec.name().equals(column))
                .findFirst()
                .map(ColumnSpec::type)
                .orElseThrow();
    }

    private static StructType add(StructType to, String... columns) {
        StructType type = to;
        for (String column : columns) {
            type = type.add(column, type(column));
        }
        return type;
    }
}
