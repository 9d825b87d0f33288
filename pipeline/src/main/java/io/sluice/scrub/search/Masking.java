package io.sluice.scrub.search;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Puts a mask where values stand: over as little as can be told apart, within JSON, escapes, base64 and hex as well, and over
 * all of a text where nothing less takes them out. One instance serves one thread.
 */
public final class Masking {
    /** What stands where a value stood. */
    public static final String MASK = "***";

    private static final byte[] MASKED = MASK.getBytes(StandardCharsets.US_ASCII);
    private static final int DEEPEST = 8;

    private final ValueScan values;
    private final ByteSearch search;
    private final Collection<Pattern> patterns;
    private final JsonEdit json;

    public Masking(SearchPlan plan) {
        values = new ValueScan(plan);
        search = new ByteSearch(plan.needles());
        patterns = plan.patterns().stream()
                .map(pattern -> Pattern.compile(pattern.regex()))
                .toList();
        json = new JsonEdit(new FieldSearch(plan.fields()));
    }

    /** {@code text} with masks; the very array where no value stands in it. */
    public byte[] of(byte[] text) {
        return of(text, DEEPEST);
    }

    private byte[] of(byte[] text, int depth) {
        if (isFree(text)) {
            return text;
        }
        List<UnaryOperator<byte[]>> finerFirst = List.of(
                whole -> json.of(whole, scalar -> of(scalar, depth - 1)),
                this::plain,
                this::matches,
                whole -> parts(whole, LooseSearch::mayBeInNumber, Masking::number),
                whole -> parts(whole, Masking::isInWord, word -> word(word, depth - 1)),
                this::stretches);
        byte[] masked = text;
        for (UnaryOperator<byte[]> way : depth == 0 ? List.<UnaryOperator<byte[]>>of() : finerFirst) {
            byte[] before = masked;
            masked = way.apply(before);
            if (masked != before && isFree(masked)) {
                return masked;
            }
        }
        return MASKED;
    }

    private boolean isFree(byte[] text) {
        return values.whole(text).isEmpty();
    }

    /** Masks what stands there letter by letter. */
    private byte[] plain(byte[] text) {
        TreeMap<Integer, Integer> places = new TreeMap<>();
        search.search(text, 0, text.length, Surroundings.TEXT, (needle, at) -> {
            if (needle.form().isWritten()) {
                places.merge(needle.begin(text, 0, at), at + needle.length(), Math::max);
            }
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
        int done = 0;
        for (Map.Entry<Integer, Integer> place : places.entrySet()) {
            if (place.getKey() >= done) {
                out.write(text, done, place.getKey() - done);
                out.writeBytes(MASKED);
            }
            done = Math.max(done, place.getValue());
        }
        out.write(text, done, text.length - done);
        return out.toByteArray();
    }

    /** Masks what patterns match; bytes that are no text stay as they are. */
    private byte[] matches(byte[] text) {
        if (!isText(text)) {
            return text;
        }
        String characters = new String(text, StandardCharsets.UTF_8);
        for (Pattern pattern : patterns) {
            characters = pattern.matcher(characters).replaceAll(Matcher.quoteReplacement(MASK));
        }
        return characters.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isText(byte[] text) {
        return Arrays.equals(text, new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
    }

    /** Masks what stands between tags or quotes, or in a line. */
    private byte[] stretches(byte[] text) {
        return isText(text) ? parts(text, symbol -> "<>\"'\n".indexOf(symbol) < 0, stretch -> MASKED) : text;
    }

    /** What belongs to a part of a text. */
    private interface Kind {
        boolean includes(byte symbol);
    }

    /** Gives each longest part of one kind in which a value stands to {@code masking}. */
    private byte[] parts(byte[] text, Kind kind, UnaryOperator<byte[]> masking) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length);
        int at = 0;
        while (at < text.length) {
            int end = at;
            while (end < text.length && kind.includes(text[end])) {
                end++;
            }
            byte[] part = Arrays.copyOfRange(text, at, end);
            out.writeBytes(isFree(part) ? part : masking.apply(part));
            while (end < text.length && !kind.includes(text[end])) {
                out.write(text[end++]);
            }
            at = end;
        }
        return out.toByteArray();
    }

    /** Masks a number without the blanks around it. */
    private static byte[] number(byte[] text) {
        String number = new String(text, StandardCharsets.ISO_8859_1);
        return number.replaceFirst("(?s)[+(]?[0-9].*[0-9]", Matcher.quoteReplacement(MASK))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A word such as a path, a token or a longer piece of base64: as a whole, else in parts. */
    private byte[] word(byte[] word, int depth) {
        byte[] masked = decoded(word, depth, TextCoding.UNIQUE);
        if (masked == word) {
            masked = parts(word, symbol -> "/?&=:#".indexOf(symbol) < 0, part -> segment(part, depth));
        }
        if (!isFree(masked)) {
            masked = decoded(word, depth, List.of(TextCoding.PERCENT));
        }
        return isFree(masked) ? masked : MASKED;
    }

    /** What stands in a path between slashes, as a parameter, or as a token of parts with dots between them. */
    private byte[] segment(byte[] segment, int depth) {
        byte[] masked = decoded(segment, depth, TextCoding.ALL);
        if (masked == segment) {
            masked = parts(segment, symbol -> symbol != '.', part -> decoded(part, depth, TextCoding.UNIQUE));
        }
        return isFree(masked) ? masked : MASKED;
    }

    /**
     * With a mask in what is encoded, in the same encoding; the very {@code word} where it holds a value in none of
     * {@code codings}.
     */
    private byte[] decoded(byte[] word, int depth, List<TextCoding> codings) {
        for (TextCoding coding : codings) {
            byte[] inside = coding.decoded(word);
            if (!isFree(inside)) {
                byte[] masked = of(inside, depth);
                byte[] written = coding.encoded(masked);
                return masked == MASKED || !isFree(written) ? MASKED : written;
            }
        }
        return word;
    }

    private static boolean isInWord(byte symbol) {
        return symbol < 0 || (symbol > ' ' && "\"'<>;,(){}[]|\\".indexOf(symbol) < 0);
    }
}
