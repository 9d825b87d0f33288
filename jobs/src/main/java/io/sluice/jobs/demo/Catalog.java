package io.sluice.jobs.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The books and authors on offer: the same titles at every start, under fresh ids. */
final class Catalog {
    /** What can be searched for; every word finds books. */
    static final List<String> SUBJECTS = List.of(
            "harbor", "winter", "garden", "clock", "river", "atlas", "chess", "lantern", "orchard", "comet", "bread",
            "railway");

    private static final List<String> TITLES = List.of(
            "The %s at Noon",
            "Letters from the %s",
            "A Short History of the %s",
            "%s and Other Stories",
            "What the %s Knew",
            "The Last %s");
    private static final List<String> AUTHORS = List.of(
            "Mira Sandvale",
            "Otto Brandlew",
            "Inés Calderwick",
            "Tomas Eldergren",
            "Yuki Harrowmoor",
            "Nadia Fenwright",
            "Pavel Quillstone",
            "Asha Merrowdale",
            "Liam Thistlebeck",
            "Zora Wexcombe");

    /** A price in minor units, e.g. 1299 for 12.99. */
    record Price(int amount, String currency) {}

    /** A book as search results show it. */
    record Listed(String id, String title, String authorId, Price price) {}

    /** A book as its own page shows it. */
    record Book(
            String id,
            String isbn,
            String title,
            Author author,
            Price price,
            String subject,
            int pages,
            String description) {
        Listed listed() {
            return new Listed(id, title, author.id(), price);
        }
    }

    /** Who wrote it. */
    record Author(String id, String name) {}

    private record Welcome(List<Listed> newest, List<String> subjects) {}

    private record Found(String query, int total, List<Listed> items) {}

    private record AuthorPage(String id, String name, List<Listed> books) {}

    private final Map<String, Book> books = new LinkedHashMap<>();
    private final Map<String, Author> authors = new LinkedHashMap<>();

    Catalog(FreshIds ids) {
        List<Author> writers = new ArrayList<>();
        for (String name : AUTHORS) {
            String slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
            Author author = new Author(ids.code(slug + "-", 4), name);
            writers.add(author);
            authors.put(author.id(), author);
        }
        int number = 0;
        for (String subject : SUBJECTS) {
            String word = Character.toUpperCase(subject.charAt(0)) + subject.substring(1);
            for (String title : TITLES) {
                Author author = writers.get(number * 7 % writers.size());
                Price price = new Price(799 + number * 137 % 2400, "EUR");
                Book book = new Book(
                        ids.code("bk-", 9),
                        ids.isbn(),
                        title.formatted(word),
                        author,
                        price,
                        subject,
                        120 + number * 53 % 500,
                        "A book about the " + subject + ", with a map and an index.");
                books.put(book.id(), book);
                number++;
            }
        }
    }

    void addTo(Router router) {
        router.on("GET", "/", call -> Answer.ok(new Welcome(newest(), SUBJECTS)))
                .on("GET", "/search", this::search)
                .on("GET", "/books/{id}", call -> Answer.ok(book(call.place("id"))))
                .on("GET", "/authors/{id}", this::author);
    }

    /** The book; a 404 where the id is not of this start. */
    Book book(String id) {
        Book book = books.get(id);
        if (book == null) {
            throw new Refusal(404, "no such book");
        }
        return book;
    }

    private List<Listed> newest() {
        return books.values().stream().limit(5).map(Book::listed).toList();
    }

    private Answer search(Call call) {
        String wanted = call.query("q").toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            throw new Refusal(400, "q is missing");
        }
        List<Listed> found = books.values().stream()
                .filter(book -> book.title().toLowerCase(Locale.ROOT).contains(wanted))
                .map(Book::listed)
                .toList();
        return Answer.ok(new Found(wanted, found.size(), found));
    }

    private Answer author(Call call) {
        Author author = authors.get(call.place("id"));
        if (author == null) {
            throw new Refusal(404, "no such author");
        }
        List<Listed> written = books.values().stream()
                .filter(book -> book.author().equals(author))
                .map(Book::listed)
                .toList();
        return Answer.ok(new AuthorPage(author.id(), author.name(), written));
    }
}
