package io.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkExtension;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ReportTest {
    private static final ReportModel.Subject SUBJECT =
            new ReportModel.Subject("bookshop", "run-0005", 1_772_460_000_000L);

    @Test
    void takesBoundedRowsOutOfEveryTable(SparkSession spark) throws Exception {
        ReportModel model = Report.of(SUBJECT, Shop.tables(spark));

        assertThat(model.summary().get("exchanges").asLong()).isGreaterThan(1_000);
        java.nio.file.Files.writeString(
                java.nio.file.Path.of("/tmp/report-model.html"),
                new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(model));
    }
}
