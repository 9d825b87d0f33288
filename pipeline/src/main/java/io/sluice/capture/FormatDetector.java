package io.sluice.capture;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells the format of a file by its first bytes and, where they leave it open, by its name. */
final class FormatDetector {
    /** Names that only captures have, among them formats of other tools that are not read. */
    private static final Pattern CAPTURE_NAME =
            Pattern.compile(".*\\.(z?har|mitm|flows?|gor|pcap|pcapng|saz|tap)(\\.[a-z0-9]{1,4})?", Pattern.DOTALL);

    private static final Pattern HAR_NAME = Pattern.compile(".*\\.z?har(\\.[a-z0-9]{1,4})?", Pattern.DOTALL);
    private static final Pattern JSON_NAME =
            Pattern.compile(".*\\.(json|jsonl|ndjson)(\\.[a-z0-9]{1,4})?", Pattern.DOTALL);
    private static final Pattern HAR_PLACE = Pattern.compile("(/[^/]+){0,4}/log/(entries|creator|pages|version)|/log");
    private static final Pattern BARE_ENTRY = Pattern.compile("/entries/0/(startedDateTime|request)");
    private static final Pattern RRPAIR_PLACE = Pattern.compile("(/[0-9]+)?/http/re[qs]");
    private static final Pattern RRPAIR_TYPE = Pattern.compile("(/[0-9]+)?/msgType");
    private static final int MAX_DEPTH = 8;
    private static final int LONGEST_ESCAPE = 12;

    static Optional<CaptureFormat> detect(Head head, String name) {
        if (head.hasSections()) {
            return Optional.of(CaptureFormat.RRPAIR);
        }
        char first = head.firstCharacter();
        if (first != '{' && first != '[') {
            return Optional.empty();
        }
        Optional<CaptureFormat> seen = Optional.empty();
        try (JsonParser json = JsonText.FACTORY.createParser(head.bytes())) {
            seen = walk(json);
        } catch (IOException cutOffOrBroken) {
            // The head of a file usually ends within a value, and a broken file is the reader's to report.
            seen = Optional.empty();
        }
        boolean namedHar = HAR_NAME.matcher(lower(name)).matches() && first == '{';
        return seen.isEmpty() && namedHar ? Optional.of(CaptureFormat.HAR) : seen;
    }

    /** Whether a file of this name is a capture, whatever it holds. */
    static boolean namesCapture(String name) {
        return CAPTURE_NAME.matcher(lower(name)).matches();
    }

    /** Whether the file says it is JSON and is not, from its beginning. */
    static boolean isBrokenJson(Head head, String name) {
        if (!JSON_NAME.matcher(lower(name)).matches()) {
            return false;
        }
        try (JsonParser json = JsonText.FACTORY.createParser(head.bytes())) {
            JsonToken token = json.nextToken();
            while (token != null) {
                token = json.nextToken();
            }
            return false;
        } catch (JsonProcessingException broken) {
            JsonLocation place = broken.getLocation();
            boolean atEnd = place == null || place.getByteOffset() >= head.bytes().length - LONGEST_ESCAPE;
            return head.isWholeFile() || !atEnd;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Optional<CaptureFormat> walk(JsonParser json) throws IOException {
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            if (json.getParsingContext().getNestingDepth() > MAX_DEPTH) {
                json.skipChildren();
            } else if (token != JsonToken.FIELD_NAME && json.currentName() != null) {
                String place = json.getParsingContext().pathAsPointer().toString();
                if (HAR_PLACE.matcher(place).matches() && (!place.equals("/log") || token == JsonToken.START_OBJECT)) {
                    return Optional.of(CaptureFormat.HAR);
                }
                if (BARE_ENTRY.matcher(place).matches()) {
                    return Optional.of(CaptureFormat.HAR);
                }
                boolean typed = RRPAIR_TYPE.matcher(place).matches() && "rrpair".equals(json.getText());
                if (typed
                        || (token == JsonToken.START_OBJECT
                                && RRPAIR_PLACE.matcher(place).matches())) {
                    return Optional.of(CaptureFormat.RRPAIR);
                }
            }
        }
        return Optional.empty();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private FormatDetector() {}
}
