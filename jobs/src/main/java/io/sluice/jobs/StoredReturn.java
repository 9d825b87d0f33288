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
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.io.InputFile;
import org.jspecify.annotations.Nullable;

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

    /** What came of one file. */
    record Found(ReturnSearch.@Nullable Returned back, StorageScan.@Nullable Unread broken) implements Serializable {
        private static final long serialVersionUID = 1L;

        Optional<ReturnSearch.Returned> returned() {
            return Optional.ofNullable(back);
        }

        Optional<StorageScan.Unread> unread() {
            return Optional.ofNullable(broken);
        }
    }

    /** Whether an object of that name holds rows of exchanges or identifiers. */
    static boolean looksInto(String name) {
        return HistoryBlanking.isDataOf(ExchangeTable.SPEC, name)
                || HistoryBlanking.isDataOf(IdentifierTable.SPEC, name);
    }

    Found of(String name, InputFile file) {
        boolean isExchange = name.startsWith(StoredObjects.folderOf(ExchangeTable.SPEC));
        try {
            long places = isExchange ? exchanges(file) : identifiers(file);
            return new Found(
                    places == 0 ? null : new ReturnSearch.Returned(name, isExchange ? EXCHANGE : IDENTIFIER, places),
                    null);
        } catch (IOException | RuntimeException e) { // of many kinds, as a damaged file has it
            return new Found(
                    null,
                    new StorageScan.Unread(
                            name, "it cannot be read: " + e.getClass().getSimpleName()));
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
