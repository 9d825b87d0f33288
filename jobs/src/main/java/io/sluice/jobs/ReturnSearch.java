package io.sluice.jobs;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;

import io.sluice.lake.Landing;
import io.sluice.lake.LandingCheck;
import io.sluice.lake.LandingObject;
import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.redaction.LandedIdTransform;
import io.sluice.redaction.RedactTransform;
import io.sluice.redaction.SuppressedTransform;
import io.sluice.schemas.EvidenceTable;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.IdentifierTable;
import io.sluice.schemas.ScrubExchangeTable;
import io.sluice.schemas.SuppressionTable;
import io.sluice.scrub.Blanking;
import io.sluice.tenant.SluiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Looks for what a request took out and has come back, as from a backup, by the hashes and ids that are kept of it: for when
 * its values are known no more.
 */
final class ReturnSearch {
    private static final long BATCH_BYTES = 512L << 20;
    private static final String OBJECT = "object";
    private static final String IDENTIFIER = "identifier";
    private static final String EXCHANGE = "exchange";

    private final TenantTables tables;
    private final boolean exchangesWent;
    private final Set<String> suppressed;
    private final Set<String> exchanges;
    private final List<LandingCheck> landing;

    /** Takes the id of a request for which there is a certificate. */
    ReturnSearch(TenantTables tables, String requestId) {
        this.tables = tables;
        this.exchangesWent = action(tables, requestId).equals("erase");
        this.suppressed = texts(
                tables.read(SuppressionTable.SPEC)
                        .where(col(SuppressionTable.REQUEST_ID).equalTo(requestId)),
                SuppressionTable.SUPPRESSION_HASH);
        this.exchanges = texts(
                tables.read(ScrubExchangeTable.SPEC)
                        .where(col(ScrubExchangeTable.REQUEST_ID).equalTo(requestId)),
                ScrubExchangeTable.EXCHANGE_ID);
        this.landing = tables.landing().check(tables.landing().list());
    }

    /** Whether an object of that name is one that is looked into. */
    static boolean looksInto(String name) {
        return Stream.of(
                        StoredObjects.LANDING,
                        StoredObjects.folderOf(IdentifierTable.SPEC),
                        StoredObjects.folderOf(ExchangeTable.SPEC))
                .anyMatch(name::startsWith);
    }

    /** Rows of an object that are back, as {@code identifier} or {@code exchange}. */
    record Returned(String object, String what, long rows) {}

    /** A thousand objects of each kind at most. */
    List<Returned> returned() {
        List<Returned> returned = new ArrayList<>();
        if (tables.exists(IdentifierTable.SPEC)) {
            add(IDENTIFIER, known(inFiles(tables.readEver(IdentifierTable.SPEC))), returned);
        }
        if (exchangesWent && !exchanges.isEmpty()) {
            Dataset<Row> ids = tables.read(ScrubExchangeTable.SPEC)
                    .where(col(ScrubExchangeTable.EXCHANGE_ID).isInCollection(exchanges))
                    .select(ExchangeTable.EXCHANGE_ID)
                    .distinct();
            Dataset<Row> rows = inFiles(tables.readEver(ExchangeTable.SPEC))
                    .where(col(ExchangeTable.POLICY_VERSION).notEqual(Blanking.ERASED));
            add(EXCHANGE, rows.join(broadcast(ids), ExchangeTable.EXCHANGE_ID), returned);
        }
        landed(returned);
        return returned;
    }

    /** Landing files that cannot be read. */
    List<StorageScan.Unread> unread() {
        return landing.stream()
                .filter(file -> !file.isAccepted())
                .map(file -> new StorageScan.Unread(
                        StoredObjects.LANDING + file.object().name(), "it is no landing file that ingest takes"))
                .toList();
    }

    private void landed(List<Returned> returned) {
        List<LandingCheck> readable =
                landing.stream().filter(LandingCheck::isAccepted).toList();
        for (IngestBatch batch : IngestBatch.of(readable, BATCH_BYTES, 1)) {
            List<LandingObject> files =
                    batch.files().stream().map(LandingCheck::object).toList();
            Dataset<Row> rows = tables.landing().read(files);
            Column object = concat(lit(StoredObjects.LANDING), col(Landing.LANDING_OBJECT));
            RedactTransform redaction = new RedactTransform(IngestJob.policy(tables), tables.key(), Set.of());
            try (RedactTransform.Redacted redacted = redaction.apply(rows)) {
                add(IDENTIFIER, known(redacted.identifiers()).withColumn(OBJECT, object), returned);
            }
            if (exchangesWent && !exchanges.isEmpty()) {
                Dataset<Row> places = new LandedIdTransform(tables.key(), exchanges).apply(rows);
                add(EXCHANGE, places.withColumn(OBJECT, object), returned);
            }
        }
    }

    private Dataset<Row> known(Dataset<Row> rows) {
        return new SuppressedTransform(tables.key(), suppressed).apply(rows);
    }

    /** Rows with the file that each stands in, below the tenant's root. */
    private static Dataset<Row> inFiles(Dataset<Row> rows) {
        Column file = regexp_extract(col("_metadata.file_path"), "/(" + StoredObjects.TABLES + ".*)$", 1);
        return rows.withColumn(OBJECT, file);
    }

    private static void add(String what, Dataset<Row> rows, List<Returned> returned) {
        rows.groupBy(OBJECT).count().orderBy(OBJECT).limit(StorageScan.LISTED).collectAsList().stream()
                .map(row -> new Returned(row.getString(0), what, row.getLong(1)))
                .forEach(returned::add);
    }

    /** What the last certificate of a request says was done with exchanges. */
    private static String action(TenantTables tables, String requestId) {
        return tables
                .read(EvidenceTable.SPEC)
                .where(col(EvidenceTable.REQUEST_ID).equalTo(requestId))
                .orderBy(col(EvidenceTable.NUMBER).desc())
                .select(get_json_object(col(EvidenceTable.CERTIFICATE), "$.action"))
                .takeAsList(1)
                .stream()
                .findFirst()
                .orElseThrow(() -> SluiceException.settings(
                        "Cannot verify",
                        "no scrub request " + requestId + " was ever carried out for tenant " + tables.tenant(),
                        "audit scrubs lists those that were"))
                .getString(0);
    }

    private static Set<String> texts(Dataset<Row> rows, String column) {
        return new TreeSet<>(rows.select(column).as(Encoders.STRING()).collectAsList());
    }
}
