package io.sluice.report;

import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The visitors of a morning: exchanges, sessions and their steps, drawn from a seed. */
final class ShopVisits {
    private static final int SLOWEST = 40;

    private final Random random = new Random(7);
    private final ShopRows rows;
    private final Map<String, Long> exchanges = new LinkedHashMap<>();
    private final List<Map<ShopFloor.Hop, List<Long>>> hops = new ArrayList<>();

    private record Place(String session, int index) {
        String exchange() {
            return session + "-" + index;
        }
    }

    ShopVisits(ShopRows rows) {
        this.rows = rows;
        ShopFloor.VISITORS.forEach(visitor -> hops.add(new LinkedHashMap<>()));
    }

    /** How many exchanges an endpoint had. */
    long exchanges(String endpoint) {
        return exchanges.getOrDefault(endpoint, 31L);
    }

    /** The think times of every transition that a kind of visitor made. */
    Map<ShopFloor.Hop, List<Long>> hops(int kind) {
        return hops.get(kind);
    }

    void trade() {
        for (int i = 0; i < Shop.SESSIONS; i++) {
            double at = i / (double) Shop.SESSIONS;
            double rush = 0.5 + 0.42 * Math.sin(at * 6.28 - 1.2) * at;
            long seconds = (long) (at * 3 * 3600 + rush * 1200);
            visit(i, Shop.OPENED.plusSeconds(seconds));
        }
    }

    private void visit(int number, Instant start) {
        int kind = drawn();
        ShopFloor.Visitor visitor = ShopFloor.VISITORS.get(kind);
        String session = "session-" + number;
        Instant now = start;
        String before = null;
        int index = 0;
        for (String step : visitor.way()) {
            if (random.nextDouble() < 0.22) {
                continue;
            }
            ShopFloor.Page page = ShopFloor.page(step);
            long think = before == null ? 0 : (long) Math.exp(random.nextGaussian() * 0.7 + 7.9);
            now = now.plusMillis(think);
            Duration took = took(page);
            Place place = new Place(session, index);
            exchange(place.exchange(), page, now, took);
            step(place, page, now, before == null ? null : think);
            hop(kind, before, page.id(), think);
            before = page.id();
            now = now.plus(took);
            index++;
            if (random.nextDouble() < 0.35 && (step.equals("search") || step.equals("stock"))) {
                hop(kind, before, before, think);
            }
        }
        hop(kind, before, null, 0);
        rows.add(SessionTable.SPEC)
                .set(SessionTable.SESSION_ID, session)
                .set(SessionTable.ACTOR, "actor-" + number % 171)
                .set(SessionTable.ACTOR_KIND, kind == 0 ? "address" : "jwt")
                .set(SessionTable.SERVICE, ShopFloor.SERVICE)
                .set(SessionTable.STARTED_AT, Timestamp.from(start))
                .set(SessionTable.ENDED_AT, Timestamp.from(now))
                .set(SessionTable.STEP_COUNT, index)
                .set(SessionTable.CLUSTER, kind);
    }

    private int drawn() {
        double draw = random.nextDouble();
        for (int i = 0; i < ShopFloor.VISITORS.size(); i++) {
            draw -= ShopFloor.VISITORS.get(i).share();
            if (draw < 0) {
                return i;
            }
        }
        return 0;
    }

    private Duration took(ShopFloor.Page page) {
        double millis = page.medianMillis() * Math.exp(random.nextGaussian() * 0.45);
        return Duration.ofNanos((long) (millis * (random.nextInt(SLOWEST) == 0 ? 8 : 1) * 1e6));
    }

    private void exchange(String id, ShopFloor.Page page, Instant at, Duration took) {
        Integer status = random.nextDouble() < page.failures()
                ? (random.nextInt(4) == 0 ? 503 : 404)
                : page.id().equals("login") && random.nextInt(5) == 0 ? Integer.valueOf(302) : Integer.valueOf(200);
        exchanges.merge(page.id(), 1L, Long::sum);
        rows.add(ExchangeTable.SPEC)
                .set(ExchangeTable.EXCHANGE_ID, id)
                .set(ExchangeTable.CAPTURED_AT, Timestamp.from(at))
                .set(ExchangeTable.SERVICE, ShopFloor.SERVICE)
                .set(ExchangeTable.METHOD, page.method())
                .set(ExchangeTable.PATH, page.template())
                .set(ExchangeTable.STATUS, random.nextInt(400) == 0 ? null : status)
                .set(ExchangeTable.SOURCE_FORMAT, "har")
                .set(ExchangeTable.DURATION_US, took.toNanos() / 1000);
    }

    private void step(Place place, ShopFloor.Page page, Instant at, @Nullable Long think) {
        rows.add(SessionStepTable.SPEC)
                .set(SessionStepTable.SESSION_ID, place.session())
                .set(SessionStepTable.STEP_INDEX, place.index())
                .set(SessionStepTable.EXCHANGE_ID, place.exchange())
                .set(SessionStepTable.ENDPOINT_ID, page.id())
                .set(SessionStepTable.CAPTURED_AT, Timestamp.from(at))
                .set(SessionStepTable.THINK_TIME_MS, think);
    }

    private void hop(int kind, @Nullable String from, @Nullable String to, long think) {
        hops.get(kind)
                .computeIfAbsent(new ShopFloor.Hop(from, to), hop -> new ArrayList<>())
                .add(think);
    }
}
