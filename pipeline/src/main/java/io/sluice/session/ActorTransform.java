package io.sluice.session;

import static io.sluice.schemas.ExchangeTable.CLIENT_ADDRESS;
import static io.sluice.schemas.ExchangeTable.CONNECTION_ID;
import static io.sluice.schemas.ExchangeTable.DIRECTION;
import static io.sluice.schemas.ExchangeTable.EXCHANGE_ID;
import static io.sluice.schemas.ExchangeTable.METHOD;
import static io.sluice.schemas.ExchangeTable.PATH;
import static io.sluice.schemas.ExchangeTable.QUERY;
import static io.sluice.schemas.ExchangeTable.REQUEST_BODY;
import static io.sluice.schemas.ExchangeTable.RESPONSE_BODY;
import static io.sluice.schemas.ExchangeTable.SERVICE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.sluice.schemas.SessionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF5;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Exchanges -> who sent them.
 *
 * <p>In: {@code exchange}. Out: {@code exchange_id, actor, actor_kind}, one row per exchange. Credentials that one exchange
 * shows to belong together (a token that a login returned, a token that replaced another) lead to the same actor.
 */
public final class ActorTransform {
    private static final String KEY = "key";
    private static final String BETTER = "better";
    private static final String LINKS = "links";
    private static final String OWN = "own";
    private static final String EVIDENCE = "evidence";
    private static final int LARGEST_BODY = 64 * 1024;
    private static final int ID_LENGTH = 32;

    /** Each round doubles the length of a chain of replaced tokens that can be followed. */
    private static final int ROUNDS = 4;

    private static final StructType LINK =
            new StructType().add(KEY, DataTypes.StringType).add(BETTER, DataTypes.StringType);
    private static final StructType RESULT =
            new StructType().add(OWN, DataTypes.StringType).add(LINKS, new ArrayType(LINK, false));

    private static final UserDefinedFunction EVIDENCE_OF =
            udf((UDF5<Seq<Row>, String, String, Seq<Row>, String, Row>) ActorTransform::evidence, RESULT);

    private ActorTransform() {}

    /**
     * Finds out who sent {@code exchanges}.
     *
     * @param keep is given what is read several times
     */
    public static Dataset<Row> of(Dataset<Row> exchanges, UnaryOperator<Dataset<Row>> keep) {
        Dataset<Row> inbound = keep.apply(exchanges
                .where(col(DIRECTION).equalTo("IN"))
                .withColumn(EVIDENCE, evidence())
                .select(
                        col(EXCHANGE_ID),
                        coalesce(col(EVIDENCE).getField(OWN), address()).as(OWN),
                        col(EVIDENCE).getField(LINKS).as(LINKS)));
        Dataset<Row> recognised = inbound.join(holders(inbound, keep), col(OWN).equalTo(col(KEY)), "left")
                .select(col(EXCHANGE_ID), coalesce(col(BETTER), col(OWN)).as(OWN));
        Dataset<Row> outbound = exchanges
                .where(col(DIRECTION).notEqual("IN"))
                .select(
                        col(EXCHANGE_ID),
                        concat(lit(ActorKind.SERVICE.text() + ":"), col(SERVICE))
                                .as(OWN));
        return recognised
                .unionByName(outbound)
                .select(
                        col(EXCHANGE_ID),
                        substring(sha2(col(OWN), 256), 1, ID_LENGTH).as(SessionTable.ACTOR),
                        substring_index(col(OWN), ":", 1).as(SessionTable.ACTOR_KIND));
    }

    /** Which credential another one leads to in the end; a credential with two different holders leads nowhere. */
    private static Dataset<Row> holders(Dataset<Row> inbound, UnaryOperator<Dataset<Row>> keep) {
        Dataset<Row> links = keep.apply(
                inbound.select(explode(col(LINKS)).as("link")).select("link.*").distinct());
        for (int round = 0; round < ROUNDS; round++) {
            Dataset<Row> next =
                    certain(links).select(col(KEY).as("next_key"), col(BETTER).as("next"));
            links = keep.apply(links.join(next, col(BETTER).equalTo(col("next_key")), "left")
                    .select(col(KEY), coalesce(col("next"), col(BETTER)).as(BETTER))
                    .distinct());
        }
        return certain(links);
    }

    /** The links of credentials that have one holder. */
    private static Dataset<Row> certain(Dataset<Row> links) {
        return links.groupBy(KEY)
                .agg(min(BETTER).as(BETTER), count(lit(1)).as("holders"))
                .where(col("holders").equalTo(1))
                .select(KEY, BETTER);
    }

    private static Column evidence() {
        Column writes = col(METHOD).isin("POST", "PUT", "PATCH");
        Column mayGive = writes.or(lower(col(PATH)).rlike("token|login|auth|session"));
        return EVIDENCE_OF.apply(
                expr("filter(request_headers, h -> lower(h.name) rlike 'auth|cookie|key|token|session|secret')"),
                coalesce(col(QUERY), lit("")),
                text(col(REQUEST_BODY), writes),
                expr("filter(response_headers, h -> lower(h.name) = 'set-cookie')"),
                text(col(RESPONSE_BODY), mayGive));
    }

    private static Column text(Column body, Column wanted) {
        Column readable = wanted.and(length(body).leq(LARGEST_BODY));
        return coalesce(when(readable, body.cast(DataTypes.StringType)), lit(""));
    }

    private static Row evidence(
            Seq<Row> requestHeaders, String query, String requestBody, Seq<Row> responseHeaders, String responseBody) {
        RequestReading request = new RequestReading(message(requestHeaders, requestBody), query);
        ActorEvidence found = ActorEvidence.of(request, message(responseHeaders, responseBody));
        List<Row> links = new ArrayList<>();
        found.links()
                .forEach(link -> links.add(
                        RowFactory.create(link.credential().key(), link.better().key())));
        return RowFactory.create(found.own().map(Credential::key).orElse(null), links);
    }

    private static Message message(Seq<Row> headers, String body) {
        List<Message.Header> fields = CollectionConverters.asJava(headers).stream()
                .map(row -> new Message.Header(row.getString(0), row.getString(1)))
                .toList();
        return new Message(fields, body);
    }

    private static Column address() {
        Column forwarded = expr("get(filter(request_headers, h -> lower(h.name) = 'x-forwarded-for'), 0).value");
        Column agent = expr("get(filter(request_headers, h -> lower(h.name) = 'user-agent'), 0).value");
        Column place = coalesce(substring_index(forwarded, ",", 1), col(CLIENT_ADDRESS), col(CONNECTION_ID), lit(""));
        return concat(lit(ActorKind.ADDRESS.text() + ":"), sha2(concat_ws("\n", place, coalesce(agent, lit(""))), 256));
    }
}
