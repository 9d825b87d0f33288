package io.sluice.capture;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a capture that could not become an exchange.
 *
 * @param detail one sentence for a person, without captured values
 * @param position entry number in the file, from 0; null where the file as a whole is meant
 * @param offset byte offset in the file (after decompression) where the piece begins; null where unknown
 */
public record Rejected(
        RejectReason reason,
        String detail,
        @Nullable Long position,
        @Nullable Long offset) {}
