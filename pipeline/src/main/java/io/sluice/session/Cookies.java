package io.sluice.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which cookies recognise a sender. */
final class Cookies {
    private static final Pattern SESSION =
            Pattern.compile(".*(sess|sid|auth|token|jwt|login|remember|identity|ticket|visit|visid).*");
    private static final Pattern NOT_SESSION = Pattern.compile(".*(csrf|xsrf|consent|analytics).*");
    private static final int SHORTEST = 8;

    private Cookies() {}

    /** Session cookies of a Cookie header. */
    static List<Credential> sent(String header) {
        List<Credential> found = new ArrayList<>();
        for (String pair : header.split(";", -1)) {
            add(pair, found);
        }
        return found;
    }

    /** The session cookie that a Set-Cookie header gives, if it is one. */
    static List<Credential> given(String header) {
        List<Credential> found = new ArrayList<>();
        add(header.split(";", 2)[0], found);
        return found;
    }

    private static void add(String pair, List<Credential> found) {
        int equals = pair.indexOf('=');
        if (equals <= 0) {
            return;
        }
        String name = pair.substring(0, equals).strip();
        String value = pair.substring(equals + 1).strip();
        String plain = name.toLowerCase(Locale.ROOT);
        Credential cookie = Credential.cookie(name, value);
        boolean session =
                SESSION.matcher(plain).matches() && !NOT_SESSION.matcher(plain).matches();
        if (cookie.kind() == ActorKind.JWT || (session && value.length() >= SHORTEST)) {
            found.add(cookie);
        }
    }
}
