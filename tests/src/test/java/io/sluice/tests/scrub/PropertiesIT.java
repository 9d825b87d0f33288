package io.sluice.tests.scrub;

import static io.sluice.tests.scrub.Library.READERS;
import static io.sluice.tests.scrub.Library.subject;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.lake.SessionSettings;
import io.sluice.tests.SampleHar;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Whatever Delta offers may be on in a table: its earlier versions stay, without the subject and as they were for others. */
final class PropertiesIT extends LibraryCase {
    private static final List<String> TABLES = List.of("exchange", "identifier");

    @Test
    void versionsStayWithDeletionVectorsChangeFeedRowTrackingCheckpointsAndOptimize() throws IOException {
        SparkSession spark = SessionSettings.open("tests");
        library.importAndIngest("lake");
        for (String table : TABLES) {
            spark.sql("ALTER TABLE " + at(table) + " SET TBLPROPERTIES (delta.enableDeletionVectors = true,"
                    + " delta.enableChangeDataFeed = true, delta.enableRowTracking = true,"
                    + " delta.checkpointInterval = 2)");
        }
        long since = spark.sql("DESCRIBE HISTORY " + at("exchange") + " LIMIT 1")
                .select("version")
                .first()
                .getLong(0);
        String subjects = library.exchange("lake");
        SampleHar.write(library.recordings().resolve("more.har"), READERS, 10);
        library.importAndIngest("lake");
        spark.sql("DELETE FROM " + at("exchange") + " WHERE path = '/login' AND exchange_id <> '" + subjects + "'");
        spark.sql("OPTIMIZE " + at("exchange"));
        library.run(0, "lake", "learn");
        Versions before = Versions.of(library.root("lake"), TABLES);
        List<String> changes = changesOfOthers(spark, since, subjects);
        assertThat(changes).hasSizeGreaterThan(READERS);

        JsonNode result = library.run(0, "lake", "scrub", "--request", library.request("r1", "preserve", subject()))
                .path("result");

        assertThat(result.path("state").asText()).isEqualTo("DONE");
        assertThat(result.path("tablesPurged")).isEmpty();
        assertThat(library.subjectIn("lake").in(library.root("lake"))).isEmpty();
        Versions after = Versions.of(library.root("lake"), TABLES);
        before.stayButForBlankRowsIn(after, 10);
        assertThat(before.changed("exchange 1", after)).hasSize(1);
        assertThat(changesOfOthers(spark, since, subjects)).containsAll(changes);
        JsonNode certificate = library.certificate("lake", result);
        TABLES.forEach(table -> before.areCertifiedBy(certificate, table, after));
    }

    private String at(String table) {
        return "delta.`" + library.root("lake").resolve("tables").resolve(table) + "`";
    }

    /** What the change feed tells of all exchanges but the subject's, since it was turned on. */
    private List<String> changesOfOthers(SparkSession spark, long since, String subjects) {
        return spark
                .read()
                .format("delta")
                .option("readChangeFeed", "true")
                .option("startingVersion", since)
                .load(library.root("lake").resolve("tables/exchange").toString())
                .where("exchange_id <> '" + subjects + "'")
                .toJSON()
                .collectAsList()
                .stream()
                .sorted()
                .toList();
    }
}
