package io.sluice.session;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import java.time.Duration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Inbound exchanges of known actors and endpoints -> sessions and their steps.
 *
 * <p>An actor's exchanges with one service are ordered by capture time, then id; a pause longer than the gap starts a new
 * session.
 */
public final class SessionTransform {
    /** The pause after which a new session starts, where nothing else is said. */
    public static final Duration GAP = Duration.ofMinutes(30);

    private static final String BEGIN = "begin_us";
    private static final String END = "end_us";
    private static final String PAUSE = "pause_us";
    private static final int ID_LENGTH = 32;

    private SessionTransform() {}

    /**
     * Every inbound exchange at its place: the columns of {@code session_step} (without {@code run_id}), then {@code actor,
     * actor_kind, service, end_us}. The two functions below pick their rows from it.
     *
     * @param actors {@code exchange_id, actor, actor_kind}
     * @param endpoints {@code exchange_id, endpoint_id}
     */
    public static Dataset<Row> ordered(
            Dataset<Row> exchanges, Dataset<Row> actors, Dataset<Row> endpoints, Duration gap) {
        WindowSpec actor = Window.partitionBy(SessionTable.SERVICE, SessionTable.ACTOR)
                .orderBy(ExchangeTable.CAPTURED_AT, ExchangeTable.EXCHANGE_ID);
        WindowSpec session = Window.partitionBy(SessionTable.SERVICE, SessionTable.ACTOR, SessionTable.SESSION_ID)
                .orderBy(ExchangeTable.CAPTURED_AT, ExchangeTable.EXCHANGE_ID);
        Column starts = col(PAUSE).isNull().or(col(PAUSE).gt(gap.toNanos() / 1000));
        Column firstExchange =
                last(when(starts, col(ExchangeTable.EXCHANGE_ID)), true).over(actor);
        return exchanges
                .where(col(ExchangeTable.DIRECTION).equalTo("IN"))
                .select(
                        col(ExchangeTable.EXCHANGE_ID),
                        col(ExchangeTable.SERVICE),
                        col(ExchangeTable.CAPTURED_AT),
                        col(ExchangeTable.STATUS),
                        unix_micros(col(ExchangeTable.CAPTURED_AT)).as(BEGIN),
                        unix_micros(col(ExchangeTable.CAPTURED_AT))
                                .plus(coalesce(col(ExchangeTable.DURATION_US), lit(0L)))
                                .as(END))
                .join(actors, ExchangeTable.EXCHANGE_ID)
                .join(endpoints, ExchangeTable.EXCHANGE_ID)
                .withColumn(PAUSE, col(BEGIN).minus(lag(col(END), 1).over(actor)))
                .withColumn(SessionTable.SESSION_ID, sessionId(firstExchange))
                .withColumn(
                        SessionStepTable.STEP_INDEX, row_number().over(session).minus(1))
                .withColumn(SessionStepTable.THINK_TIME_MS, when(starts, null).otherwise(thinkTime()))
                .select(
                        SessionTable.SESSION_ID,
                        SessionStepTable.STEP_INDEX,
                        SessionStepTable.EXCHANGE_ID,
                        SessionStepTable.ENDPOINT_ID,
                        SessionStepTable.CAPTURED_AT,
                        SessionStepTable.STATUS,
                        SessionStepTable.THINK_TIME_MS,
                        SessionTable.ACTOR,
                        SessionTable.ACTOR_KIND,
                        SessionTable.SERVICE,
                        END);
    }

    /** Rows of {@code session_step} without {@code run_id}. */
    public static Dataset<Row> steps(Dataset<Row> ordered) {
        return ordered.drop(SessionTable.ACTOR, SessionTable.ACTOR_KIND, SessionTable.SERVICE, END);
    }

    /** Rows of {@code session} without {@code run_id}; cluster and model are null. */
    public static Dataset<Row> sessions(Dataset<Row> ordered) {
        return ordered.groupBy(SessionTable.SESSION_ID, SessionTable.ACTOR, SessionTable.SERVICE)
                .agg(
                        first(col(SessionTable.ACTOR_KIND)).as(SessionTable.ACTOR_KIND),
                        min(col(SessionStepTable.CAPTURED_AT)).as(SessionTable.STARTED_AT),
                        timestamp_micros(max(col(END))).as(SessionTable.ENDED_AT),
                        count(lit(1)).cast(DataTypes.IntegerType).as(SessionTable.STEP_COUNT))
                .select(
                        col(SessionTable.SESSION_ID),
                        col(SessionTable.ACTOR),
                        col(SessionTable.ACTOR_KIND),
                        col(SessionTable.SERVICE),
                        col(SessionTable.STARTED_AT),
                        col(SessionTable.ENDED_AT),
                        col(SessionTable.STEP_COUNT),
                        lit(null).cast(DataTypes.IntegerType).as(SessionTable.CLUSTER),
                        lit(null).cast(DataTypes.StringType).as(SessionTable.MODEL_ID));
    }

    private static Column sessionId(Column firstExchange) {
        Column identity = concat_ws("\n", col(SessionTable.SERVICE), col(SessionTable.ACTOR), firstExchange);
        return substring(sha2(identity, 256), 1, ID_LENGTH);
    }

    private static Column thinkTime() {
        return greatest(lit(0L), col(PAUSE)).divide(1000).cast(DataTypes.LongType);
    }
}
