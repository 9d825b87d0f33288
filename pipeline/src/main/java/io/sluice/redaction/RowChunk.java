package io.sluice.redaction;

import com.github.luben.zstd.Zstd;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/** Some redacted rows as they are kept: the notes to decide by, and the exchanges, packed to about a tenth. */
final class RowChunk implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int FAST = 1;

    private final byte[] notes;
    private final byte[] packedExchanges;
    private final int exchangeBytes;

    private RowChunk(byte[] notes, byte[] packedExchanges, int exchangeBytes) {
        this.notes = notes;
        this.packedExchanges = packedExchanges;
        this.exchangeBytes = exchangeBytes;
    }

    static RowChunk of(RowBuffer notes, RowBuffer exchanges) {
        byte[] bytes = exchanges.bytes();
        return new RowChunk(notes.bytes(), Zstd.compress(bytes, FAST), bytes.length);
    }

    Iterator<InternalRow> notes() {
        return RowBuffer.rows(notes, IngestColumns.notes());
    }

    Iterator<InternalRow> exchanges() {
        return RowBuffer.rows(Zstd.decompress(packedExchanges, exchangeBytes), IngestColumns.exchange());
    }
}
