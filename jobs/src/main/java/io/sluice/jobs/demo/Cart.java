package io.sluice.jobs.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What each customer means to buy. */
final class Cart {
    private static final Pattern ID = Pattern.compile(".{1,64}");
    private static final int MOST_COPIES = 20;

    /** Some copies of one book. */
    record Item(String id, String bookId, String title, int quantity, Catalog.Price price) {}

    private final Map<String, List<Item>> byAccount = new ConcurrentHashMap<>();
    private final FreshIds ids;
    private final Accounts accounts;
    private final Catalog catalog;

    Cart(FreshIds ids, Accounts accounts, Catalog catalog) {
        this.ids = ids;
        this.accounts = accounts;
        this.catalog = catalog;
    }

    void addTo(Router router) {
        router.on("GET", "/cart", this::show)
                .on("POST", "/cart/items", this::add)
                .on("DELETE", "/cart/items/{id}", this::remove);
    }

    /** Takes everything out of the account's cart; a 409 where nothing is in it. */
    List<Item> empty(Accounts.Account account) {
        List<Item> items = byAccount.remove(account.id());
        if (items == null || items.isEmpty()) {
            throw new Refusal(409, "the cart is empty");
        }
        return items;
    }

    static int total(List<Item> items) {
        return items.stream()
                .mapToInt(item -> item.quantity() * item.price().amount())
                .sum();
    }

    private Answer show(Call call) {
        List<Item> items = byAccount.getOrDefault(accounts.of(call).id(), List.of());
        Map<String, Object> cart = new LinkedHashMap<>();
        cart.put("items", items);
        cart.put("total", new Catalog.Price(total(items), "EUR"));
        return Answer.ok(cart);
    }

    private Answer add(Call call) {
        Accounts.Account account = accounts.of(call);
        JsonNode body = call.body();
        Catalog.Book book = catalog.book(Call.text(body, "/bookId", ID));
        int quantity = Call.number(body, "/quantity", MOST_COPIES);
        Item item = new Item(ids.code("ci", 12), book.id(), book.title(), quantity, book.price());
        byAccount.merge(account.id(), List.of(item), Cart::joined);
        return Answer.created("/cart/items/" + item.id(), item);
    }

    private Answer remove(Call call) {
        Accounts.Account account = accounts.of(call);
        String id = call.place("id");
        List<Item> before = byAccount.getOrDefault(account.id(), List.of());
        List<Item> after = before.stream().filter(item -> !item.id().equals(id)).toList();
        if (after.size() == before.size()) {
            throw new Refusal(404, "this is not in the cart");
        }
        byAccount.put(account.id(), after);
        return Answer.nothing();
    }

    private static List<Item> joined(List<Item> first, List<Item> second) {
        List<Item> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
