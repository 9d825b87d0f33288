package io.sluice.scrub.search;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Looks for values in pieces of bytes, taking off encodings layer by layer: the escapes of URIs, JSON and HTML, base64 and hex
 * at whatever place they begin, compression, punctuation within numbers. One instance serves one thread.
 */
public final class ValueScan {
    /** So many decoded bytes are looked at of any piece, and so many times its own length. */
    private static final long LEAST_DECODED = 256L << 20;

    private static final long MOST_TIMES_DECODED = 64;
    /** Of base64 in mail (RFC 2045), keys (RFC 7468) and what common tools write, the shortest. */
    private static final int SHORTEST_WRAPPED = 60;

    private static final int LONGEST_UNSIGNED = 1 << 20;
    private static final int LONGEST_KEPT = 1 << 20;

    private final ByteSearch search;
    private final ByteSearch.Found found = (needle, at) -> saw(needle.selector(), needle.form());
    private final LooseSearch loosely;
    private final Map<Integer, Pattern> patterns = new LinkedHashMap<>();
    private final FieldSearch fields;
    private final boolean hasFields;
    private final RunSearch texts;
    private final RunSearch base64s;
    private final RunSearch hexes;
    /** How far around an escape a value can reach that holds it. */
    private final int reach;

    private final Unpacker unpacker;
    private final byte[][] decoded = new byte[TakenOff.MOST][0];
    private final byte[][] decodedLater = new byte[TakenOff.MOST][0];

    private final TakenOff takenOff = new TakenOff();
    private final Set<Sighting> sightings = new LinkedHashSet<>();
    private boolean lookedAtInFull = true;
    /** How many decoded bytes of a piece are looked at yet. */
    private long budget;

    private Surroundings surroundings = Surroundings.TEXT;
    private boolean withPatterns = true;
    private boolean isUnpackedByOthers;

    public ValueScan(SearchPlan plan) {
        int fewest = plan.fewestBytes();
        search = new ByteSearch(plan.needles());
        loosely = new LooseSearch(plan, search);
        texts = new RunSearch(
                loosely.looksBeyondAscii() ? Ascii.TEXT | Ascii.BEYOND : Ascii.TEXT, plan.hasControls() ? 1 : fewest);
        base64s = new RunSearch(Ascii.BASE64, fewest * 4 / 3);
        hexes = new RunSearch(Ascii.HEX, fewest * 2);
        unpacker = new Unpacker(fewest);
        reach = plan.reach();
        fields = new FieldSearch(plan.fields());
        hasFields = !plan.fields().isEmpty();
        plan.patterns().forEach(pattern -> patterns.put(pattern.selector(), Pattern.compile(pattern.regex())));
    }

    /** What stands in {@code value}, a whole message body, name or the like, each form once; the set is used again. */
    public Set<Sighting> whole(byte[] value) {
        begin(Surroundings.TEXT, value.length);
        layer(value, 0, value.length);
        if (Packed.mayBeUnsigned(value, 0, value.length) && Packed.of(value, 0, value.length) == Packed.NONE) {
            unpack(Packed.BROTLI, value, 0, value.length);
            unpack(Packed.RAW_DEFLATE, value, 0, value.length);
        }
        return sightings;
    }

    /** What stands in {@code text[from, to)}, a part of something larger, among {@code around}. */
    Set<Sighting> part(byte[] text, int from, int to, Surroundings around) {
        begin(around, to - from);
        layer(text, from, to);
        return sightings;
    }

    /** Whether what comes next was captured: in what was made up here, ids and times, a pattern matches what nobody means. */
    void nextIsCaptured(boolean isCaptured) {
        withPatterns = isCaptured;
    }

    /** The fields in a text of JSON that is longer than a piece. */
    Set<Sighting> fields(InputStream text) throws IOException {
        begin(Surroundings.TEXT, 0);
        fields.search(text, selector -> saw(selector, Form.FIELD));
        return sightings;
    }

    boolean hasFields() {
        return hasFields;
    }

