package io.sluice.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplaterTest {

    @Test
    void takesNamesBelowACollectionForParameters() {
        assertThat(templates("GET /teams", "GET /teams/red", "GET /teams/blue-sky", "DELETE /teams/green"))
                .containsExactly("/teams", "/teams/{team_id}", "/teams/{team_id}", "/teams/{team_id}");
    }

    @Test
    void leavesWordsBelowASingularNounAlone() {
        assertThat(templates("GET /search/users", "GET /search/orders", "GET /search/books", "GET /search/code"))
                .containsExactly("/search/users", "/search/orders", "/search/books", "/search/code");
    }

    @Test
    void keepsAnActionBesideIdentifiers() {
        assertThat(templates("GET /orders/1", "GET /orders/2", "GET /orders/search", "GET /orders/latest"))
                .containsExactly("/orders/{order_id}", "/orders/{order_id}", "/orders/search", "/orders/latest");
    }

    @Test
    void seesThatNamesAreParametersWhenTheSameFollowsThem() {
        assertThat(templates(
                        "GET /shop/acme/orders/1",
                        "GET /shop/globex/orders/2",
                        "GET /shop/initech/orders/3",
                        "GET /shop/hooli/orders/3",
                        "GET /shop/umbrella/orders/4",
                        "GET /health"))
                .containsExactly(
                        "/shop/{shop_id}/orders/{order_id}",
                        "/shop/{shop_id}/orders/{order_id}",
                        "/shop/{shop_id}/orders/{order_id}",
                        "/shop/{shop_id}/orders/{order_id}",
                        "/shop/{shop_id}/orders/{order_id}",
                        "/health");
    }

    @Test
    void takesANameThatBeginsLikeItsNeighborsForAnIdentifier() {
        assertThat(templates("GET /catalog/p-1001", "GET /catalog/p-1002", "GET /catalog/p-lost", "GET /catalog/top"))
                .containsExactly(
                        "/catalog/{catalog_id}", "/catalog/{catalog_id}", "/catalog/{catalog_id}", "/catalog/top");
    }

    @Test
    void keepsWhatFollowsAnIdentifierApart() {
        assertThat(templates("GET /users/17/orders", "GET /users/18/address", "GET /users/19/orders"))
                .containsExactly("/users/{user_id}/orders", "/users/{user_id}/address", "/users/{user_id}/orders");
    }

    @Test
    void namesEachParameterOnce() {
        assertThat(templates("GET /graphs/1/2", "GET /graphs/3/4")).containsOnly("/graphs/{graph_id}/{graph_id_2}");
    }

    @Test
    void keepsTheVersionOfTheInterface() {
        assertThat(templates("GET /api/v1/users/1", "GET /api/v2/users/1", "GET /2/things/9"))
                .containsExactly("/api/v1/users/{user_id}", "/api/v2/users/{user_id}", "/2/things/{thing_id}");
    }

    @Test
    void boundsWhatItKeepsOfAWideCollection() {
        PathTemplater templater = new PathTemplater();
        for (int i = 0; i < 5000; i++) {
            templater.add(new ObservedPath("GET", "/people/name" + letters(i), 1, null));
        }

        assertThat(templater.learn().template("/people/nobody")).isEqualTo("/people/{person_id}");
    }

    @Test
    void boundsTheDepth() {
        assertThat(templates("GET /" + "a/".repeat(3000))).containsExactly("/" + "a/".repeat(23) + "{a_id}");
    }

    @Test
    void survivesEncoding() {
        TemplateTree tree = learn("GET /users/1", "GET /users/2/orders", "GET /odd\nname");

        assertThat(TemplateTree.decode(tree.encode()).template("/users/3/orders"))
                .isEqualTo("/users/{user_id}/orders");
        assertThat(TemplateTree.decode(tree.encode()).encode()).isEqualTo(tree.encode());
    }

    @Test
    void doesNotTakeBracesOfAPathForAParameter() {
        assertThat(templates("GET /x{y}z")).containsExactly("/x%7By%7Dz");
    }

    @ParameterizedTest
    @CsvSource({
        "42, INTEGER",
        "f47ac10b-58cc-4372-a567-0e02b2c3d479, UUID",
        "2026-03-01, DATE",
        "9f86d081884c7d65, HEX",
        "p-1001, NUMBERED",
        "ABC-12, KEY",
        "cus_Nf3Kq81xZ0pQwe, TOKEN",
        "ada@x.example, EMAIL",
        "10.0.0.1, ADDRESS",
        "42.json, INTEGER",
        "v2, VERSION",
        "readme.md, FILE",
        "createdByWorkflowRun, CASED",
        "check-runs, WORD",
        "team4x-core-api, MIXED",
        "blue2, MIXED",
        "a%20b, ENCODED"
    })
    void seesTheShapeOfASegment(String segment, SegmentShape shape) {
        assertThat(SegmentShape.of(segment)).isEqualTo(shape);
    }

    @ParameterizedTest
    @CsvSource({
        "users, user",
        "categories, category",
        "branches, branch",
        "boxes, box",
        "caches, cache",
        "check-runs, check_run",
        "orderItems, order_item",
        "address, address",
        "people, person",
        "ips, ip",
        "dns, dns"
    })
    void knowsTheSingular(String plural, String singular) {
        assertThat(ResourceWord.singular(plural)).isEqualTo(singular);
    }

    private static String letters(int number) {
        StringBuilder name = new StringBuilder();
        for (int rest = number; rest > 0; rest /= 26) {
            name.append((char) ('a' + rest % 26));
        }
        return name.toString();
    }

    private static List<String> templates(String... requests) {
        TemplateTree tree = learn(requests);
        return List.of(requests).stream()
                .map(request -> tree.template(request.split(" ", 2)[1]))
                .toList();
    }

    private static TemplateTree learn(String... requests) {
        PathTemplater templater = new PathTemplater();
        for (String request : requests) {
            String[] parts = request.split(" ", 2);
            templater.add(new ObservedPath(parts[0], parts[1], 1, null));
        }
        return templater.learn();
    }
}
