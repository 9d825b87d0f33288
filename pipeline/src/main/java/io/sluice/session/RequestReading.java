package io.sluice.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request says about its sender. */
final class RequestReading {
    private static final Set<String> KEY_HEADERS =
            Set.of("xapikey", "apikey", "xapisecret", "xfunctionskey", "ocpapimsubscriptionkey", "xgoogapikey");
    private static final Set<String> TOKEN_HEADERS = Set.of(
            "xauthtoken", "xaccesstoken", "xsessiontoken", "xsessionid", "xusertoken", "privatetoken", "xvaulttoken");
    private static final Set<String> KEY_PARAMETERS = Set.of("apikey", "appid", "subscriptionkey");
    private static final Set<String> TOKEN_PARAMETERS = Set.of("accesstoken", "authtoken", "sessiontoken");
    private static final Set<String> USERS = Set.of(
            "username",
            "user",
            "email",
            "emailaddress",
            "login",
            "loginid",
            "userid",
            "account",
            "identifier",
            "phone");
    private static final Set<String> SECRETS =
            Set.of("password", "passwd", "pwd", "pass", "passphrase", "passcode", "pin", "otp", "secret");
    private static final Set<String> REFRESH = Set.of("refreshtoken");
    private static final Pattern DIGEST_USER = Pattern.compile("username=\"([^\"]+)\"");
    private static final Pattern SIGNATURE_KEY = Pattern.compile("Credential=([^/,\\s]+)");

    private final Message request;
    private final String query;

    RequestReading(Message request, String query) {
        this.request = request;
        this.query = query;
    }

    /** Everything that recognises the sender, the best first. */
    List<Credential> credentials() {
        List<Credential> found = new ArrayList<>();
        request.header("Authorization").forEach(value -> authorization(value).ifPresent(found::add));
        for (Message.Header header : request.headers()) {
            String name = Json.plain(header.name());
            if (KEY_HEADERS.contains(name)) {
                found.add(new Credential(ActorKind.API_KEY, header.value()));
            } else if (TOKEN_HEADERS.contains(name)) {
                found.add(Credential.token(header.value()));
            }
        }
        Message.form(query, KEY_PARAMETERS).forEach(key -> found.add(new Credential(ActorKind.API_KEY, key)));
        Message.form(query, TOKEN_PARAMETERS).forEach(token -> found.add(Credential.token(token)));
        request.header("Cookie").forEach(value -> found.addAll(Cookies.sent(value)));
        found.removeIf(credential -> credential.value().isBlank());
        return found.stream()
                .sorted((a, b) -> a.kind().compareTo(b.kind()))
                .distinct()
                .toList();
    }

    /** The user name that comes with a password. */
    Optional<Credential> login() {
        if (request.fields(SECRETS).isEmpty()) {
            return Optional.empty();
        }
        return request.fields(USERS).stream()
                .filter(user -> !user.isBlank())
                .findFirst()
                .map(user -> new Credential(ActorKind.LOGIN, user));
    }

    /** The token that is handed in for a new one. */
    Optional<Credential> refresh() {
        return request.fields(REFRESH).stream().findFirst().map(Credential::token);
    }

    private static Optional<Credential> authorization(String value) {
        String[] parts = value.strip().split("\\s+", 2);
        String rest = parts.length == 2 ? parts[1] : parts[0];
        return switch (parts.length == 2 ? parts[0].toLowerCase(Locale.ROOT) : "") {
            case "basic" -> basic(rest);
            case "digest" -> group(DIGEST_USER, rest).map(user -> new Credential(ActorKind.BASIC, user));
            case "apikey", "api-key", "key", "geniekey" -> Optional.of(new Credential(ActorKind.API_KEY, rest));
            case "aws4-hmac-sha256" -> group(SIGNATURE_KEY, rest).map(key -> new Credential(ActorKind.API_KEY, key));
            default -> Optional.of(Credential.token(rest));
        };
    }

    private static Optional<Credential> basic(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            String user = pair.contains(":") ? pair.substring(0, pair.indexOf(':')) : pair;
            return Optional.of(new Credential(ActorKind.BASIC, user));
        } catch (IllegalArgumentException notBase64) {
            return Optional.of(new Credential(ActorKind.TOKEN, encoded));
        }
    }

    private static Optional<String> group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
