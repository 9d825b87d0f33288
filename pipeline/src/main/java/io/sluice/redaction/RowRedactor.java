package io.sluice.redaction;

import io.sluice.schemas.ExchangeTable;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Redacts one landing row after the other and gives each its id; one instance serves one thread. */
final class RowRedactor {
    private static final int FIRST = 1; // after the capture time
    private static final int END = FIRST + IngestColumns.CAPTURED.size();
    private static final int LANDING_OBJECT = END;
    private static final int MOVED = 3; // row, id and capture date come before
    private static final long MICROS_OF_A_DAY = 86_400_000_000L;
    private static final UTF8String AT = UTF8String.fromString("@");
    private static final UTF8String ESCAPED_AT = UTF8String.fromString("%40");
    private static final int CAPTURE_ID = at(ExchangeTable.CAPTURE_ID);
    private static final int PATH = at(ExchangeTable.PATH);
    private static final int QUERY = at(ExchangeTable.QUERY);
    private static final int CLIENT_ADDRESS = at(ExchangeTable.CLIENT_ADDRESS);
    private static final int SOURCE_OBJECT = at(ExchangeTable.SOURCE_OBJECT);
    private static final int SOURCE_FORMAT = at(ExchangeTable.SOURCE_FORMAT);
    private static final int SOURCE_POSITION = at(ExchangeTable.SOURCE_POSITION);
    private static final DataType[] TYPES = Stream.concat(
                    Stream.of(ExchangeTable.CAPTURED_AT), IngestColumns.CAPTURED.stream())
            .map(IngestColumns::type)
            .toArray(DataType[]::new);

    private final Redactor redactor;
    private final MessageRedactor messages;
    private final RowIds ids;
    private final Suppression suppression;

    RowRedactor(Redactor redactor, ExchangeIds ids, Suppression suppression) {
        this.suppression = suppression;
        this.redactor = redactor;
        this.messages = new MessageRedactor(redactor);
        this.ids = new RowIds(ids);
    }

    /** Where the captured {@code column} stands in a landing row. */
    static int at(String column) {
        return FIRST + IngestColumns.CAPTURED.indexOf(column);
    }

    static DataType type(int column) {
        return TYPES[column];
    }

    /** Adds what is to be noted of {@code row}, and its redacted exchange where it can become one. */
    void redact(InternalRow row, long number, RowBuffer notes, RowBuffer exchanges) {
        redactor.begin();
        Unfit unfit = Unfit.of(row);
        if (unfit != null) {
            notes.add(refused(row, number, unfit));
            return;
        }
        InternalRow exchange = exchange(row, number);
        if (suppression.keepsOut(redactor.findings())) {
            notes.add(refused(row, number, Unfit.SUPPRESSED));
        } else {
            exchanges.add(exchange);
            notes.add(accepted(row, exchange));
        }
    }

    private InternalRow accepted(InternalRow row, InternalRow exchange) {
        return new GenericInternalRow(new @Nullable Object[] {
            exchange.getUTF8String(1),
            exchange.getInt(3),
            exchange.getUTF8String(SOURCE_FORMAT + MOVED),
            exchange.getUTF8String(SOURCE_OBJECT + MOVED),
            value(row, SOURCE_POSITION),
            exchange.getLong(0),
            row.getUTF8String(LANDING_OBJECT),
            row.isNullAt(CAPTURE_ID),
            findings(),
            null,
            null
        });
    }

    private InternalRow refused(InternalRow row, long number, Unfit unfit) {
        return new GenericInternalRow(new @Nullable Object[] {
            null,
            null,
            value(row, SOURCE_FORMAT),
            name(row.getUTF8String(row.isNullAt(SOURCE_OBJECT) ? LANDING_OBJECT : SOURCE_OBJECT)),
            value(row, SOURCE_POSITION),
            number,
            row.getUTF8String(LANDING_OBJECT),
            row.isNullAt(CAPTURE_ID),
            new GenericArrayData(new Object[0]),
            UTF8String.fromString(unfit.reason()),
            UTF8String.fromString(unfit.detail())
        });
    }

    private InternalRow exchange(InternalRow row, long number) {
        @Nullable Object[] out = new @Nullable Object[END + MOVED];
        long micros = row.getLong(0);
        out[0] = number;
        out[1] = UTF8String.fromString(ids.of(row));
        out[2] = micros;
        out[3] = (int) Math.floorDiv(micros, MICROS_OF_A_DAY);
        for (int i = FIRST; i < END; i++) {
            Object value = value(row, i);
            out[i + MOVED] = value instanceof UTF8String text ? name(text) : value;
        }
        UTF8String path = row.getUTF8String(PATH);
        out[PATH + MOVED] = replaced(path, redactor.text(Slice.of(path), "request.path"));
        if (!row.isNullAt(QUERY)) {
            UTF8String query = row.getUTF8String(QUERY);
            out[QUERY + MOVED] = replaced(query, redactor.query(Slice.of(query), "request.query"));
        }
        if (!row.isNullAt(CLIENT_ADDRESS)) {
            String address = row.getUTF8String(CLIENT_ADDRESS).toString();
            out[CLIENT_ADDRESS + MOVED] = UTF8String.fromBytes(redactor.address(address, "client"));
        }
        messages.redact(row, out, MOVED);
        return new GenericInternalRow(out);
    }

    private ArrayData findings() {
        Object[] findings = redactor.findings().stream()
                .map(finding -> new GenericInternalRow(new Object[] {
                    UTF8String.fromString(finding.identifier().kind().label()),
                    UTF8String.fromString(finding.identifier().hash()),
                    UTF8String.fromString(finding.location())
                }))
                .toArray();
        return new GenericArrayData(findings);
    }

    /** Names of hosts, services, files and the like hold nothing sensitive but an e-mail address now and then. */
    private UTF8String name(UTF8String written) {
        boolean plain = !written.contains(AT) && !written.contains(ESCAPED_AT);
        return plain ? written : replaced(written, redactor.text(Slice.of(written), "name"));
    }

    private static UTF8String replaced(UTF8String written, byte @Nullable [] redacted) {
        return redacted == null ? written : UTF8String.fromBytes(redacted);
    }

    private static @Nullable Object value(InternalRow row, int column) {
        if (row.isNullAt(column)) {
            return null;
        }
        DataType type = TYPES[column];
        if (type instanceof StringType) {
            return row.getUTF8String(column);
        } else if (type instanceof BinaryType) {
            return row.getBinary(column);
        } else if (type instanceof LongType) {
            return row.getLong(column);
        } else if (type instanceof IntegerType) {
            return row.getInt(column);
        }
        return row.getArray(column);
    }
}
