package io.sluice.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {
    @Test
    void suggestsTheNearestWordOrNamesThemAll() {
        List<String> known = List.of("root", "key", "policy");

        assertThat(DidYouMean.suggest("polciy", known)).isEqualTo(". Did you mean policy?");
        assertThat(DidYouMean.suggest("rot", known)).isEqualTo(". Did you mean root?");
        assertThat(DidYouMean.suggest("bucket", known)).isEqualTo(". Known are key, policy, root");
    }
}
