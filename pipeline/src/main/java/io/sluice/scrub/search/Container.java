package io.sluice.scrub.search;

import java.util.Arrays;
import java.util.HexFormat;

/** Kinds of files that hold others or are packed as a whole, by their first bytes. */
enum Container {
    PARQUET("50415231"),
    PARQUET_WITH_ENCRYPTED_FOOTER("50415245"),
    ZIP("504b0304"),
    BZIP2("425a68"),
    XZ("fd377a585a"),
    SEVEN_ZIP("377abcaf"),
    RAR("52617221");

    private final String magic;

    Container(String magic) {
        this.magic = magic;
    }

    boolean begins(byte[] head) {
        return HexFormat.of().formatHex(head).startsWith(magic);
    }

    /** Whether a file that begins so is of a kind that can only be looked at from outside. */
    static boolean isUnknown(byte[] head) {
        return Arrays.stream(values()).anyMatch(kind -> kind != PARQUET && kind.begins(head));
    }
}
