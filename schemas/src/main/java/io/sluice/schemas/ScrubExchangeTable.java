package io.sluice.schemas;

import static io.sluice.schemas.Sensitivity.NONE;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** An exchange that a scrub request takes out, or masks values in, noted before that is done. */
public final class ScrubExchangeTable {
    public static final String REQUEST_ID = "request_id";
    public static final String EXCHANGE_ID = "exchange_id";
    public static final String RUN_ID = "run_id";

    public static final TableSpec SPEC = TableSpec.table(
                    "scrub_exchange",
                    "An exchange that a scrub request takes out, or masks values in, noted before that is done.")
            .required(REQUEST_ID, StringType, NONE, "Scrub request")
            .required(EXCHANGE_ID, StringType, NONE, "Exchange, which is there no more, or without the values")
            .required(RUN_ID, StringType, NONE, "Run that found it")
            .build();

    private ScrubExchangeTable() {}
}
