package io.sluice.jobs;

import static org.apache.spark.sql.functions.col;

import io.sluice.lake.TenantTables;
import io.sluice.schemas.EvidenceTable;
import io.sluice.scrub.evidence.CertificatePage;
import io.sluice.scrub.evidence.EvidenceKey;
import io.sluice.scrub.evidence.Seal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The certificates of a tenant, each of which names the one before. */
final class EvidenceChain {
    private EvidenceChain() {}

    /** The hash of the last certificate, if there is one. */
    static Optional<String> last(TenantTables tables) {
        return newest(tables).map(row -> row.getString(1));
    }

    /** Adds a signed certificate to the table, and as a document and a page to the evidence folder, beside the key to check it with; returns its name. */
    static String add(TenantTables tables, String requestId, String certificate, Instant sealedAt) {
        long number = 1 + newest(tables).map(row -> row.getLong(0)).orElse(0L);
        String name = requestId + "-" + number;
        tables.evidence(name + ".html").write(CertificatePage.render(certificate));
        tables.evidence(name + ".json").write(certificate);
        tables.evidence("public-key.txt").write(EvidenceKey.of(tables.key()).publicKey() + "\n");
        Row row = RowFactory.create(number, requestId, sealedAt, Seal.hash(certificate), certificate, tables.runId());
        tables.append(
                EvidenceTable.SPEC,
                tables.rows(EvidenceTable.SPEC, List.of(row)).coalesce(1));
        return "evidence/" + name + ".json";
    }

    private static Optional<Row> newest(TenantTables tables) {
        return tables
                .read(EvidenceTable.SPEC)
                .orderBy(col(EvidenceTable.NUMBER).desc())
                .select(EvidenceTable.NUMBER, EvidenceTable.CERTIFICATE_HASH)
                .takeAsList(1)
                .stream()
                .findFirst();
    }
}
