package io.sluice.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SurpriseTest {
    @Test
    void givesTheUpperTailOfTheBinomialDistribution() {
        assertThat(Surprise.upperTail(3, 3, 0.5)).isCloseTo(0.125, within(1e-12));
        assertThat(Surprise.upperTail(10, 1, 0.1)).isCloseTo(1 - Math.pow(0.9, 10), within(1e-9));
        assertThat(Surprise.upperTail(1000, 500, 0.5)).isCloseTo(0.5126, within(1e-3));
        assertThat(Surprise.upperTail(5, 0, 0.1)).isEqualTo(1);
        assertThat(Surprise.upperTail(5, 5, 1)).isEqualTo(1);
        assertThat(Surprise.upperTail(1000, 1000, 1e-9)).isLessThan(1e-300);
    }

    @Test
    void findsShortAndUniformValuesUnsurprising() {
        assertThat(Surprise.bits("1")).isLessThan(2);
        assertThat(Surprise.bits("true")).isLessThan(10);
        assertThat(Surprise.bits("0c8f4b1e-7d55-4d3c-9a50-0f0e5c1b9a77")).isGreaterThan(64);
    }
}
