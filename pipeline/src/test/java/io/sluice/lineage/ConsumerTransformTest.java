package io.sluice.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkExtension;
import io.sluice.schemas.ScenarioTable;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ConsumerTransformTest {
    private final SparkSession spark;

    ConsumerTransformTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void listsWhatRunsThatReadATableHaveExportedTheNewestFirst() {
        assertThat(ConsumerTransform.exportsOf(
                                ScenarioTable.SPEC,
                                spark.sql("SELECT * FROM VALUES"
                                        + " ('early', 'export', 'READ', 'table:scenario', 1), "
                                        + " ('early', 'export', 'WRITE', 'export:/load/old.js', 1),"
                                        + " ('late', 'export', 'READ', 'table:scenario', 2),"
                                        + " ('late', 'export', 'READ', 'table:scenario', 2),"
                                        + " ('late', 'export', 'WRITE', 'export:s3a://b/new.js', 2),"
                                        + " ('late', 'export', 'WRITE', 'report:/r.html', 2),"
                                        + " ('other', 'export', 'READ', 'table:endpoint', 3),"
                                        + " ('other', 'export', 'WRITE', 'export:/load/api.yaml', 3),"
                                        + " ('learn', 'learn', 'WRITE', 'table:scenario', 4)"
                                        + " AS edge (run_id, job, access, object, recorded_at)"))
                        .collectAsList())
                .extracting(row -> row.getString(0) + " " + row.getString(1) + " " + row.getString(2))
                .containsExactly("export late s3a://b/new.js", "export early /load/old.js");
    }
}
