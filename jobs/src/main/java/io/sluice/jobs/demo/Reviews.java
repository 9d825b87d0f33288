package io.sluice.jobs.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** What customers wrote about books. */
final class Reviews {
    private static final Pattern TEXT = Pattern.compile("(?s).{1,2000}");
    private static final int MOST_STARS = 5;

    private record Review(String id, int rating, String text, String writtenBy) {}

    private final Map<String, List<Review>> byBook = new ConcurrentHashMap<>();
    private final FreshIds ids;
    private final Accounts accounts;
    private final Catalog catalog;

    Reviews(FreshIds ids, Accounts accounts, Catalog catalog) {
        this.ids = ids;
        this.accounts = accounts;
        this.catalog = catalog;
    }

    void addTo(Router router) {
        router.on("GET", "/books/{id}/reviews", this::show).on("POST", "/books/{id}/reviews", this::write);
    }

    private Answer show(Call call) {
        return Answer.ok(Map.of("reviews", of(catalog.book(call.place("id")))));
    }

    private Answer write(Call call) {
        Accounts.Account writer = accounts.of(call);
        Catalog.Book book = catalog.book(call.place("id"));
        JsonNode body = call.body();
        Review review = new Review(
                ids.code("rv-", 7),
                Call.number(body, "/rating", MOST_STARS),
                Call.text(body, "/text", TEXT),
                writer.name());
        of(book).add(review);
        return Answer.created("/books/" + book.id() + "/reviews", review);
    }

    private List<Review> of(Catalog.Book book) {
        return byBook.computeIfAbsent(book.id(), id -> new CopyOnWriteArrayList<>());
    }
}
