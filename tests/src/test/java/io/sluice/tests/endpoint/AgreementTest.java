package io.sluice.tests.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.tests.endpoint.Agreement.Item;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {

    @Test
    void countsItemsWhoseWholeGroupIsRight() {
        Agreement agreement = Agreement.of(List.of(
                new Item("a1", "a", "x"),
                new Item("a2", "a", "x"),
                new Item("b1", "b", "y"),
                new Item("b2", "b", "z"),
                new Item("c1", "c", "z")));

        assertThat(agreement).isEqualTo(new Agreement(5, 2, 1 / 2.0, 1 / 2.0));
    }
}
