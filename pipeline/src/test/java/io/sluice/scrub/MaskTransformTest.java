package io.sluice.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkExtension;
import io.sluice.redaction.IdentifierKind;
import io.sluice.scrub.search.SearchPlan;
import io.sluice.scrub.search.SearchedValue;
import io.sluice.tenant.TenantKey;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class MaskTransformTest {
    private static final SearchPlan PLAN = SearchPlan.of(
            List.of(new SearchedValue(0, IdentifierKind.EMAIL, "ada@example.org")), new TenantKey(new byte[32], 1));

    private final SparkSession spark;

    MaskTransformTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void masksInsideWhateverTypeAForeignFileHas() {
        assertMasked("'to ada@example.org'", "\"to ***\"");
        assertMasked("array('ada@example.org', NULL)", "[\"***\",null]");
        assertMasked("named_struct('a b', 'ada@example.org', 'n', 1)", "{\"a b\":\"***\",\"n\":1}");
        assertMasked(
                "map('ada@example.org', 'bob@example.org', 'mail', 'ada@example.org')",
                "{\"***\":\"bob@example.org\",\"mail\":\"***\"}");
        assertMasked("map(1, array(map('m', 'ada@example.org')), 2, NULL)", "{\"1\":[{\"m\":\"***\"}],\"2\":null}");
    }

    @Test
    void aMapKeepsTheFirstOfEntriesWhoseKeysBecomeTheSame() {
        assertMasked("map('ada@example.org', 1, 'ADA@example.org', 2, 'bob', 3)", "{\"***\":1,\"bob\":3}");
    }

    @Test
    void ofAnExchangeThatHasAMapItIsFlaggedThatSomethingWasMasked() {
        Dataset<Row> rows = spark.sql("SELECT map('mail', mail) AS held, map(1, 2) AS numbers, array('old') AS flags"
                + " FROM VALUES ('ada@example.org'), ('bob@example.org') AS t (mail)");

        assertThat(rows.withColumns(new MaskTransform(PLAN).of(rows.schema()))
                        .select("flags")
                        .collectAsList())
                .extracting(row -> row.getList(0))
                .containsExactly(List.of("old", MaskTransform.FLAG), List.of("old"));
    }

    @Test
    void whatCannotHoldAValueIsLeftAlone() {
        Dataset<Row> rows = spark.sql("SELECT 1 AS n, map(1, 2) AS numbers, current_date() AS day");

        assertThat(new MaskTransform(PLAN).of(rows.schema())).isEmpty();
    }

    private void assertMasked(String expression, String json) {
        Dataset<Row> rows = spark.sql("SELECT " + expression + " AS held");
        assertThat(rows.withColumns(new MaskTransform(PLAN).of(rows.schema()))
                        .selectExpr("to_json(struct(held), map('ignoreNullFields', 'false'))")
                        .head()
                        .getString(0))
                .isEqualTo("{\"held\":" + json + "}");
    }
}
