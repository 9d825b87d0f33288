package io.sluice.redaction;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.substring_index;

import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.LandingObjectTable;
import io.sluice.schemas.RejectTable;
import java.time.Instant;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What ingest refuses -> rows of {@code reject} without {@code run_id}. */
public final class RejectTransform {
    private static final String STAGE = "ingest";
    private static final String CODE_END = ": ";

    private final Instant at;

    public RejectTransform(Instant at) {
        this.at = at;
    }

    /** Redacted rows with a reason. */
    public Dataset<Row> ofRows(Dataset<Row> redacted) {
        return shaped(redacted.where(col(IngestColumns.REASON).isNotNull())
                .select(
                        col(IngestColumns.REASON).as(RejectTable.REASON),
                        col(IngestColumns.DETAIL).as(RejectTable.DETAIL),
                        col(ExchangeTable.SOURCE_FORMAT).as(RejectTable.SOURCE_FORMAT),
                        col(ExchangeTable.SOURCE_OBJECT).as(RejectTable.SOURCE_OBJECT),
                        col(ExchangeTable.SOURCE_POSITION).as(RejectTable.SOURCE_POSITION),
                        // Without a position the place in the landing file tells rows apart.
                        coalesce(col(ExchangeTable.SOURCE_POSITION), col(IngestColumns.ROW))
                                .as(RejectTable.REJECT_ID)));
    }

    /** Rows of {@code landing_object} with a reason, code and sentence: files refused as a whole. */
    public Dataset<Row> ofFiles(Dataset<Row> landingObjects) {
        return shaped(landingObjects
                .where(col(LandingObjectTable.REASON).isNotNull())
                .select(
                        substring_index(col(LandingObjectTable.REASON), CODE_END, 1)
                                .as(RejectTable.REASON),
                        regexp_replace(col(LandingObjectTable.REASON), lit("^[^:]*: "), lit(""))
                                .as(RejectTable.DETAIL),
                        lit("parquet").as(RejectTable.SOURCE_FORMAT),
                        col(LandingObjectTable.OBJECT).as(RejectTable.SOURCE_OBJECT),
                        lit(null).cast("long").as(RejectTable.SOURCE_POSITION),
                        concat_ws(" ", col(LandingObjectTable.BYTES), col(LandingObjectTable.MODIFIED_AT))
                                .as(RejectTable.REJECT_ID)));
    }

    private Dataset<Row> shaped(Dataset<Row> refused) {
        Column place = concat_ws(
                "\n", lit(STAGE), col(RejectTable.SOURCE_OBJECT), col(RejectTable.REJECT_ID), col(RejectTable.REASON));
        return refused.withColumn(RejectTable.REJECT_ID, substring(sha2(place, 256), 1, 32))
                .withColumn(RejectTable.STAGE, lit(STAGE))
                .withColumn(RejectTable.SOURCE_OFFSET, lit(null).cast("long"))
                .withColumn(RejectTable.REJECTED_AT, lit(at));
    }
}
