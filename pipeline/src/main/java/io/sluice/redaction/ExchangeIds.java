package io.sluice.redaction;

import io.sluice.tenant.TenantKey;
import java.nio.charset.StandardCharsets;

/**
 * Makes the ids of exchanges: the layout of UUIDv7 (RFC 9562), with the capture time in milliseconds, then 58 bits of a
 * keyed hash of what was captured, then 16 bits that count exchanges which are alike in everything.
 */
final class ExchangeIds {
    /** Length of the part that exchanges which are alike in everything share. */
    static final int FAMILY_LENGTH = 32;

    private static final String PURPOSE = "exchange-id";
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final KeyedHash hash;
    private boolean empty = true;

    ExchangeIds(TenantKey key) {
        hash = new KeyedHash(key.derived(PURPOSE));
    }

    ExchangeIds put(Slice value) {
        put(value.length());
        hash.put(value.array(), value.from(), value.to());
        return this;
    }

    ExchangeIds put(long value) {
        hash.put(value);
        empty = false;
        return this;
    }

    /** The id for all that was put since the last one; {@code millis} is the capture time. */
    String end(long millis) {
        if (empty) {
            throw new IllegalStateException("an id of nothing");
        }
        byte[] keyed = hash.end();
        empty = true;
        byte[] id = new byte[16];
        for (int i = 0; i < 6; i++) {
            id[i] = (byte) (millis >>> (40 - 8 * i));
        }
        System.arraycopy(keyed, 0, id, 6, 8);
        id[6] = (byte) (0x70 | (id[6] & 0x0f));
        id[8] = (byte) (0x80 | (id[8] & 0x3f));
        return text(id);
    }

    /** The capture time that stands in an id, in milliseconds. */
    static long millis(String id) {
        return Long.parseLong(id.substring(0, 8) + id.substring(9, 13), 16);
    }

    private static String text(byte[] id) {
        byte[] text = new byte[36];
        int at = 0;
        for (int i = 0; i < id.length; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                text[at++] = '-';
            }
            text[at++] = HEX[(id[i] >>> 4) & 0x0f];
            text[at++] = HEX[id[i] & 0x0f];
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
