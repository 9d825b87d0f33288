package io.sluice.report;

import io.sluice.schemas.BehaviorModelTable;
import io.sluice.schemas.DependencyTable;
import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.FidelityTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** What is learned from the visitors: endpoints, models, dependencies, fidelity. */
final class ShopLessons {
    private final ShopRows rows;
    private final ShopVisits visits;

    ShopLessons(ShopRows rows, ShopVisits visits) {
        this.rows = rows;
        this.visits = visits;
    }

    void learn() {
        ShopFloor.PAGES
                .values()
                .forEach(page -> rows.add(EndpointTable.SPEC)
                        .set(EndpointTable.ENDPOINT_ID, page.id())
                        .set(EndpointTable.SERVICE, ShopFloor.SERVICE)
                        .set(EndpointTable.DIRECTION, page.id().equals("charge") ? "OUT" : "IN")
                        .set(EndpointTable.METHOD, page.method())
                        .set(EndpointTable.HOST, ShopFloor.HOST)
                        .set(EndpointTable.TEMPLATE, page.template())
                        .set(EndpointTable.EXCHANGE_COUNT, visits.exchanges(page.id()))
                        .set(EndpointTable.ACTOR_COUNT, 20L + page.medianMillis()));
        for (int kind = 0; kind < ShopFloor.VISITORS.size(); kind++) {
            model(kind, ShopFloor.VISITORS.get(kind));
        }
        dependency("login $.token", "profile header:Authorization", 118, 0.998);
        dependency("login $.token", "cart header:Authorization", 77, 0.991);
        dependency("login $.token", "order header:Authorization", 74, 0.987);
        dependency("search $.items[*].id", "book path:book_id", 203, 0.962);
        dependency("search $.items[*].cover", "cover path:cover_id", 96, 0.91);
        dependency("book $.author.id", "author path:author_id", 88, 0.944);
        dependency("book $.id", "reviews path:book_id", 121, 0.971);
        dependency("book path:book_id", "add $.bookId", 71, 0.93);
        dependency("cart header:Location", "add path:cart_id", 69, 1.0);
        dependency("order $.orderId", "receipt path:order_id", 64, 0.985);
        dependency("orders $.orders[*].id", "receipt path:order_id", 31, 0.71);
        dependency("profile cookie:csrf", "edit header:X-Csrf-Token", 33, 0.97);
        measurement(null, "replay_expected_status_share", 0.983, 0.412);
        measurement(null, "transition_log_loss", 0.84, 1.37);
        measurement(null, "endpoint_mix_distance", 0.031, 0.412);
        measurement("model-1", "transition_log_loss", 0.62, 1.41);
        measurement("model-3", "transition_log_loss", 0.33, 0.29);
    }

    private void dependency(String producer, String consumer, long support, double confidence) {
        String from = producer.substring(producer.indexOf(' ') + 1);
        rows.add(DependencyTable.SPEC)
                .set(DependencyTable.PRODUCER_ENDPOINT_ID, producer.substring(0, producer.indexOf(' ')))
                .set(DependencyTable.PRODUCER_PART, from.startsWith("path:") ? "request" : "response")
                .set(DependencyTable.PRODUCER_LOCATION, from)
                .set(DependencyTable.CONSUMER_ENDPOINT_ID, consumer.substring(0, consumer.indexOf(' ')))
                .set(DependencyTable.CONSUMER_LOCATION, consumer.substring(consumer.indexOf(' ') + 1))
                .set(DependencyTable.SUPPORT, support)
                .set(DependencyTable.CONFIDENCE, confidence)
                .set(DependencyTable.P_VALUE, Math.pow(10, -support / 9.0))
                .set(DependencyTable.SCOPE, "session");
    }

    private void model(int kind, ShopFloor.Visitor visitor) {
        Map<ShopFloor.Hop, List<Long>> hopped = visits.hops(kind);
        List<Row> transitions = new ArrayList<>();
        hopped.forEach((hop, thinks) -> {
            long leaving = hopped.entrySet().stream()
                    .filter(other -> Objects.equals(other.getKey().from(), hop.from()))
                    .mapToLong(other -> other.getValue().size())
                    .sum();
            List<Long> sorted = thinks.stream().sorted().toList();
            List<Long> deciles = IntStream.rangeClosed(1, 9)
                    .mapToObj(decile -> sorted.get(sorted.size() * decile / 10))
                    .toList();
            transitions.add(RowFactory.create(
                    hop.from(), hop.to(), (long) thinks.size(), thinks.size() / (double) leaving, deciles));
        });
        long sessions = hopped.entrySet().stream()
                .filter(hop -> hop.getKey().to() == null)
                .mapToLong(hop -> hop.getValue().size())
                .sum();
        rows.add(BehaviorModelTable.SPEC)
                .set(BehaviorModelTable.MODEL_ID, "model-" + kind)
                .set(BehaviorModelTable.CLUSTER, kind)
                .set(BehaviorModelTable.NAME, visitor.name())
                .set(BehaviorModelTable.ALGORITHM, "kmeans+markov1")
                .set(BehaviorModelTable.SESSION_COUNT, sessions)
                .set(BehaviorModelTable.ACTOR_COUNT, sessions * 2 / 3)
                .set(BehaviorModelTable.WEIGHT, sessions / (double) Shop.SESSIONS)
                .set(BehaviorModelTable.ARRIVALS_PER_MINUTE, sessions / 180.0)
                .set(BehaviorModelTable.TRANSITIONS, transitions)
                .set(BehaviorModelTable.SOURCE_VERSION, 3L);
    }

    private void measurement(@Nullable String model, String metric, double value, double baseline) {
        rows.add(FidelityTable.SPEC)
                .set(FidelityTable.MODEL_ID, model)
                .set(FidelityTable.METRIC, metric)
                .set(FidelityTable.BETTER, metric.endsWith("share") ? "higher" : "lower")
                .set(FidelityTable.VALUE, value)
                .set(FidelityTable.BASELINE_NAME, "plain baseline")
                .set(FidelityTable.BASELINE, baseline)
                .set(FidelityTable.SAMPLE_COUNT, 60L);
    }
}