    /** Whether nothing in the last piece was larger, or more, than is looked at. */
    boolean isLookedAtInFull() {
        return lookedAtInFull;
    }

    /** Whether what comes next is unpacked block by block, however large, and not to be unpacked in one piece as well. */
    void nextIsUnpackedByOthers(boolean isUnpacked) {
        isUnpackedByOthers = isUnpacked;
    }

    private void begin(Surroundings around, int length) {
        surroundings = around;
        budget = LEAST_DECODED + MOST_TIMES_DECODED * length;
        takenOff.clear();
        sightings.clear();
        lookedAtInFull = true;
    }

    private void layer(byte[] text, int from, int to) {
        asItIs(text, from, to);
        if (takenOff.count() == TakenOff.MOST) {
            if (isEncoded(text, from, to)) { // by whoever encodes what is encoded again and again
                byte[] settled = Unescaping.settled(text, from, to);
                asItIs(settled, 0, settled.length);
                loosely.search(settled, 0, settled.length, surroundings, found);
            }
            return;
        }
        Packed packed = Packed.of(text, from, to);
        if (packed != Packed.NONE && !(takenOff.count() == 0 && isUnpackedByOthers)) {
            unpack(packed, text, from, to);
        }
        if (packed != Packed.GZIP && packed != Packed.ZSTD) {
            packedWithin(text, from + 1, to);
        }
        if (texts.begin(text, from, to) == to) {
            return; // everything below is written in letters
        }
        escapes(text, from, to);
        runs(text, from, to);
        loosely.search(text, from, to, surroundings, found);
    }

    private void asItIs(byte[] text, int from, int to) {
        search.search(text, from, to, surroundings, found);
        if (surroundings == Surroundings.TEXT) {
            patterns(text, from, to);
        }
        if (hasFields) {
            fields.search(text, from, to, selector -> saw(selector, Form.FIELD));
        }
    }

    /** What stands packed behind something else, as a file in a form does. */
    private void packedWithin(byte[] text, int from, int to) {
        for (int begin = SymbolSearch.packed(text, from, to);
                begin < to;
                begin = SymbolSearch.packed(text, begin + 1, to)) {
            unpack(Packed.of(text, begin, to), text, begin, to);
        }
    }

    /** Looks at what is left of a layer when {@code encoding} is taken off. */
    private void inner(byte[] bytes, int length, String encoding) {
        budget -= length;
        if (budget < 0) { // escapes within escapes can be written so that there is no end to them
            lookedAtInFull = false;
        } else if (length >= Needle.FEWEST_BYTES) {
            takenOff.add(encoding);
            layer(bytes, 0, length);
            takenOff.removeLast();
        }
    }

    /** Whether there is something to take off; runs are not, nor backslashes, for chance makes them of anything. */
    private static boolean isEncoded(byte[] text, int from, int to) {
        for (int i = SymbolSearch.escape(text, from, to); i < to; i = SymbolSearch.escape(text, i + 1, to)) {
            Escape escape = Escape.at(text, i, to);
            if (escape == Escape.PERCENT || escape == Escape.HTML) {
                return true;
            }
        }
        return false;
    }

    private void escapes(byte[] text, int from, int to) {
        int first = SymbolSearch.escape(text, from, to);
        if (first == to) {
            return; // as most
        }
        Map<Escape, EscapedStretch> stretches = new EnumMap<>(Escape.class);
        for (int i = first; i < to; i = SymbolSearch.escape(text, i + 1, to)) {
            Escape escape = Escape.at(text, i, to);
            if (escape == null) {
                continue;
            }
            EscapedStretch stretch =
                    stretches.computeIfAbsent(escape, fresh -> new EscapedStretch(fresh::off, text, from, to, reach));
            if (stretch.endsBefore(i)) {
                inner(stretch.next(i), escape.label());
            }
        }
        stretches.forEach((escape, stretch) -> inner(stretch.rest(), escape.label()));
    }

    private void inner(byte[] bytes, String encoding) {
        inner(bytes, bytes.length, encoding);
    }

