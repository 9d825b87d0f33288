package io.sluice.jobs.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The visitors of one opening of the shop; {@code seed} decides who comes and what they do, {@code limit} when those
 * who are still there are sent home.
 */
public record Crowd(int visitors, int atOnce, Duration thinking, Duration limit, long seed) {
    private static final int MOST_VISITORS = 762;

    /** Who came, and how many requests they sent. */
    public record Attendance(Map<VisitorKind, Integer> visitors, int requests, int sentHome) {}

    public Crowd {
        if (visitors < 1 || visitors > MOST_VISITORS || atOnce < 1) {
            throw new IllegalArgumentException("1 to " + MOST_VISITORS + " visitors, at least 1 at once");
        }
    }

    /** Two hundred visitors, forty at a time, in about fifteen seconds. */
    public static Crowd usual(long seed) {
        return new Crowd(200, 40, Duration.ofMillis(230), Duration.ofSeconds(60), seed);
    }

    /** The kind of each visitor in order of arrival: shares as declared, rounded, in a seeded shuffle. */
    List<VisitorKind> kinds() {
        List<VisitorKind> kinds = new ArrayList<>();
        for (VisitorKind kind : VisitorKind.values()) {
            kinds.addAll(Collections.nCopies(Math.round(visitors * kind.percent() / 100f), kind));
        }
        while (kinds.size() < visitors) {
            kinds.add(VisitorKind.GUEST);
        }
        Collections.shuffle(kinds, new Random(seed));
        return List.copyOf(kinds.subList(0, visitors));
    }

    /** Sends everybody to {@code shop} and returns once the last has left. */
    public Attendance visit(URI shop) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(limit)
                .build();
        ExecutorService doors = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<Integer>> visits = new ArrayList<>();
            SplittableRandom seeds = new SplittableRandom(seed);
            for (VisitorKind kind : kinds()) {
                int number = visits.size();
                SplittableRandom own = seeds.split();
                visits.add(doors.submit(() -> requestsOf(kind, number, own, new Door(client, shop))));
            }
            doors.shutdown();
            if (!doors.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                visits.forEach(visit -> visit.cancel(true));
            }
            return attendance(visits);
        } finally {
            doors.shutdownNow();
            doors.awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    /** The e-mail address by which the shop knows the first visitor of {@code kind}. */
    public String mailOfFirst(VisitorKind kind) {
        SplittableRandom seeds = new SplittableRandom(seed);
        List<VisitorKind> kinds = kinds();
        int first = kinds.indexOf(kind);
        for (int number = 0; number < first; number++) {
            seeds.split();
        }
        return Person.invent(first, seeds.split()).email();
    }

    private record Door(HttpClient client, URI shop) {}

    private int requestsOf(VisitorKind kind, int number, SplittableRandom random, Door door)
            throws InterruptedException {
        Person person = Person.invent(number, random);
        Browser browser = new Browser(door.client(), door.shop(), person);
        if (number < atOnce) {
            Thread.sleep(random.nextLong(4 * thinking.toMillis() + 1)); // nobody queues before a shop opens
        }
        kind.visit(new Visitor(person, browser, random, thinking));
        return browser.requests();
    }

    private Attendance attendance(List<Future<Integer>> visits) throws InterruptedException {
        Map<VisitorKind, Integer> came = new EnumMap<>(VisitorKind.class);
        kinds().forEach(kind -> came.merge(kind, 1, Integer::sum));
        int requests = 0;
        int sentHome = 0;
        for (Future<Integer> visit : visits) {
            try {
                requests += visit.get();
            } catch (CancellationException e) {
                sentHome++;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a visit to the bookshop went wrong", e.getCause());
            }
        }
        return new Attendance(came, requests, sentHome);
    }
}
