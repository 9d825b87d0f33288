package io.sluice.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkExtension;
import io.sluice.schemas.DependencyTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class DependencyTransformTest {
    private static final StructType VALUES = new StructType()
            .add(SessionStepTable.SESSION_ID, DataTypes.StringType)
            .add(SessionTable.ACTOR, DataTypes.StringType)
            .add(SessionStepTable.STEP_INDEX, DataTypes.IntegerType)
            .add(SessionStepTable.ENDPOINT_ID, DataTypes.StringType)
            .add(ValueTransform.PART, DataTypes.StringType)
            .add(ValueTransform.LOCATION, DataTypes.StringType)
            .add(ValueTransform.TEXT, DataTypes.StringType)
            .add(ValueTransform.BITS, DataTypes.DoubleType)
            .add(ValueTransform.CUT, DataTypes.BooleanType)
            .add(ValueTransform.VALUE, DataTypes.LongType);

    private final List<Row> rows = new ArrayList<>();

    @Test
    void findsTheTokenOfALoginAndNotTheConstantsBesideIt(SparkSession spark) {
        for (int s = 0; s < 20; s++) {
            says(s, 0, "login", "$.token", "token-" + s * 7919);
            says(s, 0, "login", "$.active", "active");
            says(s, 0, "login", "$.role", "customer");
            sends(s, 1, "orders", "header:Authorization", "token-" + s * 7919);
            sends(s, 1, "orders", "query:state", "active");
            sends(s, 2, "cart", "header:Authorization", "token-" + s * 7919);
            sends(s, 2, "cart", "header:X-Role", "customer");
        }
        assertThat(found(spark))
                .containsExactly(
                        "login response $.token -> cart header:Authorization 20 1.0 session",
                        "login response $.token -> orders header:Authorization 20 1.0 session");
    }

    @Test
    void findsTheChoiceFromAListThatIsTheSameForAll(SparkSession spark) {
        Random random = new Random(1);
        for (int s = 0; s < 40; s++) {
            for (int i = 0; i < 12; i++) {
                says(s, 0, "list", "$.items[*].id", "book-" + i);
                says(s, 0, "list", "$.items[*].stock", Integer.toString(i % 5));
                says(s, 0, "list", "$.items[*].rating", Integer.toString(i % 6));
                says(s, 0, "list", "$.items[*].title", "Title number " + i);
            }
            says(s, 0, "list", "$.total", "12");
            says(s, 0, "list", "$.page", "1");
            sends(s, 1, "item", "path:book_id", "book-" + random.nextInt(12));
            says(s, 1, "item", "$.pages", Integer.toString(random.nextInt(5)));
            sends(s, 2, "cart", "$.quantity", Integer.toString(1 + random.nextInt(3)));
        }
        assertThat(found(spark)).containsExactly("list response $.items[*].id -> item path:book_id 40 1.0 global");
    }

    @Test
    void namesTheEarliestHolderAsOrigin(SparkSession spark) {
        for (int s = 0; s < 10; s++) {
            sends(s, 0, "register", "$.email", "p" + s * 31337 + "@q.example");
            says(s, 0, "register", "$.user.email", "p" + s * 31337 + "@q.example");
            sends(s, 1, "login", "$.username", "p" + s * 31337 + "@q.example");
            says(s, 2, "create", "header:Location/-1", "order-" + s * 104729);
            says(s, 3, "read", "$.id", "order-" + s * 104729);
            sends(s, 4, "pay", "path:order_id", "order-" + s * 104729);
        }
        assertThat(found(spark))
                .containsExactly(
                        "create response header:Location/-1 -> pay path:order_id 10 1.0 session",
                        "register request $.email -> login $.username 10 1.0 session");
    }

    @Test
    void takesNoFlowFromALaterOrTheSameExchange(SparkSession spark) {
        for (int s = 0; s < 10; s++) {
            sends(s, 0, "put", "path:id", "item-" + s * 7919);
            says(s, 0, "put", "$.id", "item-" + s * 7919);
        }
        assertThat(found(spark)).isEmpty();
    }

    @Test
    void believesOneSessionWhereTheValueCannotBeChance(SparkSession spark) {
        says(0, 0, "login", "$.token", "0c8f4b1e-7d55-4d3c-9a50-0f0e5c1b9a77");
        says(0, 0, "login", "$.level", "3");
        sends(0, 1, "orders", "header:Authorization", "0c8f4b1e-7d55-4d3c-9a50-0f0e5c1b9a77");
        sends(0, 1, "orders", "query:limit", "3");
        assertThat(found(spark)).containsExactly("login response $.token -> orders header:Authorization 1 1.0 session");
    }

    @Test
    void findsNothingInTrafficWithoutValues(SparkSession spark) {
        assertThat(found(spark)).isEmpty();
    }

    private void says(int session, int step, String endpoint, String location, String text) {
        add(session, step, endpoint, ValueTransform.RESPONSE, location, text);
    }

    private void sends(int session, int step, String endpoint, String location, String text) {
        add(session, step, endpoint, ValueTransform.REQUEST, location, text);
    }

    private void add(int session, int step, String endpoint, String part, String location, String text) {
        String name = "s" + session;
        rows.add(RowFactory.create(
                name, "a" + session, step, endpoint, part, location, text, Surprise.bits(text), false, (long)
                        text.hashCode()));
    }

    private List<String> found(SparkSession spark) {
        Dataset<Row> values = spark.createDataFrame(rows, VALUES);
        return DependencyTransform.apply(values, UnaryOperator.identity()).collectAsList().stream()
                .map(row -> row.getAs(DependencyTable.PRODUCER_ENDPOINT_ID) + " "
                        + row.getAs(DependencyTable.PRODUCER_PART) + " " + row.getAs(DependencyTable.PRODUCER_LOCATION)
                        + " -> " + row.getAs(DependencyTable.CONSUMER_ENDPOINT_ID) + " "
                        + row.getAs(DependencyTable.CONSUMER_LOCATION) + " " + row.getAs(DependencyTable.SUPPORT) + " "
                        + row.getAs(DependencyTable.CONFIDENCE) + " " + row.getAs(DependencyTable.SCOPE))
                .sorted()
                .toList();
    }
}
