package io.sluice.jobs.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A small real web shop on a loopback port, whose ids and tokens are new at every start: an unknown id is a 404, a
 * missing or stale token a 401, a body that makes no sense a 400.
 */
public final class Bookshop implements AutoCloseable {
    /** How it is known to the outside; the name is reserved and resolves nowhere. */
    public static final String SERVICE = "bookshop";

    private static final int ONE_SLOW_IN = 100;
    private static final Duration SLOW = Duration.ofMillis(250);

    private final FreshIds ids;
    private final AtomicLong answered = new AtomicLong();
    private final LoopbackServer server;

    private Bookshop(long seed, URI payments) {
        ids = new FreshIds(seed);
        Accounts accounts = new Accounts(ids, new Tokens(ids.key(), Clock.systemUTC()));
        Catalog catalog = new Catalog(ids);
        Cart cart = new Cart(ids, accounts, catalog);
        Router router = new Router();
        accounts.addTo(router);
        catalog.addTo(router);
        new Reviews(ids, accounts, catalog).addTo(router);
        cart.addTo(router);
        new Orders(ids, accounts, cart, new PaymentClient(payments)).addTo(router);
        server = LoopbackServer.start(SERVICE, withVisitCookie(router));
    }

    /** Starts on a free port; {@code seed} decides ids and the key of the tokens, {@code payments} takes charges. */
    public static Bookshop start(long seed, URI payments) {
        return new Bookshop(seed, payments);
    }

    public URI uri() {
        return server.uri();
    }

    @Override
    public void close() {
        server.close();
    }

    private HttpHandler withVisitCookie(Router router) {
        return exchange -> {
            if (answered.incrementAndGet() % ONE_SLOW_IN == 0) {
                pause();
            }
            String cookies = exchange.getRequestHeaders().getFirst("Cookie");
            if (cookies == null || !cookies.contains("visit=")) {
                greet(exchange);
            }
            router.handle(exchange);
        };
    }

    private void greet(HttpExchange exchange) {
        exchange.getResponseHeaders().add("Set-Cookie", "visit=" + ids.code("", 24) + "; Path=/; HttpOnly");
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(SLOW.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the bookshop is closing", e);
        }
    }
}
