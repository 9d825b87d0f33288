package io.sluice.redaction;

import io.sluice.tenant.TenantKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes everything sensitive out of the parts of an exchange under one policy and one key, and keeps the findings until
 * {@link #begin} starts the next exchange. One instance serves one thread.
 */
public final class Redactor {
    private final Replacer replacer;
    private final BodyScan bodies;
    private final HeaderScan headers;
    private final Pseudonyms pseudonyms;
    private final Suppression suppression;
    private final int decodedBodyBytes;
    private final Edits edits = new Edits();
    private final List<Identifier> found = new ArrayList<>();
    private final Set<Finding> findings = new LinkedHashSet<>();

    public Redactor(RedactionPolicy policy, TenantKey key) {
        this(policy, key, new Suppression(key, Set.of()));
    }

    /** Masks what {@code suppression} says wherever the policy would write a pseudonym or a mask. */
    Redactor(RedactionPolicy policy, TenantKey key, Suppression suppression) {
        this.suppression = suppression;
        NameRules claimRules = new NameRules(policy, RedactionRule::claims, RedactionRule::fields);
        NameRules fields = new NameRules(policy, RedactionRule::fields);
        NameRules queries = new NameRules(policy, RedactionRule::fields, RedactionRule::queries);
        List<Replacer> inTokens = new ArrayList<>(1);
        pseudonyms = new Pseudonyms(key, (json, into) -> claims(json, into, inTokens.get(0), claimRules));
        inTokens.add(new Replacer(policy, pseudonyms, suppression, new ArrayList<>()));
        replacer = new Replacer(policy, pseudonyms, suppression, found);
        bodies = new BodyScan(replacer, fields, queries);
        headers = new HeaderScan(replacer, policy, bodies);
        decodedBodyBytes = policy.decodedBodyBytes();
    }

    /** Starts the next exchange. */
    public void begin() {
        findings.clear();
    }

    /** Identifiers found since {@link #begin}, each once per place. */
    public Set<Finding> findings() {
        return findings;
    }

    /** A path or any other short text, percent escapes and all, redacted; null where nothing is to be replaced. */
    byte @Nullable [] text(Slice text, String location) {
        edits.clear();
        bodies.text(text.span(edits));
        return replaced(text, location);
    }

    /** A query without its question mark; null where nothing is to be replaced. */
    byte @Nullable [] query(Slice query, String location) {
        edits.clear();
        bodies.form(query.span(edits));
        return replaced(query, location);
    }

    /** The value of header field {@code name}; null where nothing is to be replaced. */
    byte @Nullable [] header(Slice name, Slice value, String location) {
        edits.clear();
        headers.scan(name, value.span(edits));
        return replaced(value, location);
    }

    /** The address of a client, always replaced. */
    public byte[] address(String address, String location) {
        if (address.isEmpty()) {
            return new byte[0];
        }
        Pseudonym pseudonym = pseudonyms.of(IdentifierKind.ADDRESS, address);
        if (suppression.masks(pseudonym.identifiers())) {
            return Replacer.MASK.clone();
        }
        found.addAll(pseudonym.identifiers());
        note(location);
        return pseudonym.text();
    }

    /** A body that has no content coding any more. */
    public byte[] body(byte[] body, String mediaType, String location) {
        edits.clear();
        bodies.scan(mediaType, new Span(body, 0, body.length, edits));
        note(location);
        return edits.apply(body);
    }

    Unpacked unpack(byte[] body, String contentEncoding) {
        return Unpacked.of(body, contentEncoding, decodedBodyBytes);
    }

    private byte @Nullable [] replaced(Slice text, String location) {
        note(location);
        return edits.isEmpty() ? null : edits.apply(text.array(), text.from(), text.to());
    }

    private void note(String location) {
        for (Identifier identifier : found) {
            findings.add(new Finding(identifier, location));
        }
        found.clear();
    }

    private static byte[] claims(byte[] json, List<Identifier> into, Replacer replacer, NameRules names) {
        List<Identifier> before = replacer.noteIn(into);
        Edits edits = new Edits();
        new JsonScan(replacer, names, new TextScan(replacer, names)).scan(json, 0, json.length, edits);
        replacer.noteIn(before);
        return edits.apply(json);
    }
}
