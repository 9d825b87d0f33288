package io.sluice.scrub.search;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bytes that betray a value; one instance per way of writing it. */
final class Needle implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Fewer bytes than this stand in everything. */
    static final int FEWEST_BYTES = 4;

    /** RFC 5321, section 4.5.3.1.1. */
    private static final int LONGEST_LOCAL_PART = 64;

    private final int selector;
    private final Form form;
    private final byte[] bytes;
    private final byte[] before;

    private Needle(int selector, Form form, byte[] bytes, byte[] before) {
        this.selector = selector;
        this.form = form;
        this.bytes = bytes;
        this.before = before;
    }

    /** Bytes that are compared without the case of ASCII letters, unless {@code form} is one of raw bytes. */
    static Needle of(int selector, Form form, byte[] bytes) {
        return new Needle(selector, form, form.isText() ? folded(bytes) : bytes.clone(), new byte[0]);
    }

    /** An e-mail address whose local part may carry a tag behind a plus sign. */
    static Needle tagged(int selector, byte[] local, byte[] atDomain) {
        return new Needle(selector, Form.TAGGED, folded(atDomain), folded(local));
    }

    int selector() {
        return selector;
    }

    Form form() {
        return form;
    }

    int length() {
        return bytes.length;
    }

    /** The first four bytes, case folded, which a search compares at once. */
    int head() {
        int head = 0;
        for (int i = 0; i < FEWEST_BYTES; i++) {
            head = (head << 8) | Ascii.fold(bytes[i]);
        }
        return head;
    }

    /** Whether it stands in {@code text[from, to)} at {@code at}. */
    boolean isAt(byte[] text, int from, int at, int to) {
        if (to - at < bytes.length) {
            return false;
        }
        if (!form.isText()) {
            return Arrays.equals(text, at, at + bytes.length, bytes, 0, bytes.length);
        }
        return equal(text, at, bytes) && (before.length == 0 || hasLocalPart(text, from, at));
    }

    /** Looks for the local part and a plus sign before it, with a tag up to {@code at}. */
    private boolean hasLocalPart(byte[] text, int from, int at) {
        for (int i = at - 1; i >= from && at - i <= LONGEST_LOCAL_PART && Ascii.isLocalPart(text[i]); i--) {
            int begin = i - before.length;
            if (text[i] == '+' && begin >= from && equal(text, begin, before)) {
                return begin == from || !Ascii.isBase64(text[begin - 1]);
            }
        }
        return false;
    }

    private static boolean equal(byte[] text, int at, byte[] folded) {
        for (int i = 0; i < folded.length; i++) {
            if (Ascii.fold(text[at + i]) != (folded[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] folded(byte[] bytes) {
        byte[] folded = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            folded[i] = (byte) Ascii.fold(bytes[i]);
        }
        return folded;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Needle needle
                && selector == needle.selector
                && form == needle.form
                && Arrays.equals(bytes, needle.bytes)
                && Arrays.equals(before, needle.before);
    }

    @Override
    public int hashCode() {
        return Objects.hash(selector, form, Arrays.hashCode(bytes));
    }
}
