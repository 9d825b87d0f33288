package io.sluice.redaction;

import io.sluice.tenant.TenantKey;
import org.jspecify.annotations.Nullable;

/** Applies rules to the parts of exchanges that are stored already. One instance serves one thread. */
public final class StoredRedactor {
    private final Redactor redactor;

    public StoredRedactor(RedactionPolicy policy, TenantKey key) {
        redactor = new Redactor(policy, key);
    }

    /** A path, redacted; the very array where nothing is to be replaced, as in all that follows. */
    public byte[] path(byte[] path) {
        return changed(path, redactor.text(Slice.of(path), "request.path"));
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
        return redacted == null ? text : redacted;
    }
}
