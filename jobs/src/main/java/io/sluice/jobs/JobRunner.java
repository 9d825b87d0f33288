package io.sluice.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.Lease;
import io.sluice.lake.RunLog;
import io.sluice.lake.SessionSettings;
import io.sluice.lake.TenantTables;
import io.sluice.lineage.Run;
import io.sluice.tenant.SluiceException;
import io.sluice.tenant.TenantSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Runs a job for one tenant, with everything that jobs have in common. */
final class JobRunner {
    private final Clock clock;
    private final Console console;

    JobRunner(Clock clock, Console console) {
        this.clock = clock;
        this.console = console;
    }

    /** One run to be made: which job under which name, for whom, under which id, and whether it only plans. */
    record Order<P extends Record, R extends Record>(Job<P, R> job, TenantSettings tenant, Run run, boolean planOnly) {}

    /** Makes the run and returns the exit code. */
    <P extends Record, R extends Record> int run(Order<P, R> order) {
        try {
            SparkSession spark = SessionSettings.open("sluice " + order.run().job());
            TenantTables tables = TenantTables.open(
                    spark,
                    order.tenant(),
                    order.run(),
                    new TenantTables.Declared(order.job().reads(), order.job().writes()));
            if (order.job().writes().isEmpty() && tables.isUntouched()) {
                throw SluiceException.settings(
                        "Cannot run " + order.run().job(),
                        "nothing was ever stored for tenant " + tables.tenant() + " in this lake",
                        "Check --tenant and --lake, or import captures first");
            }
            Optional<String> earlier = tables.runs().document();
            if (earlier.isPresent()) {
                return again(order, earlier.get(), tables);
            }
            Optional<Lease> lease =
                    order.planOnly() ? Optional.empty() : order.job().lease().flatMap(tables::lease);
            try {
                return measured(order, tables, spark);
            } finally {
                lease.ifPresent(Lease::close);
            }
        } catch (Exception e) {
            return tell(e);
        }
    }

    private int measured(Order<?, ?> order, TenantTables tables, SparkSession spark) throws Exception {
        TaskMeter meter = new TaskMeter();
        spark.sparkContext().addSparkListener(meter);
        ProgressLine progress = new ProgressLine(console.err(), meter::progress);
        try {
            return new Attempt<>(order, tables, new Measured(spark, meter)).make();
        } finally {
            progress.close();
            spark.sparkContext().removeSparkListener(meter);
        }
    }

    private int again(Order<?, ?> order, String document, TenantTables tables) {
        RunDocument.Stored stored = RunDocument.stored(document);
        if (!stored.job().equals(order.run().job())) {
            throw SluiceException.settings(
                    "Cannot run " + order.run().job(),
                    "run " + order.run().id() + " was one of " + stored.job(),
                    "Give another --run-id");
        }
        order.job().refuseIfAskedOtherwise(stored.document(), tables);
        console.err().println("Run " + order.run().id() + " is done already; this is what it printed.");
        console.out().println(stored.document().toPrettyString());
        return stored.state() == RunLog.State.PARTLY_DONE ? ExitCode.DONE_IN_PART : ExitCode.DONE;
    }

    private int tell(Exception e) {
        SluiceException told = Failures.told(e);
        if (told != e) {
            Failures.trace(e, console.err());
        }
        console.err().println(told.getMessage());
        return told.kind().exitCode();
    }

    /** A Spark session with the meter that listens to it. */
    private record Measured(SparkSession spark, TaskMeter meter) {
        RunLog.Cost cost() throws Exception {
            spark.sparkContext().listenerBus().waitUntilEmpty(); // tasks end before their events arrive
            return meter.cost();
        }
    }

    /** One try at a run, from its plan to its record. */
    private final class Attempt<P extends Record, R extends Record> {
        private final Order<P, R> order;
        private final TenantTables tables;
        private final Measured measured;
        private final RunDocument document;
        private boolean planned; // before that nothing was done but to begin, and wrong options are no run

        Attempt(Order<P, R> order, TenantTables tables, Measured measured) {
            this.order = order;
            this.tables = tables;
            this.measured = measured;
            this.document = new RunDocument(order.run(), tables.tenant());
        }

        int make() throws Exception {
            try {
                if (!order.planOnly()) {
                    order.job().begin(tables);
                }
                P plan = order.job().plan(tables);
                document.plan(plan);
                planned = true;
                if (order.planOnly()) {
                    document.lineage(tables.edges());
                    document.cost(measured.cost());
                    console.out().println(document.checked().toPrettyString());
                    return ExitCode.DONE;
                }
                R result = order.job().execute(plan, tables);
                document.result(result);
                boolean partly = order.job().doneInPart(result);
                ObjectNode done = record(partly ? RunLog.State.PARTLY_DONE : RunLog.State.DONE);
                console.out().println(order.job().printed(result, done));
                return partly ? ExitCode.DONE_IN_PART : ExitCode.DONE;
            } catch (Exception e) {
                int code = tell(e);
                if (!order.planOnly()) {
                    recordFailure(e);
                }
                return code;
            }
        }

        private ObjectNode record(RunLog.State state) throws Exception {
            Instant endedAt = clock.instant();
            RunLog.Cost cost = measured.cost();
            document.state(state, endedAt);
            document.lineage(tables.edges());
            document.cost(cost);
            ObjectNode checked = document.checked();
            tables.runs().record(new RunLog.End(state, endedAt, cost, checked.toString()), tables.edges());
            return checked;
        }

        private void recordFailure(Exception failure) {
            try {
                SluiceException told = Failures.told(failure);
                if (planned) {
                    document.failure(told.getMessage());
                    console.out().println(record(RunLog.State.FAILED).toPrettyString());
                }
                order.job().fail(told, tables);
            } catch (Exception e) {
                console.err()
                        .println("The failure could not be recorded either: "
                                + e.getClass().getName());
            }
        }
    }
}