    private void runs(byte[] text, int from, int to) {
        int begin = base64s.begin(text, from, to);
        while (begin < to) {
            int end = base64s.end(text, begin, to);
            base64(text, begin, end);
            lines(text, begin, end);
            hex(text, begin, end);
            begin = base64s.begin(text, end, to);
        }
    }

    /** Lines that are each encoded alone, as in a list; one as long as its neighbour is of a text that was broken into lines. */
    private void lines(byte[] text, int from, int to) {
        int end = SymbolSearch.lineEnd(text, from, to);
        if (end == to) {
            return;
        }
        int before = 0;
        for (int begin = from; begin < to; begin = end + 1) {
            end = SymbolSearch.lineEnd(text, begin, to);
            int length = end - begin;
            int next = end < to ? SymbolSearch.lineEnd(text, end + 1, to) - end - 1 : 0;
            boolean isWrapped = length >= SHORTEST_WRAPPED && (length == before || length == next);
            if (!isWrapped && length >= Needle.FEWEST_BYTES) {
                base64(text, begin, end);
            }
            before = length;
        }
    }

    /** What begins as base64 at whatever character: four in a row come out differently, all others as one of them. */
    private void base64(byte[] text, int from, int to) {
        byte[] bytes = roomFor(to - from, decoded);
        int characters = Unescaping.base64(text, from, to, bytes);
        int length = Unescaping.bytesOf(characters);
        byte[] later = roomFor(to - from, decodedLater);
        for (int skipped = 1; skipped < 4 && skipped < characters; skipped++) {
            Unescaping.base64Later(skipped, bytes, characters, later);
            inner(later, Unescaping.bytesOf(characters - skipped), TakenOff.BASE64);
        }
        inner(bytes, length, TakenOff.BASE64);
        boolean isLast =
                takenOff.count() + 1 == TakenOff.MOST; // there, chance makes more without a sign than anybody packs
        if (!isLast && length <= LONGEST_UNSIGNED && Packed.mayBeUnsigned(bytes, 0, length)) {
            takenOff.add(TakenOff.BASE64);
            unpack(Packed.RAW_DEFLATE, bytes, 0, length);
            takenOff.removeLast();
        }
    }

    /** Room for bytes decoded at this level, used again unless it is large. */
    private byte[] roomFor(int length, byte[][] rooms) {
        if (length > LONGEST_KEPT) {
            return new byte[length];
        }
        int level = takenOff.count();
        if (rooms[level].length < length) {
            rooms[level] = new byte[Math.max(length, 1024)];
        }
        return rooms[level];
    }

    private void hex(byte[] text, int from, int to) {
        int begin = hexes.begin(text, from, to);
        while (begin < to) {
            int end = hexes.end(text, begin, to);
            inner(Unescaping.hex(text, begin, end), TakenOff.HEX);
            inner(Unescaping.hex(text, begin + 1, end), TakenOff.HEX);
            begin = hexes.begin(text, end, to);
        }
    }

    private void unpack(Packed packed, byte[] bytes, int from, int to) {
        try {
            byte[] unpacked = unpacker.unpack(packed, bytes, from, to);
            if (unpacked != null) {
                inner(unpacked, packed.label());
            }
        } catch (Packed.TooLargeException e) {
            lookedAtInFull = false;
        }
    }

    /** In bytes that are no text, chance makes many things that a pattern matches. */
    private void patterns(byte[] text, int from, int to) {
        boolean mayBeChance = takenOff.mayBeChance() && Packed.mayBeUnsigned(text, from, to);
        if (patterns.isEmpty() || !withPatterns || mayBeChance) {
            return;
        }
        String characters = new String(text, from, to - from, StandardCharsets.UTF_8);
        patterns.forEach((selector, pattern) -> {
            if (pattern.matcher(characters).find()) {
                saw(selector, Form.PATTERN);
            }
        });
    }

    private void saw(int selector, Form form) {
        for (Sighting seen : sightings) {
            if (seen.selector() == selector && seen.form() == form) {
                return;
            }
        }
        sightings.add(new Sighting(selector, form, takenOff.toString()));
    }
}
