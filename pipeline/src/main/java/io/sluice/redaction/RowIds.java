package io.sluice.redaction;

import io.sluice.schemas.ExchangeTable;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;

/** Makes the id of one landing row after the other, of the capture's own id or of all that was captured. */
final class RowIds {
    private static final Set<String> PROVENANCE = Set.of(
            ExchangeTable.SOURCE_OBJECT,
            ExchangeTable.SOURCE_FORMAT,
            ExchangeTable.SOURCE_POSITION,
            ExchangeTable.FLAGS,
            ExchangeTable.CAPTURE_ID);
    private static final int HEADER_FIELDS = ExchangeTable.HEADER.size();
    private static final int CAPTURE_ID = RowRedactor.at(ExchangeTable.CAPTURE_ID);
    private static final int FIRST = 1; // after the capture time
    private static final int END = FIRST + IngestColumns.CAPTURED.size();
    private static final boolean[] IDENTIFYING = identifying();

    private final ExchangeIds ids;

    RowIds(ExchangeIds ids) {
        this.ids = ids;
    }

    private static boolean[] identifying() {
        boolean[] identifying = new boolean[END];
        for (int i = FIRST; i < END; i++) {
            identifying[i] = !PROVENANCE.contains(IngestColumns.CAPTURED.get(i - FIRST));
        }
        return identifying;
    }

    String of(InternalRow row) {
        long micros = row.getLong(0);
        ids.put(micros);
        if (!row.isNullAt(CAPTURE_ID)) {
            ids.put(Slice.of(row.getUTF8String(CAPTURE_ID)));
        } else {
            for (int i = FIRST; i < END; i++) {
                if (IDENTIFYING[i]) {
                    put(row, i);
                }
            }
        }
        return ids.end(Math.floorDiv(micros, 1000));
    }

    private void put(InternalRow row, int column) {
        DataType type = RowRedactor.type(column);
        if (row.isNullAt(column)) {
            ids.put(-1);
        } else if (type instanceof StringType || type instanceof BinaryType) {
            ids.put(Slice.of(row, column));
        } else if (type instanceof LongType) {
            ids.put(row.getLong(column));
        } else if (type instanceof IntegerType) {
            ids.put(row.getInt(column));
        } else {
            put(row.getArray(column));
        }
    }

    private void put(ArrayData headers) {
        ids.put(headers.numElements());
        for (int i = 0; i < headers.numElements(); i++) {
            InternalRow header = headers.getStruct(i, HEADER_FIELDS);
            ids.put(Slice.of(header.getUTF8String(0)));
            if (header.isNullAt(1)) {
                ids.put(-1);
            } else {
                ids.put(Slice.of(header.getUTF8String(1)));
            }
        }
    }
}
