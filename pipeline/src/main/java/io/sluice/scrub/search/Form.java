package io.sluice.scrub.search;

import java.util.Locale;

/** A way in which a value can stand in bytes, once the encodings around it are taken off. */
public enum Form {
    /** Its characters, in any case and either Unicode normal form. */
    PLAIN,
    /** An e-mail address with a tag: {@code ada+news@example.org}. */
    TAGGED,
    /** The digits of a number, whatever stands between them. */
    DIGITS,
    /** Its characters as UTF-16. */
    UTF16,
    /** The bytes of its MD5, SHA-1 or SHA-256. */
    DIGEST,
    /** What redaction writes in its place. */
    PSEUDONYM,
    /** What a regular expression matches. */
    PATTERN,
    /** What stands in a field of JSON. */
    FIELD,
    /** What a redaction rule takes out. */
    RULE,
    /** The keyed hash under which the blind index knows it. */
    INDEX_HASH;

    boolean isText() {
        return this != DIGEST;
    }

    /** Whether it stands in a text letter by letter. */
    boolean isWritten() {
        return isText() && this != UTF16;
    }

    /** The word used in documents. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
