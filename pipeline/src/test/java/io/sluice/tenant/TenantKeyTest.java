package io.sluice.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TenantKeyTest {
    private static final TenantKey KEY = new TenantKey("0123456789abcdef".getBytes(StandardCharsets.US_ASCII), 1);

    @Test
    void givesEachPurposeItsOwnHash() {
        assertThat(KEY.mac("index", "ada")).hasSize(32).isEqualTo(KEY.mac("index", "ada"));
        assertThat(KEY.mac("index", "ada")).isNotEqualTo(KEY.mac("pseudonym", "ada"));
        assertThat(KEY.mac("index", "ada")).isNotEqualTo(KEY.mac("index", "bob"));
    }

    @Test
    void refusesAKeyThatCanBeGuessedAndNeverShowsOne() {
        assertThatThrownBy(() -> new TenantKey(new byte[15], 1))
                .isInstanceOf(SluiceException.class)
                .hasMessageContaining("it has 15 bytes");
        assertThat(KEY).hasToString("TenantKey version 1");
    }
}
