package io.sluice.redaction;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;

import io.sluice.schemas.ExchangeTable;
import io.sluice.tenant.TenantKey;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Landing rows -> where those stand of which given exchanges were made, or any: {@code landing_object}, {@code landing_position},
 * and, of any, {@code exchange_id}.
 */
public final class LandedIdTransform {
    /** What the ids of exchanges that are alike in everything have in common. */
    private static final String FAMILY = "family";

    private static final StructType PLACE = new StructType()
            .add(IngestColumns.LANDING_OBJECT, DataTypes.StringType, false)
            .add(IngestColumns.LANDING_POSITION, DataTypes.LongType, false)
            .add(FAMILY, DataTypes.StringType, false);

    /** As many as a reader of Parquet files can be asked for at once. */
    private static final int MOST_SPANS = 100;

    private final TenantKey key;
    private final TreeSet<String> families = new TreeSet<>();
    private final long[] millis;

    /** Takes the ids of the exchanges, at least one. */
    public LandedIdTransform(TenantKey key, Set<String> ids) {
        this.key = key;
        ids.forEach(id -> families.add(family(id)));
        this.millis = families.stream().mapToLong(ExchangeIds::millis).toArray();
    }

    /**
     * Takes the columns of a landing file, its name in {@code landing_object} and the row in {@code landing_position}. By
     * the capture times of the ids, most pages are passed over where files are in the order of time.
     */
    public Dataset<Row> apply(Dataset<Row> landing) {
        return places(landing.where(isNear()), new Match(key, families::contains))
                .drop(FAMILY);
    }

    /** Takes the same columns, and stored {@code exchanges}: where rows stand of which there are some among those, with each. */
    public static Dataset<Row> ofAny(TenantKey key, Dataset<Row> landing, Dataset<Row> exchanges) {
        return exchanges
                .select(
                        col(ExchangeTable.EXCHANGE_ID),
                        substring(col(ExchangeTable.EXCHANGE_ID), 1, ExchangeIds.FAMILY_LENGTH)
                                .as(FAMILY))
                .join(broadcast(places(landing, new Match(key, family -> true))), FAMILY)
                .select(IngestColumns.LANDING_OBJECT, IngestColumns.LANDING_POSITION, ExchangeTable.EXCHANGE_ID);
    }

    /** Whether one of the exchanges may have been made of rows captured in a span of time, in milliseconds since 1970. */
    public boolean mayBeOf(long firstMillis, long lastMillis) {
        int at = Arrays.binarySearch(millis, firstMillis);
        int next = at < 0 ? -at - 1 : at;
        return next < millis.length && millis[next] <= lastMillis;
    }

    private static Dataset<Row> places(Dataset<Row> landing, Match match) {
        List<Column> columns = new ArrayList<>();
        columns.add(col(ExchangeTable.CAPTURED_AT));
        IngestColumns.CAPTURED.forEach(name -> columns.add(col(name)));
        columns.add(col(IngestColumns.LANDING_OBJECT));
        columns.add(col(IngestColumns.LANDING_POSITION));
        return InternalRowTransform.rows(
                InternalRowTransform.internal(landing.select(columns.toArray(Column[]::new)))
                        .mapPartitions(match),
                PLACE,
                landing);
    }

    private static String family(String id) {
        return id.substring(0, ExchangeIds.FAMILY_LENGTH);
    }

    /** Captured in one of the spans of time that are left when the widest gaps between the exchanges are taken out. */
    private Column isNear() {
        long[] gaps = LongStream.range(1, millis.length)
                .map(i -> millis[(int) i] - millis[(int) i - 1])
                .sorted()
                .toArray();
        long widest = gaps.length < MOST_SPANS ? 0 : gaps[gaps.length - MOST_SPANS];
        Column near = lit(false);
        long first = millis[0];
        for (int i = 1; i <= millis.length; i++) {
            if (i == millis.length || millis[i] - millis[i - 1] > widest) {
                near = near.or(col(ExchangeTable.CAPTURED_AT)
                        .geq(Instant.ofEpochMilli(first))
                        .and(col(ExchangeTable.CAPTURED_AT).lt(Instant.ofEpochMilli(millis[i - 1] + 1))));
                first = i < millis.length ? millis[i] : first;
            }
        }
        return near;
    }

    private static final class Match implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
        private static final long serialVersionUID = 1L;
        private static final int OBJECT = 1 + IngestColumns.CAPTURED.size();
        private static final int POSITION = OBJECT + 1;

        private final TenantKey key;
        private final Families wanted;

        /** Which are looked for. */
        interface Families extends Serializable {
            boolean include(String family);
        }

        Match(TenantKey key, Families wanted) {
            this.key = key;
            this.wanted = wanted;
        }

        @Override
        public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
            RowIds ids = new RowIds(new ExchangeIds(key));
            Iterable<InternalRow> all = () -> rows;
            return StreamSupport.stream(all.spliterator(), false)
                    .filter(row -> Unfit.of(row) == null)
                    .map(row -> place(row, family(ids.of(row))))
                    .filter(place -> wanted.include(place.getString(2)))
                    .iterator();
        }

        private static InternalRow place(InternalRow row, String family) {
            return new GenericInternalRow(
                    new Object[] {row.getUTF8String(OBJECT).copy(), row.getLong(POSITION), UTF8String.fromString(family)
                    });
        }
    }
}
