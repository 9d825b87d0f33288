package io.sluice.jobs.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What customers bought, and whether it is paid. */
final class Orders {
    private static final Pattern CARD = Pattern.compile("[0-9]{12,19}");
    private static final Pattern WORD = Pattern.compile(".{1,100}");

    private record Order(int id, String accountId, String chargeId, int total, List<Cart.Item> items) {
        Map<String, Object> shown(String status) {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("id", id);
            shown.put("status", status);
            shown.put("total", new Catalog.Price(total, "EUR"));
            shown.put("items", items);
            return shown;
        }
    }

    private final Map<String, Order> byId = new ConcurrentHashMap<>();
    private final FreshIds ids;
    private final Accounts accounts;
    private final Cart cart;
    private final PaymentClient payments;

    Orders(FreshIds ids, Accounts accounts, Cart cart, PaymentClient payments) {
        this.ids = ids;
        this.accounts = accounts;
        this.cart = cart;
        this.payments = payments;
    }

    void addTo(Router router) {
        router.on("POST", "/orders", this::place).on("GET", "/orders/{id}", this::status);
    }

    private Answer place(Call call) {
        Accounts.Account account = accounts.of(call);
        JsonNode body = call.body();
        PaymentClient.Card card = new PaymentClient.Card(
                Call.text(body, "/card/number", CARD),
                Call.text(body, "/card/expiry", WORD),
                Call.text(body, "/card/holder", WORD));
        PostalAddress.in(body, "/shipTo");
        List<Cart.Item> items = cart.empty(account);
        int number = ids.orderNumber();
        String charge = payments.charge(card, Cart.total(items), number);
        Order order = new Order(number, account.id(), charge, Cart.total(items), items);
        byId.put(Integer.toString(number), order);
        return Answer.created("/orders/" + number, order.shown("placed"));
    }

    private Answer status(Call call) {
        Accounts.Account account = accounts.of(call);
        Order order = byId.get(call.place("id"));
        if (order == null || !order.accountId().equals(account.id())) {
            throw new Refusal(404, "no such order");
        }
        return Answer.ok(order.shown(payments.state(order.chargeId())));
    }
}
