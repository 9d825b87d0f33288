package io.sluice.dependency;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.sluice.dependency.MessageValues.Value;
import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Session steps with their exchanges -> the values that may flow, one row per step, part, location and value. Bodies
 * are parsed here, once; the text of a value goes on only where a client sent it.
 */
public final class ValueTransform {
    /** The value as a 64-bit hash. */
    public static final String VALUE = "value";

    /** The text of the value; null for what a server sent. */
    public static final String TEXT = "text";

    /** {@link Surprise#bits} of the text. */
    static final String BITS = "bits";

    /** {@link #REQUEST} or {@link #RESPONSE}. */
    public static final String PART = "part";

    public static final String LOCATION = "location";

    /** Whether the message had more values than were looked at. */
    public static final String CUT = "cut";

    public static final String REQUEST = "request";
    public static final String RESPONSE = "response";

    private static final StructType FOUND = new StructType()
            .add(SessionStepTable.SESSION_ID, DataTypes.StringType, false)
            .add(SessionTable.ACTOR, DataTypes.StringType, false)
            .add(SessionStepTable.STEP_INDEX, DataTypes.IntegerType, false)
            .add(SessionStepTable.ENDPOINT_ID, DataTypes.StringType, false)
            .add(PART, DataTypes.StringType, false)
            .add(LOCATION, DataTypes.StringType, false)
            .add(TEXT, DataTypes.StringType, false)
            .add(BITS, DataTypes.DoubleType, false)
            .add(CUT, DataTypes.BooleanType, false);

    private ValueTransform() {}

    /**
     * The values in {@code exchanges} that are steps of sessions.
     *
     * @return session_id, actor, step_index, endpoint_id, part, location, text, bits, cut, value
     */
    public static Dataset<Row> apply(
            Dataset<Row> exchanges, Dataset<Row> sessions, Dataset<Row> steps, Dataset<Row> endpoints) {
        List<Column> columns = new ArrayList<>(List.of(
                col(SessionStepTable.SESSION_ID),
                col(SessionTable.ACTOR),
                col(SessionStepTable.STEP_INDEX),
                col(SessionStepTable.ENDPOINT_ID)));
        Captured.COLUMNS.forEach(name -> columns.add(col(name)));
        return exchanges
                .select(Stream.concat(
                                Stream.of(ExchangeTable.EXCHANGE_ID),
                                Captured.COLUMNS.stream().filter(name -> !name.equals(EndpointTable.TEMPLATE)))
                        .map(exchanges::col)
                        .toArray(Column[]::new))
                .join(
                        steps.select(
                                SessionStepTable.EXCHANGE_ID,
                                SessionStepTable.SESSION_ID,
                                SessionStepTable.STEP_INDEX,
                                SessionStepTable.ENDPOINT_ID),
                        SessionStepTable.EXCHANGE_ID)
                .join(sessions.select(SessionTable.SESSION_ID, SessionTable.ACTOR), SessionTable.SESSION_ID)
                .join(
                        broadcast(endpoints.select(EndpointTable.ENDPOINT_ID, EndpointTable.TEMPLATE)),
                        EndpointTable.ENDPOINT_ID)
                .select(columns.toArray(Column[]::new))
                .flatMap((FlatMapFunction<Row, Row>) ValueTransform::values, Encoders.row(FOUND))
                .withColumn(VALUE, xxhash64(col(TEXT)))
                .withColumn(TEXT, when(col(PART).equalTo(lit(REQUEST)), col(TEXT)));
    }

    private static Iterator<Row> values(Row step) {
        Captured exchange = Captured.of(step);
        return Stream.concat(
                        rows(step, REQUEST, MessageValues.ofRequest(exchange)),
                        rows(step, RESPONSE, MessageValues.ofResponse(exchange)))
                .iterator();
    }

    private static Stream<Row> rows(Row step, String part, MessageValues found) {
        return found.values().stream()
                .map((Value value) -> RowFactory.create(
                        step.get(0),
                        step.get(1),
                        step.get(2),
                        step.get(3),
                        part,
                        value.location().toString(),
                        value.text(),
                        Surprise.bits(value.text()),
                        found.cut()));
    }
}
