package io.sluice.jobs;

import io.sluice.lake.StoredObjects;
import io.sluice.redaction.Suppression;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.IdentifierTable;
import io.sluice.scrub.Blanking;
import io.sluice.scrub.parquet.RowPositions;
import io.sluice.scrub.parquet.RowSearch;
import io.sluice.tenant.TenantKey;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.NavigableSet;
import java.util.Set;
import org.apache.parquet.io.InputFile;

/** Looks into files of stored rows, of whatever version, for exchanges and identifiers that were scrubbed; serves one thread. */
final class StoredReturn {
    static final String IDENTIFIER = "identifier";
    static final String EXCHANGE = "exchange";

    private final Suppression suppression;
    private final boolean hasIdentifiers;
    private final NavigableSet<String> exchanges;

    /** Takes hashes of {@link Suppression}, and ids of exchanges. */
    StoredReturn(TenantKey key, Set<String> identifiers, NavigableSet<String> exchanges) {
        this.suppression = new Suppression(key, identifiers);
        this.hasIdentifiers = !identifiers.isEmpty();
        this.exchanges = exchanges;
    }

    /** In how many places of an object an {@code identifier} or {@code exchange} stands again, or why that cannot be told. */
    record Looked(String object, String what, long places, String problem) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Whether an object of that name holds rows of exchanges or identifiers. */
    static boolean looksInto(String name) {
        return HistoryBlanking.isDataOf(ExchangeTable.SPEC, name)
                || HistoryBlanking.isDataOf(IdentifierTable.SPEC, name);
    }

    Looked of(String name, InputFile file) {
        boolean isExchange = name.startsWith(StoredObjects.folderOf(ExchangeTable.SPEC));
        String what = isExchange ? EXCHANGE : IDENTIFIER;
        try {
            return new Looked(name, what, isExchange ? exchanges(file) : identifiers(file), "");
        } catch (IOException | RuntimeException e) { // of many kinds, as a damaged file has it
            return new Looked(
                    name, what, 0, "it cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /** How many rows of those exchanges are not blank. */
    private long exchanges(InputFile file) throws IOException {
        RowPositions rows = new RowSearch(ExchangeTable.EXCHANGE_ID).find(file, exchanges);
        long blank = new RowSearch(ExchangeTable.POLICY_VERSION)
                .keys(file, rows).values().stream()
                        .filter(Blanking.ERASED::equals)
                        .count();
        return rows.count() - blank;
    }

    private long identifiers(InputFile file) throws IOException {
        return hasIdentifiers
                ? new RowSearch(IdentifierTable.IDENTIFIER_HASH)
                        .find(file, hash -> suppression.knows(new String(hash, StandardCharsets.US_ASCII)))
                        .count()
                : 0;
    }
}
