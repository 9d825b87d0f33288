package io.sluice.redaction;

import io.sluice.schemas.ExchangeTable;
import io.sluice.tenant.TenantKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;

/** Applies rules to the parts of exchanges that are stored already. One instance serves one thread. */
public final class StoredRedactor {
    /** Columns of texts that are names: of hosts, files and the like. */
    public static final List<String> NAMES = IngestColumns.CAPTURED.stream()
            .filter(column -> IngestColumns.type(column) instanceof StringType)
            .filter(column -> !List.of(ExchangeTable.PATH, ExchangeTable.QUERY, ExchangeTable.CLIENT_ADDRESS)
                    .contains(column))
            .toList();

    private final Redactor redactor;

    public StoredRedactor(RedactionPolicy policy, TenantKey key) {
        redactor = new Redactor(policy, key);
    }

    /** A path, redacted; the very array where nothing is to be replaced, as in all that follows. */
    public byte[] path(byte[] path) {
        return changed(path, redactor.text(Slice.of(path), "request.path"));
    }

    /** A text of {@link #NAMES}, in which nothing is looked for but what has the sign of an e-mail address. */
    public byte[] name(byte[] name) {
        String text = new String(name, StandardCharsets.ISO_8859_1);
        return text.contains("@") || text.contains("%40") ? path(name) : name;
    }

    /** A query without its question mark. */
    public byte[] query(byte[] query) {
        return changed(query, redactor.query(Slice.of(query), "request.query"));
    }

    /** The value of header field {@code name}. */
    public byte[] header(byte[] name, byte[] value) {
        return changed(value, redactor.header(Slice.of(name), Slice.of(value), "header"));
    }

    /** A body without content coding, of a media type as the table has it, empty where none is known. */
    public byte[] body(byte[] body, String mediaType) {
        return changed(body, redactor.body(body, mediaType, "body"));
    }

    private byte[] changed(byte[] text, byte @Nullable [] redacted) {
        redactor.begin();
        return redacted == null || Arrays.equals(redacted, text) ? text : redacted;
    }
}
