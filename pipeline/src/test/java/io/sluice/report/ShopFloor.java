package io.sluice.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What there is to see in the invented shop, and who comes. */
final class ShopFloor {
    static final String SERVICE = "bookshop";
    static final String HOST = "shop.example";

    /** What an endpoint is like: how long it takes and how often it fails. */
    record Page(String id, String method, String template, int medianMillis, double failures) {}

    /** A kind of visitor: its share and the endpoints it goes through. */
    record Visitor(String name, double share, List<String> way) {}

    /** From one endpoint to the next; null is the start or the end of a session. */
    record Hop(@Nullable String from, @Nullable String to) {}

    static final Map<String, Page> PAGES = pages();
    static final List<Visitor> VISITORS = List.of(
            new Visitor(
                    "browse, search",
                    0.52,
                    List.of("search", "book", "reviews", "search", "book", "author", "search", "cover")),
            new Visitor("login, order", 0.27, List.of("login", "search", "book", "cart", "add", "order", "receipt")),
            new Visitor("login, profile", 0.15, List.of("login", "profile", "edit", "orders", "receipt", "logout")),
            new Visitor("stock feed", 0.06, List.of("stock", "stock", "stock", "stock", "stock")));

    private ShopFloor() {}

    static Page page(String id) {
        return Objects.requireNonNull(PAGES.get(id), id);
    }

    private static Map<String, Page> pages() {
        Map<String, Page> pages = new LinkedHashMap<>();
        List.of(
                        new Page("search", "GET", "/books", 38, 0.01),
                        new Page("book", "GET", "/books/{book_id}", 14, 0.03),
                        new Page("reviews", "GET", "/books/{book_id}/reviews", 22, 0.02),
                        new Page("author", "GET", "/authors/{author_id}", 11, 0.02),
                        new Page("cover", "GET", "/covers/{cover_id}", 4, 0.08),
                        new Page("login", "POST", "/sessions", 120, 0.05),
                        new Page("logout", "DELETE", "/sessions/current", 6, 0.0),
                        new Page("profile", "GET", "/profile", 9, 0.01),
                        new Page("edit", "PUT", "/profile/address", 27, 0.04),
                        new Page("cart", "POST", "/carts", 18, 0.0),
                        new Page("add", "POST", "/carts/{cart_id}/items", 21, 0.02),
                        new Page("order", "POST", "/orders", 310, 0.06),
                        new Page("orders", "GET", "/orders", 33, 0.01),
                        new Page("receipt", "GET", "/orders/{order_id}", 16, 0.02),
                        new Page("stock", "GET", "/stock/feed", 2, 0.0),
                        new Page("charge", "POST", "/v2/charges", 240, 0.03))
                .forEach(page -> pages.put(page.id(), page));
        return pages;
    }
}
