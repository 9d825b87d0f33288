package io.sluice.tests.endpoint;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.endpoint.EndpointTransform;
import io.sluice.lake.SessionSettings;
import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.ExchangeTable;
import io.sluice.tests.Corpus;
import io.sluice.tests.Figures;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Endpoints of recorded requests whose true templates are known, beside what a rule on digits and UUIDs finds.
 *
 * <p>{@code -Dtruth=FOLDER} measures another folder: lines of JSON with {@code method}, {@code path}, {@code template}, and
 * where known {@code n} (requests) and {@code host}.
 */
class EndpointTruthIT {
    private static final String TRUTH = "truth";
    private static final String IDENTIFIER = "/([0-9]+|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?=/|$)";

    @TempDir
    private Path unpacked;

    @Test
    void groupsRequestsAsTheirTrueTemplatesDo() {
        String named = System.getProperty(TRUTH, "");
        Path folder = named.isEmpty() ? Corpus.unpack("truth-github", unpacked) : Path.of(named);
        SparkSession spark = SessionSettings.open("tests");
        Dataset<Row> labelled = labelled(spark, folder);

        List<Row> rows = EndpointTransform.templates(exchanges(labelled))
                .withColumnRenamed(EndpointTable.TEMPLATE, "found")
                .join(
                        labelled.select(
                                col(ExchangeTable.HOST),
                                col(ExchangeTable.METHOD),
                                col(ExchangeTable.PATH),
                                col(EndpointTable.TEMPLATE).as(TRUTH)),
                        new String[] {ExchangeTable.HOST, ExchangeTable.METHOD, ExchangeTable.PATH},
                        "inner")
                .collectAsList();
        Agreement ours = agreement(rows, row -> row.getAs("found"));
        Agreement rule =
                agreement(rows, row -> row.<String>getAs(ExchangeTable.PATH).replaceAll(IDENTIFIER, "/{}"));

        System.out.println("endpoints learnt: " + ours);
        System.out.println("digits and UUIDs: " + rule);
        Figures.record("labelled requests grouped as the truth groups them", "to report", ours.toString());
        Figures.record("the same by a rule on digits and UUIDs", "baseline", rule.toString());
        assertThat(ours.items()).isEqualTo((int) labelled.count());
        assertThat(ours.share()).isGreaterThan(rule.share()).isGreaterThan(0.9);
    }

    private static Dataset<Row> labelled(SparkSession spark, Path folder) {
        return spark.read()
                .schema("method string, path string, template string, n long, host string")
                .option("pathGlobFilter", "*.jsonl")
                .option("recursiveFileLookup", "true")
                .json(folder.toUri().toString())
                .na()
                .fill(1, new String[] {"n"})
                .na()
                .fill("api.test", new String[] {ExchangeTable.HOST})
                .dropDuplicates(ExchangeTable.HOST, ExchangeTable.METHOD, ExchangeTable.PATH);
    }

    /** Each labelled request as often as it was seen. */
    private static Dataset<Row> exchanges(Dataset<Row> labelled) {
        return labelled.select(
                expr("explode(sequence(1L, n))").as("number"),
                lit("api").as(ExchangeTable.SERVICE),
                lit("OUT").as(ExchangeTable.DIRECTION),
                col(ExchangeTable.METHOD),
                col(ExchangeTable.HOST),
                col(ExchangeTable.PATH),
                lit(null).cast("string").as(ExchangeTable.ROUTE));
    }

    private static Agreement agreement(List<Row> rows, Function<Row, String> template) {
        return Agreement.of(rows.stream()
                .map(row -> {
                    String place = row.getAs(ExchangeTable.HOST) + " " + row.getAs(ExchangeTable.METHOD) + " ";
                    return new Agreement.Item(
                            place + row.getAs(ExchangeTable.PATH),
                            place + row.getAs(TRUTH),
                            place + template.apply(row));
                })
                .toList());
    }
}
