package io.sluice.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EditsTest {
    private final byte[] row = "..name=ada;..".getBytes(StandardCharsets.US_ASCII);

    @Test
    void replacesInAPartOfALongerArray() {
        Edits edits = new Edits();
        edits.replace(7, 10, "grace".getBytes(StandardCharsets.US_ASCII));
        assertThat(edits.apply(row, 2, 11)).asString().isEqualTo("name=grace;");
    }
}
