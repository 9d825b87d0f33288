package io.sluice.endpoint;

import static io.sluice.schemas.ExchangeTable.DIRECTION;
import static io.sluice.schemas.ExchangeTable.EXCHANGE_ID;
import static io.sluice.schemas.ExchangeTable.HOST;
import static io.sluice.schemas.ExchangeTable.METHOD;
import static io.sluice.schemas.ExchangeTable.PATH;
import static io.sluice.schemas.ExchangeTable.ROUTE;
import static io.sluice.schemas.ExchangeTable.SERVICE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;

import io.sluice.schemas.EndpointTable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Exchanges -> the template and endpoint of every distinct path.
 *
 * <p>In: {@code exchange}. Out: {@code service, direction, method, host, path, template, endpoint_id, exchanges}, one row
 * per distinct (service, direction, method, host, path). The paths of one host are learnt together in one task that keeps
 * their structure, not their identifiers; hosts are learnt side by side.
 */
public final class PathTemplateTransform {
    /** Column with the number of exchanges of a distinct path. */
    public static final String EXCHANGES = "exchanges";

    private static final String SCOPE = "scope";
    private static final String TREE = "tree";
    private static final int ID_LENGTH = 32;

    private static final StructType TREES =
            new StructType().add(SCOPE, DataTypes.StringType, false).add(TREE, DataTypes.BinaryType, false);
    private static final StructType OBSERVED = new StructType()
            .add(SCOPE, DataTypes.StringType)
            .add(SERVICE, DataTypes.StringType)
            .add(DIRECTION, DataTypes.StringType)
            .add(METHOD, DataTypes.StringType)
            .add(HOST, DataTypes.StringType)
            .add(PATH, DataTypes.StringType)
            .add(EXCHANGES, DataTypes.LongType)
            .add(ROUTE, DataTypes.StringType);
    private static final StructType TEMPLATES = OBSERVED.add(EndpointTable.TEMPLATE, DataTypes.StringType);

    private PathTemplateTransform() {}

    /** Learns the templates of all paths. */
    public static Dataset<Row> of(Dataset<Row> exchanges) {
        KeyValueGroupedDataset<String, Row> observed = byScope(distinctPaths(exchanges), OBSERVED);
        Dataset<Row> trees = observed.flatMapGroups(
                (FlatMapGroupsFunction<String, Row, Row>) PathTemplateTransform::learn, Encoders.row(TREES));
        return observed.cogroup(
                        byScope(trees, TREES),
                        (CoGroupFunction<String, Row, Row, Row>) (scope, paths, learnt) -> apply(paths, learnt),
                        Encoders.row(TEMPLATES))
                .withColumn(EndpointTable.ENDPOINT_ID, endpointId())
                .select(
                        SERVICE,
                        DIRECTION,
                        METHOD,
                        HOST,
                        PATH,
                        EndpointTable.TEMPLATE,
                        EndpointTable.ENDPOINT_ID,
                        EXCHANGES);
    }

    /** In: exchanges, and the result of {@link #of}. Out: {@code exchange_id, endpoint_id}, one row per exchange. */
    public static Dataset<Row> assign(Dataset<Row> exchanges, Dataset<Row> templates) {
        return withEndpoint(exchanges.select(EXCHANGE_ID, SERVICE, DIRECTION, METHOD, HOST, PATH), templates)
                .select(EXCHANGE_ID, EndpointTable.ENDPOINT_ID);
    }

    /** Adds {@code endpoint_id} to rows that hold service, direction, method, host and path. */
    static Dataset<Row> withEndpoint(Dataset<Row> requests, Dataset<Row> templates) {
        Dataset<Row> known = templates.select(
                col(SERVICE).as("k_service"),
                col(DIRECTION).as("k_direction"),
                col(METHOD).as("k_method"),
                col(HOST).as("k_host"),
                col(PATH).as("k_path"),
                col(EndpointTable.ENDPOINT_ID));
        Column same = col(SERVICE)
                .equalTo(col("k_service"))
                .and(col(DIRECTION).equalTo(col("k_direction")))
                .and(col(METHOD).equalTo(col("k_method")))
                .and(col(HOST).eqNullSafe(col("k_host")))
                .and(col(PATH).equalTo(col("k_path")));
        return requests.join(known, same).drop("k_service", "k_direction", "k_method", "k_host", "k_path");
    }

    private static Dataset<Row> distinctPaths(Dataset<Row> exchanges) {
        return exchanges
                .groupBy(SERVICE, DIRECTION, METHOD, HOST, PATH)
                .agg(count(lit(1)).as(EXCHANGES), max(col(ROUTE)).as(ROUTE))
                .withColumn(SCOPE, concat_ws("\n", col(DIRECTION), coalesce(col(HOST), lit("")), col(SERVICE)))
                .select(OBSERVED.fieldNames()[0], tail(OBSERVED.fieldNames()));
    }

    private static KeyValueGroupedDataset<String, Row> byScope(Dataset<Row> rows, StructType schema) {
        Encoder<Row> encoder = Encoders.row(schema);
        return rows.groupBy(col(SCOPE)).as(Encoders.STRING(), encoder);
    }

    private static Iterator<Row> learn(String scope, Iterator<Row> paths) {
        PathTemplater templater = new PathTemplater();
        paths.forEachRemaining(row -> templater.add(
                new ObservedPath(row.getAs(METHOD), row.getAs(PATH), row.<Long>getAs(EXCHANGES), row.getAs(ROUTE))));
        return List.of(RowFactory.create(scope, templater.learn().encode())).iterator();
    }

    private static Iterator<Row> apply(Iterator<Row> paths, Iterator<Row> learnt) {
        TemplateTree tree = TemplateTree.decode(learnt.next().getAs(TREE));
        Iterable<Row> rows = () -> paths;
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> withTemplate(row, tree.template(row.getAs(PATH))))
                .iterator();
    }

    private static Row withTemplate(Row row, String template) {
        Object[] values = new Object[TEMPLATES.size()];
        for (int i = 0; i < row.size(); i++) {
            values[i] = row.get(i);
        }
        values[row.size()] = template;
        return RowFactory.create(values);
    }

    private static Column endpointId() {
        Column identity = concat_ws(
                "\n",
                col(SERVICE),
                col(DIRECTION),
                col(METHOD),
                coalesce(col(HOST), lit("")),
                col(EndpointTable.TEMPLATE));
        return substring(sha2(identity, 256), 1, ID_LENGTH);
    }

    private static String[] tail(String[] names) {
        return Arrays.copyOfRange(names, 1, names.length);
    }
}
