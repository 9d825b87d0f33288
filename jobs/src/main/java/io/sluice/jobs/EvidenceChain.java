package io.sluice.jobs;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;

import io.sluice.lake.StoredObject;
import io.sluice.lake.TenantTables;
import io.sluice.schemas.EvidenceTable;
import io.sluice.scrub.evidence.CertificatePage;
import io.sluice.scrub.evidence.EvidenceKey;
import io.sluice.scrub.evidence.Seal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The certificates of a tenant, each of which names the one before. */
final class EvidenceChain {
    private static final String FOLDER = "evidence/";

    private EvidenceChain() {}

    /** The number of the last certificate, 0 if there is none, and its hash. */
    record End(long number, Optional<String> hash) {}

    /** One signed certificate, by its number in the chain, from 1. */
    record Link(long number, String requestId, String document) {
        private String name() {
            return requestId + "-" + number;
        }

        /** Where the document lies below the tenant's root. */
        String file() {
            return FOLDER + name() + ".json";
        }
    }

    /** Adds certificates to the table, and as documents and pages to the evidence folder, beside the key to check them with. */
    static void add(TenantTables tables, List<Link> links) {
        List<Row> rows = new ArrayList<>();
        for (Link link : links) {
            rows.add(RowFactory.create(
                    link.number(),
                    link.requestId(),
                    Instant.now(),
                    Seal.hash(link.document()),
                    link.document(),
                    tables.runId()));
        }
        // The table first: no document is to lie there whose number the chain may give to another.
        tables.appendOfTry(EvidenceTable.SPEC, rows);
        tables.evidence("public-key.txt").write(EvidenceKey.of(tables.key()).publicKey() + "\n");
        links.forEach(link -> write(tables, link));
    }

    /** Writes what a run that was stopped has added to the table, and is not among {@code stored}. */
    static void complete(TenantTables tables, List<StoredObject> stored) {
        Set<String> files = stored.stream()
                .map(StoredObject::name)
                .filter(name -> name.startsWith(FOLDER))
                .collect(toSet());
        List<Long> missing = tables
                .read(EvidenceTable.SPEC)
                .select(EvidenceTable.NUMBER, EvidenceTable.REQUEST_ID)
                .collectAsList()
                .stream()
                .filter(row -> !files.contains(new Link(row.getLong(0), row.getString(1), "").file()))
                .map(row -> row.getLong(0))
                .toList();
        if (!missing.isEmpty()) {
            tables.read(EvidenceTable.SPEC)
                    .where(col(EvidenceTable.NUMBER).isInCollection(missing))
                    .select(EvidenceTable.NUMBER, EvidenceTable.REQUEST_ID, EvidenceTable.CERTIFICATE)
                    .collectAsList()
                    .forEach(row -> write(tables, new Link(row.getLong(0), row.getString(1), row.getString(2))));
        }
    }

    /** The document last: where it is, the page is too. */
    private static void write(TenantTables tables, Link link) {
        tables.evidence(link.name() + ".html").write(CertificatePage.render(link.document()));
        tables.evidence(link.name() + ".json").write(link.document());
    }

    /** Where the chain ends now. */
    static End end(TenantTables tables) {
        return tables
                .read(EvidenceTable.SPEC)
                .orderBy(col(EvidenceTable.NUMBER).desc())
                .select(EvidenceTable.NUMBER, EvidenceTable.CERTIFICATE_HASH)
                .takeAsList(1)
                .stream()
                .findFirst()
                .map(row -> new End(row.getLong(0), Optional.of(row.getString(1))))
                .orElse(new End(0, Optional.empty()));
    }
}
