package io.sluice.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedHashTest {
    private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8};

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8183, 8184, 8185, 8192, 8193, 50_000})
    void isTheHmacOfAllThatWasPutWhateverItsLength(int length) throws Exception {
        byte[] text = new byte[length];
        Arrays.fill(text, (byte) 'x');
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, 42));
        mac.update(text);
        mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, -1));
        byte[] expected = mac.doFinal();

        KeyedHash hash = new KeyedHash(KEY);
        hash.put(7).end();
        assertThat(hash.put(42).put(text, 0, length).put(-1).end()).isEqualTo(expected);
    }
}
