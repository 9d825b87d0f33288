package io.sluice.report;

import io.sluice.schemas.LineageEdgeTable;
import io.sluice.schemas.RejectTable;
import io.sluice.schemas.RunTable;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** The runs that were made and what they refused. */
final class ShopBooks {
    private final ShopRows rows;
    private int runs;

    ShopBooks(ShopRows rows) {
        this.rows = rows;
    }

    void keep() {
        run("import", "DONE", 4);
        run("ingest", "PARTLY_DONE", 21);
        run("learn", "DONE", 58);
        run("export", "FAILED", 3);
        reject("import", "truncated", "The file ends in the middle of an entry", 3);
        reject("import", "not_json", "The entry is not JSON", 14);
        reject("ingest", "wrong_schema", "The landing file lacks a column", 1);
    }

    private void run(String job, String state, int seconds) {
        runs++;
        String id = "run-000" + runs;
        Instant start = Shop.OPENED.plus(Duration.ofHours(4)).plus(Duration.ofMinutes(runs * 20L));
        rows.add(RunTable.SPEC)
                .set(RunTable.RUN_ID, id)
                .set(RunTable.JOB, job)
                .set(RunTable.RELEASE, "0.1.0")
                .set(RunTable.STATE, state)
                .set(RunTable.STARTED_AT, Timestamp.from(start))
                .set(RunTable.ENDED_AT, Timestamp.from(start.plusSeconds(seconds)))
                .set(RunTable.EXECUTOR_MS, seconds * 1400L)
                .set(RunTable.BYTES_READ, seconds * 1_230_000L)
                .set(RunTable.BYTES_WRITTEN, seconds * 310_000L);
        edge(id, job, "READ", "table:exchange");
        edge(id, job, "WRITE", "table:" + (job.equals("ingest") ? "exchange" : "endpoint"));
    }

    private void edge(String run, String job, String access, String object) {
        rows.add(LineageEdgeTable.SPEC)
                .set(LineageEdgeTable.RUN_ID, run)
                .set(LineageEdgeTable.JOB, job)
                .set(LineageEdgeTable.ACCESS, access)
                .set(LineageEdgeTable.OBJECT, object)
                .set(LineageEdgeTable.VERSION, 3L);
    }

    private void reject(String stage, String reason, String detail, int count) {
        for (int i = 0; i < count; i++) {
            rows.add(RejectTable.SPEC)
                    .set(RejectTable.REJECT_ID, reason + i)
                    .set(RejectTable.STAGE, stage)
                    .set(RejectTable.REASON, reason)
                    .set(RejectTable.DETAIL, detail)
                    .set(RejectTable.SOURCE_FORMAT, "har")
                    .set(RejectTable.SOURCE_OBJECT, "monday.har")
                    .set(RejectTable.SOURCE_POSITION, (long) i);
        }
    }
}
