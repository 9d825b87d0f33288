package io.sluice.jobs.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** One person in the shop: what can be done there, with a pause for thought before each request. */
final class Visitor {
    private static final List<String> OPINIONS = List.of(
            "Could not put it down.",
            "The map alone is worth it.",
            "Too long, but a fine ending.",
            "A gift that was well received.",
            "Not what the cover promises.");

    private record Registration(String email, String name, String password) {}

    private record Credentials(String email, String password) {}

    private record Profile(String name, String email, String phone, PostalAddress address) {}

    private record Item(String bookId, int quantity) {}

    private record OrderForm(PostalAddress shipTo, PaymentClient.Card card) {}

    private record Opinion(int rating, String text) {}

    private final Person person;
    private final SplittableRandom random;
    private final Browser browser;
    private final Duration thinking;
    private JsonNode results = Call.JSON.createArrayNode();
    private JsonNode book = Call.JSON.createObjectNode();
    private String userId = "";
    private String lastItem = "";
    private String order = "";

    Visitor(Person person, Browser browser, SplittableRandom random, Duration thinking) {
        this.person = person;
        this.browser = browser;
        this.random = random;
        this.thinking = thinking;
    }

    /** True in {@code percent} of a hundred cases. */
    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** A number from {@code least} to {@code most}. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    void home() throws InterruptedException {
        think(0.6);
        browser.get("/");
    }

    void search() throws InterruptedException {
        think(1);
        String word = Person.pick(Catalog.SUBJECTS, random);
        results = browser.get("/search?q=" + URLEncoder.encode(word, StandardCharsets.UTF_8))
                .path("items");
    }

    void openBook() throws InterruptedException {
        think(0.7);
        book = browser.get("/books/" + oneOf(results).path("id").asText());
    }

    void openAuthor() throws InterruptedException {
        think(1.2);
        results = browser.get("/authors/" + book.at("/author/id").asText()).path("books");
    }

    void readReviews() throws InterruptedException {
        think(0.9);
        browser.get(reviews());
    }

    void writeReview() throws InterruptedException {
        think(2);
        browser.send("POST", reviews(), new Opinion(between(1, 5), Person.pick(OPINIONS, random)), 201);
    }

    void register() throws InterruptedException {
        think(1.8);
        browser.send("POST", "/users", new Registration(person.email(), person.name(), person.password()), 201);
    }

    /** Logs in; now and then only after a slip of the finger. */
    void logIn() throws InterruptedException {
        if (chance(6)) {
            think(1);
            browser.send("POST", "/login", credentials(person.password() + "x"), 401);
        }
        think(1);
        JsonNode session = browser.send("POST", "/login", credentials(person.password()), 200);
        browser.logIn(session.path("token").asText());
        userId = session.at("/user/id").asText();
    }

    void showProfile() throws InterruptedException {
        think(0.6);
        browser.get(profile());
    }

    void changeProfile() throws InterruptedException {
        think(2);
        PostalAddress address = chance(80) ? person.address() : Person.address(random);
        Profile changed = new Profile(person.name(), person.email(), person.phone(), address);
        browser.send("PUT", profile(), changed, 200);
    }

    void addToCart() throws InterruptedException {
        think(0.8);
        Item item = new Item(book.path("id").asText(), between(1, 3));
        lastItem = browser.send("POST", "/cart/items", item, 201).path("id").asText();
    }

    void removeLastItem() throws InterruptedException {
        think(0.7);
        browser.send("DELETE", "/cart/items/" + lastItem, null, 204);
    }

    void showCart() throws InterruptedException {
        think(0.6);
        browser.get("/cart");
    }

    void placeOrder() throws InterruptedException {
        think(2.2);
        PaymentClient.Card card = new PaymentClient.Card(person.cardNumber(), "12/31", person.name());
        OrderForm form = new OrderForm(person.address(), card);
        order = browser.send("POST", "/orders", form, 201).path("id").asText();
    }

    void showOrder() throws InterruptedException {
        think(1);
        browser.get("/orders/" + order);
    }

    private String reviews() {
        return "/books/" + book.path("id").asText() + "/reviews";
    }

    private String profile() {
        return "/users/" + userId + "/profile";
    }

    private Credentials credentials(String password) {
        return new Credentials(person.email(), password);
    }

    private JsonNode oneOf(JsonNode list) {
        return list.path(random.nextInt(list.size()));
    }

    /** Pauses: log-normal around {@code weight} times the usual pause. */
    private void think(double weight) throws InterruptedException {
        double gauss = 0;
        for (int i = 0; i < 12; i++) {
            gauss += random.nextDouble();
        }
        Thread.sleep(Math.round(thinking.toMillis() * weight * Math.exp(0.5 * (gauss - 6))));
    }
}
