package io.sluice.capture;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reads one JSON object, held in memory, into a draft; text that is not UTF-8 is repaired and flagged. */
final class EntryParser {
    /** Fills a draft from the object that the parser has just entered. */
    interface Fields {
        void read(JsonParser json, byte[] text, ExchangeDraft draft) throws IOException, RejectedException;
    }

    private final Fields fields;

    EntryParser(Fields fields) {
        this.fields = fields;
    }

    ExchangeDraft parse(ByteSlice entry) throws RejectedException {
        ExchangeDraft draft = tryParse(entry);
        if (draft == null && Utf8.repair(entry.array(), entry.length()) > 0) {
            draft = tryParse(entry);
            if (draft != null) {
                draft.flags.add("text_repaired");
            }
        }
        if (draft == null) {
            throw new RejectedException(RejectReason.NOT_JSON, "The entry is not valid JSON");
        }
        return draft;
    }

    private @Nullable ExchangeDraft tryParse(ByteSlice entry) throws RejectedException {
        ExchangeDraft draft = new ExchangeDraft();
        try (JsonParser json = JsonText.FACTORY.createParser(entry.array(), 0, entry.length())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new RejectedException(
                        RejectReason.NOT_AN_ENTRY, "There is no JSON object where an entry should be");
            }
            fields.read(json, entry.array(), draft);
            return draft;
        } catch (JsonProcessingException broken) {
            return null;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
