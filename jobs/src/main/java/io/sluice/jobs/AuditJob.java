package io.sluice.jobs;

import io.sluice.lake.Lease;
import io.sluice.lake.TenantTables;
import io.sluice.schemas.ScrubRequestTable;
import io.sluice.schemas.TableSpec;
import io.sluice.scrub.ScrubState;
import io.sluice.scrub.ScrubStateTransform;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives auditors and schedulers a ready answer. */
@Command(
        name = "audit",
        description = {
            "Gives auditors and schedulers a ready answer.",
            "audit scrubs: every scrub request with its state and the time that is left, what is overdue first. One that is"
                    + " not done although its deadline has passed gives exit code 4, for a scheduler to raise an alarm."
        })
final class AuditJob implements Job<AuditJob.Plan, AuditJob.Result> {
    @Parameters(paramLabel = "QUESTION", description = "scrubs")
    private Question question = Question.scrubs;

    /** What can be asked. */
    enum Question {
        scrubs
    }

    /** What is asked. */
    record Plan(Question question) {}

    /** The requests, those first of which least time is left, then those that are done. */
    record Result(int open, int overdue, List<Request> requests) {}

    /** How one request stands; hours are negative when it is overdue, and those it was done before its deadline. */
    record Request(
            String requestId,
            String state,
            Instant receivedAt,
            Instant due,
            @Nullable Instant begunAt,
            double hoursLeft,
            boolean open,
            boolean overdue) {}

    /** How a scrub stands is asked while it runs, and the tables that tell so are appended to. */
    @Override
    public Optional<Lease.Kind> lease() {
        return Optional.empty();
    }

    @Override
    public List<TableSpec> reads() {
        return List.of(ScrubRequestTable.SPEC);
    }

    @Override
    public List<TableSpec> writes() {
        return List.of();
    }

    @Override
    public Plan plan(TenantTables tables) {
        return new Plan(question);
    }

    @Override
    public Result execute(Plan plan, TenantTables tables) {
        List<Request> requests = ScrubStateTransform.apply(tables.read(ScrubRequestTable.SPEC)).collectAsList().stream()
                .map(row -> request(row, tables.startedAt()))
                .sorted(Comparator.comparing(Request::open)
                        .reversed()
                        .thenComparing(Request::hoursLeft)
                        .thenComparing(Request::requestId))
                .toList();
        return new Result(
                (int) requests.stream().filter(Request::open).count(),
                (int) requests.stream().filter(Request::overdue).count(),
                requests);
    }

    @Override
    public boolean doneInPart(Result result) {
        return result.overdue() > 0;
    }

    private static Request request(Row row, Instant now) {
        String state = row.getAs(ScrubRequestTable.STATE);
        boolean open = !state.equals(ScrubState.DONE.name());
        Instant due = instant(row, ScrubRequestTable.DUE_AT);
        Instant end = open ? now : instant(row, ScrubRequestTable.AT);
        return new Request(
                row.getAs(ScrubRequestTable.REQUEST_ID),
                state,
                instant(row, ScrubRequestTable.RECEIVED_AT),
                due,
                row.isNullAt(row.fieldIndex(ScrubStateTransform.BEGUN_AT))
                        ? null
                        : instant(row, ScrubStateTransform.BEGUN_AT),
                Math.round(Duration.between(end, due).toSeconds() / 360.0) / 10.0,
                open,
                open && now.isAfter(due));
    }

    private static Instant instant(Row row, String column) {
        return row.getInstant(row.fieldIndex(column));
    }
}
