package io.sluice.jobs.demo;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * An invented visitor. Mail domains and addresses are reserved for documentation (RFC 2606, RFC 5737), telephone
 * numbers for fiction (555-01xx), card numbers for tests.
 */
record Person(
        String name,
        String email,
        String password,
        String phone,
        PostalAddress address,
        String cardNumber,
        String networkAddress,
        String userAgent) {
    private static final List<String> FIRST = List.of(
            "Ada", "Bela", "Chidi", "Dana", "Emre", "Freya", "Goran", "Hana", "Ivo", "Jasmin", "Kofi", "Lena", "Marek",
            "Noor", "Olga", "Priya", "Quentin", "Rosa", "Sven", "Tala");
    private static final List<String> LAST = List.of(
            "Ashgrove",
            "Birchmere",
            "Coldwater",
            "Dunmore",
            "Elmhurst",
            "Fairbourne",
            "Glenrock",
            "Hollowell",
            "Ironwood",
            "Juniper",
            "Kestrelby",
            "Larkspur",
            "Moorland",
            "Northgate",
            "Oakhaven");
    private static final List<String> STREETS =
            List.of("Example Road", "Sample Street", "Placeholder Lane", "Fiction Square", "Imaginary Avenue");
    private static final List<String> CITIES =
            List.of("Exampleton", "Samplewick", "Testville", "Port Fiction", "Mockbury");
    private static final List<String> MAIL = List.of("example.org", "example.com", "example.net", "mail.example");
    private static final List<String> CARDS =
            List.of("4111111111111111", "4242424242424242", "5555555555554444", "5105105105105100", "378282246310005");
    private static final List<String> NETWORKS = List.of("192.0.2.", "198.51.100.", "203.0.113.");
    private static final List<String> BROWSERS = List.of(
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.6 Safari/605.1.15",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
            "BookshopApp/3.2 (Android 15)");
    private static final int HOSTS = 254;

    /** The visitor with this {@code number}, who shares mail and network address with nobody below 762. */
    static Person invent(int number, SplittableRandom random) {
        String first = pick(FIRST, random);
        String last = pick(LAST, random);
        String email = (first + "." + last + number).toLowerCase(Locale.ROOT) + "@" + pick(MAIL, random);
        return new Person(
                first + " " + last,
                email,
                "Pw-" + Long.toString(random.nextLong(1L << 50), 36) + "!",
                "+1-202-555-01%02d".formatted(random.nextInt(100)),
                address(random),
                pick(CARDS, random),
                NETWORKS.get(number / HOSTS % NETWORKS.size()) + (1 + number % HOSTS),
                pick(BROWSERS, random));
    }

    /** A place to live. */
    static PostalAddress address(SplittableRandom random) {
        return new PostalAddress(
                (1 + random.nextInt(200)) + " " + pick(STREETS, random),
                "%05d".formatted(random.nextInt(100_000)),
                pick(CITIES, random),
                "XX");
    }

    static <T> T pick(List<T> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
