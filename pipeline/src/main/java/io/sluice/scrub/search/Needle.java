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

    private static final byte[] NOTHING = {};

    /** RFC 5321, section 4.5.3.1.1. */
    private static final int LONGEST_LOCAL_PART = 64;

    private final int selector;
    private final Form form;
    private final byte[] bytes;
    private final byte[] before;
    private final boolean whole;

    private Needle(int selector, Form form, byte[] bytes, byte[] before, boolean whole) {
        this.selector = selector;
        this.form = form;
        this.bytes = bytes;
        this.before = before;
        this.whole = whole;
    }

    /** Bytes that are compared without the case of ASCII letters, unless {@code form} is one of raw bytes. */
    static Needle of(int selector, Form form, byte[] bytes) {
        return new Needle(selector, form, form.isText() ? folded(bytes) : bytes.clone(), NOTHING, false);
    }

    /** As {@link #of}, with no letter or digit of the same word before or behind. */
    static Needle whole(int selector, Form form, byte[] bytes) {
        return new Needle(selector, form, folded(bytes), NOTHING, true);
    }

    /** An e-mail address whose local part may carry a tag behind a plus sign. */
    static Needle tagged(int selector, byte[] local, byte[] atDomain) {
        return new Needle(selector, Form.TAGGED, folded(atDomain), folded(local), true);
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

    /** Its first bytes. */
    byte[] head(int count) {
        return Arrays.copyOf(bytes, count);
    }

    /** Whether its first byte is there, in either case. */
    boolean mayBeAt(byte[] text, int at) {
        return Ascii.fold(text[at]) == Ascii.fold(bytes[0]);
    }

    /** Whether it stands there; as a whole word, if that is asked for and can be told. */
    boolean isAt(ByteSearch.Place place) {
        byte[] text = place.text();
        int at = place.at();
        int end = at + bytes.length;
        if (end > place.to()) {
            return false;
        }
        if (!form.isText()) {
            return Arrays.equals(text, at, end, bytes, 0, bytes.length);
        }
        if (!equal(text, at, bytes)) {
            return false;
        }
        if (before.length > 0) {
            return !(end < place.to() && Ascii.isLetterOrDigit(text[end])) && begin(text, place.from(), at) < at;
        }
        return !whole || place.isField(bytes.length) || !(place.wentOn() || place.goesOn(end));
    }

    /**
     * Where it begins that has been seen at {@code at}: there, or, with a tag, where the local part does before a plus sign
     * and the tag.
     */
    int begin(byte[] text, int from, int at) {
        for (int i = at - 1; before.length > 0 && i >= from && at - i <= LONGEST_LOCAL_PART; i--) {
            if (!Ascii.isLocalPart(text[i])) {
                return at;
            }
            int begin = i - before.length;
            if (text[i] == '+' && begin >= from && equal(text, begin, before)) {
                return begin == from || !Ascii.isInWord(text[begin - 1]) ? begin : at;
            }
        }
        return at;
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
                && Arrays.equals(before, needle.before)
                && whole == needle.whole;
    }

    @Override
    public int hashCode() {
        return Objects.hash(selector, form, Arrays.hashCode(bytes));
    }
}
