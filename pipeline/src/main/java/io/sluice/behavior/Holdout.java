package io.sluice.behavior;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.sluice.schemas.SessionTable;
import org.apache.spark.sql.Column;

/** The fifth of all sessions, chosen by hash, that a model is measured on and not fitted to. */
final class Holdout {
    private static final int ONE_IN = 5;

    private Holdout() {}

    /** Whether a session is held out. */
    static Column heldOut() {
        return pmod(xxhash64(lit("holdout"), col(SessionTable.SESSION_ID)), lit(ONE_IN))
                .equalTo(0);
    }
}
