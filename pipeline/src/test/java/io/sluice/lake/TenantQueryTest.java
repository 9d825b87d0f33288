package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.SparkExtension;
import io.sluice.lineage.Run;
import io.sluice.schemas.LandingObjectTable;
import io.sluice.schemas.Tables;
import io.sluice.tenant.SluiceException;
import io.sluice.tenant.TenantName;
import io.sluice.tenant.TenantSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class TenantQueryTest {
    private final SparkSession spark;

    @TempDir
    private Path lake;

    TenantQueryTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void answersOverTablesByTheirNamesAndEarlierStates() {
        TenantTables tables = open();
        long first =
                tables.append(LandingObjectTable.SPEC, objects(tables, "a")).version();
        tables.append(LandingObjectTable.SPEC, objects(tables, "b"));
        TenantQuery query = open().query(
                        "WITH x AS (SELECT upper(object) o FROM landing_object) SELECT o FROM x WHERE o IN (SELECT"
                                + " upper(object) FROM LANDING_OBJECT) AND NOT EXISTS (SELECT 1 FROM endpoint) ORDER BY o");

        assertThat(query.tables()).extracting("name").containsExactlyInAnyOrder("landing_object", "endpoint");
        assertThat(query.answer(Map.of())
                        .as(org.apache.spark.sql.Encoders.STRING())
                        .collectAsList())
                .containsExactly("A", "B");
        assertThat(query.answer(Map.of(LandingObjectTable.SPEC, new AsOf.Version(first)))
                        .count())
                .isEqualTo(1);
        assertThatThrownBy(() -> query.answer(Map.of(LandingObjectTable.SPEC, new AsOf.Version(99))))
                .isInstanceOf(SluiceException.class)
                .hasMessageContaining("Cannot read table landing_object as of 99");
        assertThatThrownBy(() -> query.answer(Map.of(LandingObjectTable.SPEC, AsOf.parse("2001-01-01"))))
                .isInstanceOf(SluiceException.class);
        assertThat(query.answer(Map.of(
                                LandingObjectTable.SPEC,
                                new AsOf.At(Instant.now().plusSeconds(60))))
                        .count())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DESCRIBE exchange",
                "SHOW TABLES",
                "VALUES (1), (2)",
                "SELECT s.* FROM session s JOIN session_step t USING (session_id) LATERAL VIEW explode(array(1)) AS n",
                "SELECT explode(array(1, 2))",
                "SELECT * FROM range(3) UNION ALL SELECT 1 ORDER BY 1 LIMIT 2 OFFSET 1",
                "SELECT method, count(*) FROM exchange GROUP BY ALL HAVING count(*) > 1",
                "SELECT id, row_number() OVER w FROM range(2) WINDOW w AS (ORDER BY id)",
                "SELECT * FROM (SELECT 1 a, 2 b) PIVOT (sum(b) FOR a IN (1, 2))",
            })
    void answersQuestions(String sql) {
        assertThat(open().query(sql).answer(Map.of()).collectAsList()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM parquet.`/etc`",
                "SELECT * FROM delta.`/lake/other/tables/exchange`",
                "SELECT 1 WHERE EXISTS (SELECT * FROM text.`/etc/passwd`)",
                "WITH a AS (SELECT * FROM csv.`/etc/passwd`) SELECT * FROM a",
                "SELECT (SELECT max(value) FROM text.`/etc/passwd`)",
                "SELECT transform(array(1), x -> (SELECT max(value) FROM text.`/etc/passwd`))",
                "SELECT reflect('java.lang.System', 'getenv', 'PATH')",
                "SELECT java_method('java.lang.System', 'getenv', 'PATH')",
                "SELECT upper(try_reflect('java.lang.System', 'getenv', 'PATH'))",
                "SELECT system.builtin.reflect('java.lang.System', 'getenv', 'PATH')",
                "SELECT * FROM IDENTIFIER('text.`/etc/passwd`')",
                "SELECT IDENTIFIER('reflect')('java.lang.System', 'getenv', 'PATH')",
                "SELECT TRANSFORM (1) USING 'cat /etc/passwd' AS (x)",
                "FROM exchange INSERT OVERWRITE DIRECTORY '/out' USING parquet SELECT *",
                "INSERT INTO exchange SELECT * FROM exchange",
                "CREATE TABLE x AS SELECT 1",
                "CREATE TEMPORARY VIEW x USING text OPTIONS (path '/etc/passwd')",
                "CREATE FUNCTION f AS 'java.lang.System' USING JAR '/x.jar'",
                "ADD JAR '/x.jar'",
                "DROP TABLE exchange",
                "DELETE FROM exchange",
                "SET spark.sql.runSQLOnFiles = true",
                "EXECUTE IMMEDIATE 'SELECT * FROM text.`/etc/passwd`'",
                "BEGIN SELECT 1; END",
                "EXPLAIN SELECT 1",
                "VACUUM delta.`/lake`",
                "DESCRIBE HISTORY delta.`/lake`",
                "SELECT * FROM table_changes_by_path('/lake', 0)",
                "SELECT * FROM python_worker_logs()",
                "SELECT * FROM exchange WITH (`versionAsOf` = 1)",
                "CALL system.run()",
                "SELECT * FROM global_temp.x",
                "DESCRIBE delta.`/lake`",
                "SELECT from_xml('<a/>', 'a INT', map('rowValidationXSDPath', '/etc/passwd'))",
            })
    void refusesWhatCouldChangeSomethingOrLeaveTheTenant(String sql) {
        assertThatThrownBy(() -> open().query(sql))
                .isInstanceOf(SluiceException.class)
                .hasMessageStartingWith("Cannot answer the query")
                .hasMessageNotContaining("passwd");
    }

    @Test
    void suggestsTheTableThatWasMeant() {
        assertThatThrownBy(() -> open().query("SELECT * FROM exchanges"))
                .hasMessageContaining("there is no table exchanges. Did you mean exchange?");
    }

    @Test
    void repeatsNoLiteralOfAQueryThatFails() {
        assertThatThrownBy(() -> open().query("SELECT pathh FROM exchange WHERE path = 'secret'")
                        .answer(Map.of()))
                .isInstanceOf(SluiceException.class)
                .hasMessageContaining("UNRESOLVED_COLUMN")
                .hasMessageContaining("path")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> open().query("SELECT 'secret' FRM exchange x y"))
                .isInstanceOf(SluiceException.class)
                .hasMessageContaining("PARSE_SYNTAX_ERROR")
                .hasMessageNotContaining("secret");
    }

    private TenantTables open() {
        Run run = new Run("r" + System.nanoTime(), "sql", "0", Instant.parse("2026-11-23T09:00:00Z"));
        TenantSettings settings = TenantSettings.below(lake.toUri().toString(), new TenantName("acme"));
        return TenantTables.open(
                spark, settings, run, new TenantTables.Declared(Tables.ALL, List.of(LandingObjectTable.SPEC)));
    }

    private static org.apache.spark.sql.Dataset<Row> objects(TenantTables tables, String name) {
        Row row = RowFactory.create(name, 1L, Instant.parse("2026-11-23T08:00:00Z"), 1L, "ACCEPTED", null, "r");
        return tables.rows(LandingObjectTable.SPEC, List.of(row));
    }
}
