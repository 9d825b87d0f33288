package io.sluice.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ExchangeRows;
import io.sluice.SparkExtension;
import io.sluice.schemas.ExchangeTable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ActorTransformTest {
    private final SparkSession spark;

    ActorTransformTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void knowsAnActorByTheSubjectOfDifferentTokens() {
        ExchangeRows rows = new ExchangeRows()
                .add("GET", "/a")
                .header("authorization", "Bearer " + jwt("ada", 1))
                .add("GET", "/b")
                .header("Authorization", "Bearer " + jwt("ada", 2))
                .add("GET", "/c")
                .header("Cookie", "theme=dark; id=" + jwt("ada", 3))
                .add("GET", "/d")
                .header("Authorization", "Bearer " + jwt("bob", 4));

        assertThat(actors(rows)).containsExactly("A jwt", "A jwt", "A jwt", "B jwt");
    }

    @Test
    void joinsALoginWithWhatItsTokenDoesLater() {
        ExchangeRows rows = new ExchangeRows()
                .add("POST", "/login")
                .with(ExchangeTable.REQUEST_BODY, "{\"username\":\"ada\",\"password\":\"x\"}")
                .with(ExchangeTable.RESPONSE_BODY, "{\"data\":{\"access_token\":\"opaque-token-1\"}}")
                .add("GET", "/cart")
                .header("Authorization", "Bearer opaque-token-1")
                .add("POST", "/login")
                .with(ExchangeTable.REQUEST_BODY, "username=ada&password=wrong")
                .with(ExchangeTable.STATUS, 401)
                .add("GET", "/cart")
                .header("Authorization", "Bearer opaque-token-2");

        assertThat(actors(rows)).containsExactly("A login", "A login", "A login", "B token");
    }

    @Test
    void followsTokensThatReplaceEachOther() {
        ExchangeRows rows = new ExchangeRows()
                .add("POST", "/login")
                .with(ExchangeTable.REQUEST_BODY, "{\"email\":\"ada\",\"password\":\"x\"}")
                .with(ExchangeTable.RESPONSE_BODY, "{\"token\":\"token-number-1\",\"refresh_token\":\"refresh-1\"}")
                .add("POST", "/token")
                .with(ExchangeTable.REQUEST_BODY, "{\"refreshToken\":\"refresh-1\"}")
                .with(ExchangeTable.RESPONSE_BODY, "{\"token\":\"token-number-2\",\"refresh_token\":\"refresh-2\"}")
                .add("POST", "/token")
                .with(ExchangeTable.REQUEST_BODY, "{\"refreshToken\":\"refresh-2\"}")
                .with(ExchangeTable.RESPONSE_BODY, "{\"token\":\"token-number-3\"}")
                .add("GET", "/cart")
                .header("Authorization", "Bearer token-number-3");

        assertThat(actors(rows)).containsExactly("A login", "A login", "A login", "A login");
    }

    @Test
    void joinsASessionCookieWithTheUserThatSignedIn() {
        ExchangeRows rows = new ExchangeRows()
                .add("GET", "/")
                .responseHeader("Set-Cookie", "SESSIONID=abcdef123456; Path=/")
                .add("POST", "/signin")
                .header("Cookie", "SESSIONID=abcdef123456")
                .with(ExchangeTable.REQUEST_BODY, "login=ada&password=x")
                .responseHeader("Set-Cookie", "SESSIONID=fedcba654321; Path=/")
                .add("GET", "/cart")
                .header("Cookie", "lang=en; SESSIONID=fedcba654321")
                .add("GET", "/cart")
                .header("Cookie", "SESSIONID=000000000000");

        assertThat(actors(rows)).containsExactly("A login", "A login", "A login", "B cookie");
    }

    @Test
    void joinsALookAroundWithTheUserThatRegistersThenSignsIn() {
        ExchangeRows rows = new ExchangeRows()
                .add("GET", "/")
                .responseHeader("Set-Cookie", "visit=abcdef123456; Path=/")
                .add("GET", "/search")
                .header("Cookie", "visit=abcdef123456")
                .add("POST", "/users")
                .header("Cookie", "visit=abcdef123456")
                .with(ExchangeTable.REQUEST_BODY, "{\"email\":\"ada\",\"password\":\"x\"}")
                .add("POST", "/login")
                .header("Cookie", "visit=abcdef123456")
                .with(ExchangeTable.REQUEST_BODY, "{\"email\":\"ada\",\"password\":\"x\"}")
                .with(ExchangeTable.RESPONSE_BODY, "{\"token\":\"" + jwt("u-1", 1) + "\"}")
                .add("GET", "/cart")
                .header("Authorization", "Bearer " + jwt("u-1", 2));

        assertThat(actors(rows)).containsExactly("A jwt", "A jwt", "A jwt", "A jwt", "A jwt");
    }

    @Test
    void doesNotJoinUsersThroughATokenThatAllOfThemGot() {
        ExchangeRows rows = new ExchangeRows()
                .add("POST", "/login")
                .with(ExchangeTable.REQUEST_BODY, "{\"username\":\"ada\",\"password\":\"x\"}")
                .with(ExchangeTable.RESPONSE_BODY, "{\"token\":\"the-same-token\"}")
                .add("POST", "/login")
                .with(ExchangeTable.REQUEST_BODY, "{\"username\":\"bob\",\"password\":\"x\"}")
                .with(ExchangeTable.RESPONSE_BODY, "{\"token\":\"the-same-token\"}")
                .add("GET", "/cart")
                .header("Authorization", "Bearer the-same-token");

        assertThat(actors(rows)).containsExactly("A login", "B login", "C token");
    }

    @Test
    void tellsUsersOfOneProgramKeyApart() {
        String ada = Base64.getEncoder().encodeToString("ada:x".getBytes(StandardCharsets.UTF_8));
        ExchangeRows rows = new ExchangeRows()
                .add("GET", "/a")
                .header("Authorization", "Basic " + ada)
                .header("X-Api-Key", "k1")
                .add("GET", "/a")
                .header("x-api-key", "k1")
                .add("GET", "/a")
                .with(ExchangeTable.QUERY, "q=1&api_key=k1");

        assertThat(actors(rows)).containsExactly("A basic", "B api_key", "B api_key");
    }

    @Test
    void fallsBackOnAddressAndUserAgent() {
        ExchangeRows rows = new ExchangeRows()
                .add("GET", "/a")
                .with(ExchangeTable.CLIENT_ADDRESS, "10.0.0.1")
                .header("User-Agent", "one")
                .add("GET", "/b")
                .with(ExchangeTable.CLIENT_ADDRESS, "10.0.0.1")
                .header("User-Agent", "two")
                .add("GET", "/c")
                .with(ExchangeTable.CLIENT_ADDRESS, "10.0.0.1")
                .header("user-agent", "one")
                .add("GET", "/d")
                .add("GET", "/pay")
                .with(ExchangeTable.DIRECTION, "OUT");

        assertThat(actors(rows)).containsExactly("A address", "B address", "A address", "C address", "D service");
    }

    @Test
    void survivesBodiesAndHeadersThatAreNoGood() {
        ExchangeRows rows = new ExchangeRows()
                .add("POST", "/login")
                .header("Authorization", "Basic !!!")
                .header("Cookie", "=; ;x")
                .with(ExchangeTable.REQUEST_BODY, "{\"username\": [")
                .with(ExchangeTable.RESPONSE_BODY, "[[[")
                .add("POST", "/login")
                .header("Authorization", "")
                .with(ExchangeTable.REQUEST_BODY, "a=%zz&password=%zz&user=%zz");

        assertThat(actors(rows)).containsExactly("A token", "B login");
    }

    /** Actors by letters in the order of their first exchange, each with its kind. */
    private List<String> actors(ExchangeRows rows) {
        Map<String, String> letters = new LinkedHashMap<>();
        List<Row> found = ActorTransform.of(rows.in(spark), UnaryOperator.identity())
                .orderBy(ExchangeTable.EXCHANGE_ID)
                .collectAsList();
        return found.stream()
                .map(row -> letters.computeIfAbsent(
                                row.getString(1), actor -> String.valueOf((char) ('A' + letters.size())))
                        + " " + row.getString(2))
                .toList();
    }

    private static String jwt(String subject, int number) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String claims = "{\"sub\":\"" + subject + "\",\"iat\":" + number + "}";
        return base64.encodeToString("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".signature" + number;
    }
}
