package io.sluice.jobs.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bookshop's customers: registration, login and profile. */
final class Accounts {
    /** A customer; the password stays in the service. */
    record Account(String id, String email, String name, String password) {}

    private record Named(String id, String name) {}

    private record LoggedIn(String token, String tokenType, long expiresIn, Named user) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Profile(
            String id,
            String name,
            String email,
            @Nullable String phone,
            @Nullable PostalAddress address) {}

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,190}\\.[a-z]{2,}");
    private static final Pattern NAME = Pattern.compile(".{1,100}");
    private static final Pattern PASSWORD = Pattern.compile(".{6,200}");
    private static final Pattern PHONE = Pattern.compile("[+0-9(). -]{7,24}");

    private final Map<String, Account> byEmail = new ConcurrentHashMap<>();
    private final Map<String, Account> byId = new ConcurrentHashMap<>();
    private final Map<String, Profile> profiles = new ConcurrentHashMap<>();
    private final FreshIds ids;
    private final Tokens tokens;

    Accounts(FreshIds ids, Tokens tokens) {
        this.ids = ids;
        this.tokens = tokens;
    }

    void addTo(Router router) {
        router.on("POST", "/users", this::register)
                .on("POST", "/login", this::login)
                .on("GET", "/users/{id}/profile", this::profile)
                .on("PUT", "/users/{id}/profile", this::changeProfile);
    }

    /** The account that the call's token belongs to; a 401 without one. */
    Account of(Call call) {
        Account account = byId.get(tokens.subject(call.header("Authorization")));
        if (account == null) {
            throw new Refusal(401, "nobody has this token");
        }
        return account;
    }

    private Answer register(Call call) {
        JsonNode body = call.body();
        Account account = new Account(
                ids.uuid().toString(),
                Call.text(body, "/email", EMAIL),
                Call.text(body, "/name", NAME),
                Call.text(body, "/password", PASSWORD));
        if (byEmail.putIfAbsent(account.email(), account) != null) {
            throw new Refusal(409, "this address is registered already");
        }
        byId.put(account.id(), account);
        Profile profile = new Profile(account.id(), account.name(), account.email(), null, null);
        profiles.put(account.id(), profile);
        return Answer.created("/users/" + account.id() + "/profile", profile);
    }

    private Answer login(Call call) {
        JsonNode body = call.body();
        Account account = byEmail.get(Call.text(body, "/email", EMAIL));
        if (account == null || !account.password().equals(Call.text(body, "/password", PASSWORD))) {
            throw new Refusal(401, "wrong address or password");
        }
        Named user = new Named(account.id(), account.name());
        return Answer.ok(new LoggedIn(tokens.sign(account), "Bearer", Tokens.LIFETIME.toSeconds(), user));
    }

    private Answer profile(Call call) {
        return Answer.ok(Objects.requireNonNull(profiles.get(ownerOf(call).id())));
    }

    private Answer changeProfile(Call call) {
        Account account = ownerOf(call);
        JsonNode body = call.body();
        Profile profile = new Profile(
                account.id(),
                Call.text(body, "/name", NAME),
                Call.text(body, "/email", EMAIL),
                Call.text(body, "/phone", PHONE),
                PostalAddress.in(body, "/address"));
        profiles.put(account.id(), profile);
        return Answer.ok(profile);
    }

    private Account ownerOf(Call call) {
        Account account = of(call);
        String id = call.place("id");
        if (!byId.containsKey(id)) {
            throw new Refusal(404, "no such user");
        }
        if (!account.id().equals(id)) {
            throw new Refusal(403, "this profile is somebody else's");
        }
        return account;
    }
}
