package io.sluice.jobs;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get_json_object;

import io.sluice.lake.Landing;
import io.sluice.lake.LandingCheck;
import io.sluice.lake.LandingObject;
import io.sluice.lake.StoredObject;
import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.redaction.LandedIdTransform;
import io.sluice.redaction.RedactTransform;
import io.sluice.redaction.StoredRedactor;
import io.sluice.redaction.SuppressedTransform;
import io.sluice.schemas.EvidenceTable;
import io.sluice.schemas.ScrubExchangeTable;
import io.sluice.schemas.SuppressionTable;
import io.sluice.tenant.SluiceException;
import io.sluice.tenant.TenantKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Looks for what a request took out and has come back, as from a backup, by the hashes of identifiers and the ids of exchanges
 * that are kept of it: for when its values are known no more.
 */
final class ReturnSearch {
    private static final long BATCH_BYTES = 512L << 20;

    private final TenantTables tables;
    private final Landing landing;
    private final TreeSet<String> identifiers = new TreeSet<>();
    private final TreeSet<String> exchanges = new TreeSet<>();
    private final StoredRedactor names;
    private final List<Returned> returned = new ArrayList<>();
    private final List<StorageScan.Unread> unread = new ArrayList<>();

    /** Takes the id of a request for which there is a certificate. */
    ReturnSearch(TenantTables tables, String requestId) {
        this.tables = tables;
        this.landing = tables.landingUnnamed();
        identifiers.addAll(texts(
                tables.read(SuppressionTable.SPEC)
                        .where(col(SuppressionTable.REQUEST_ID).equalTo(requestId)),
                SuppressionTable.SUPPRESSION_HASH));
        if (action(tables, requestId).equals("erase")) { // else they stay
            exchanges.addAll(texts(
                    tables.read(ScrubExchangeTable.SPEC)
                            .where(col(ScrubExchangeTable.REQUEST_ID).equalTo(requestId)),
                    ScrubExchangeTable.EXCHANGE_ID));
        }
        names = new StoredRedactor(IngestJob.policy(tables), tables.key());
        if (identifiers.isEmpty() && exchanges.isEmpty()) {
            throw SluiceException.refused(
                    "Cannot verify",
                    "nothing is kept of request " + requestId + " that could be looked for",
                    "Give the request itself with --request");
        }
    }

    /** That an object holds an {@code identifier} or {@code exchange} again, in so many places. */
    record Returned(String object, String what, long places) {}

    /** The objects that were looked into, what is back in them, and those that could not be read. */
    record Answer(List<StoredObject> objects, List<Returned> returned, List<StorageScan.Unread> unread) {}

    Answer search() {
        List<StoredObject> objects = tables.objects().list();
        List<StoredObject> stored = objects.stream()
                .filter(object -> StoredReturn.looksInto(object.key()))
                .toList();
        TenantKey key = tables.key();
        TreeSet<String> hashes = identifiers;
        TreeSet<String> ids = exchanges;
        for (StoredReturn.Looked file : tables.objects().read(stored, () -> new StoredReturn(key, hashes, ids)::of)) {
            if (file.places() > 0) {
                returned.add(new Returned(file.object(), file.what(), file.places()));
            }
            if (!file.problem().isEmpty()) {
                unread.add(new StorageScan.Unread(file.object(), file.problem()));
            }
        }
        List<LandingObject> files =
                landing.listAll().stream().filter(LandingObject::isParquet).toList();
        landed(files);
        Set<String> landed =
                files.stream().map(file -> StoredObjects.LANDING + file.name()).collect(toSet());
        List<StoredObject> all = objects.stream()
                .filter(object -> StoredReturn.looksInto(object.key()) || landed.contains(object.name()))
                .toList();
        return new Answer(all, returned, unread);
    }

    private void landed(List<LandingObject> files) {
        List<LandingCheck> checked = landing.check(files);
        refused(checked.stream().filter(file -> !file.isAccepted()).toList());
        for (IngestBatch batch :
                IngestBatch.of(checked.stream().filter(LandingCheck::isAccepted).toList(), BATCH_BYTES, 1)) {
            landedBatch(batch.files().stream().map(LandingCheck::object).toList());
        }
    }

    /** Files that turn out to be damaged are told, and the others read again. */
    private void landedBatch(List<LandingObject> files) {
        try {
            List<Returned> found = new ArrayList<>();
            Dataset<Row> rows = landing.read(files);
            if (!identifiers.isEmpty()) {
                RedactTransform redaction = new RedactTransform(IngestJob.policy(tables), tables.key(), Set.of());
                try (RedactTransform.Redacted redacted = redaction.apply(rows)) {
                    found.addAll(byFile(
                            StoredReturn.IDENTIFIER,
                            new SuppressedTransform(tables.key(), identifiers).apply(redacted.identifiers())));
                }
            }
            if (!exchanges.isEmpty()) {
                found.addAll(byFile(StoredReturn.EXCHANGE, new LandedIdTransform(tables.key(), exchanges).apply(rows)));
            }
            returned.addAll(found);
        } catch (Exception e) {
            List<LandingCheck> damaged = landing.damaged(files, e);
            if (damaged.isEmpty()) {
                throw e;
            }
            refused(damaged);
            List<LandingObject> left = new ArrayList<>(files);
            damaged.forEach(file -> left.remove(file.object()));
            landedBatch(left);
        }
    }

    private void refused(List<LandingCheck> files) {
        files.forEach(file ->
                unread.add(new StorageScan.Unread(shown(file.object().name()), "it is no file that ingest can read")));
    }

    private List<Returned> byFile(String what, Dataset<Row> rows) {
        return rows.groupBy(Landing.LANDING_OBJECT).count().orderBy(Landing.LANDING_OBJECT).collectAsList().stream()
                .map(row -> new Returned(shown(row.getString(0)), what, row.getLong(1)))
                .toList();
    }

    /** The name of a landing file, which others gave it, as redaction lets it be told. */
    private String shown(String name) {
        byte[] told = names.name(name.getBytes(StandardCharsets.UTF_8));
        return StoredObjects.LANDING + new String(told, StandardCharsets.UTF_8);
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

    private static List<String> texts(Dataset<Row> rows, String column) {
        return rows.select(column).as(Encoders.STRING()).collectAsList();
    }
}
