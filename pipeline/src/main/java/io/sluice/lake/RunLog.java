package io.sluice.lake;

import io.sluice.lineage.CommitNote;
import io.sluice.lineage.LineageEdge;
import io.sluice.lineage.Run;
import io.sluice.schemas.LineageEdgeTable;
import io.sluice.schemas.RunTable;
import io.sluice.schemas.TableSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/** The record of a tenant's runs: what each printed when it ended, and what it read and wrote. */
public final class RunLog {
    /** How a run ended. */
    public enum State {
        DONE,
        PARTLY_DONE,
        FAILED
    }

    /** What a run cost, summed over its Spark tasks. */
    public record Cost(long executorMs, long bytesRead, long bytesWritten) {}

    /** The end of a run with the document that it prints. */
    public record End(State state, Instant at, Cost cost, String document) {}

    private final SparkSession spark;
    private final TenantRoot root;
    private final Run run;

    RunLog(SparkSession spark, TenantRoot root, Run run) {
        this.spark = spark;
        this.root = root;
        this.run = run;
    }

    /** The document of the run with this id, if one ended without failing. */
    public Optional<String> document() {
        if (new TableLog(spark, root.table(RunTable.SPEC)).version() == TableLog.ABSENT) {
            return Optional.empty();
        }
        List<Row> found = spark.read()
                .format("delta")
                .load(root.table(RunTable.SPEC).toString())
                .where(functions
                        .col(RunTable.RUN_ID)
                        .equalTo(run.id())
                        .and(functions.col(RunTable.STATE).notEqual(State.FAILED.name())))
                .select(RunTable.DOCUMENT)
                .takeAsList(1);
        return found.stream().map(row -> row.getString(0)).findFirst();
    }

    /** Writes the edges, then the run: a run that stands in the table has its lineage. */
    public void record(End end, List<LineageEdge> edges) {
        List<Row> rows = edges.stream().map(edge -> row(edge, end.at())).toList();
        write(LineageEdgeTable.SPEC, rows, end.state());
        Row row = RowFactory.create(
                run.id(),
                run.job(),
                run.release(),
                end.state().name(),
                run.startedAt(),
                end.at(),
                end.cost().executorMs(),
                end.cost().bytesRead(),
                end.cost().bytesWritten(),
                end.document());
        write(RunTable.SPEC, List.of(row), end.state());
    }

    private void write(TableSpec table, List<Row> rows, State state) {
        Dataset<Row> dataset = spark.createDataFrame(rows, table.schema()).coalesce(1);
        String note = new CommitNote(run.id(), run.job(), run.release(), Map.of()).toJson();
        new TableWriter(spark, table, root.table(table))
                .append(dataset, note, Map.entry("run:" + run.id() + ":" + state, 1L));
    }

    private Row row(LineageEdge edge, Instant at) {
        return RowFactory.create(run.id(), run.job(), edge.access().name(), edge.object(), boxed(edge.version()), at);
    }

    private static @Nullable Long boxed(OptionalLong version) {
        return version.isPresent() ? version.getAsLong() : null;
    }
}
