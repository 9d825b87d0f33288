package io.sluice.jobs.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A HAR 1.2 file that is written entry by entry, so that its size is not bounded by memory. */
public final class HarFile implements AutoCloseable {
    private final JsonGenerator json;
    private long entries;

    private HarFile(JsonGenerator json) {
        this.json = json;
    }

    /** Begins the file; its folder must be there. */
    public static HarFile create(Path file) {
        try {
            JsonGenerator json =
                    new JsonFactory().createGenerator(new BufferedOutputStream(Files.newOutputStream(file)));
            json.setCodec(Call.JSON);
            json.writeStartObject();
            json.writeObjectFieldStart("log");
            json.writeStringField("version", "1.2");
            json.writeObjectFieldStart("creator");
            json.writeStringField("name", "sluice");
            json.writeStringField("version", "1");
            json.writeEndObject();
            json.writeArrayFieldStart("entries");
            return new HarFile(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Appends one entry; entries stand in the order in which they ended. */
    synchronized void add(ObjectNode entry) {
        try {
            json.writeTree(entry);
            entries++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many entries were added so far. */
    public synchronized long entries() {
        return entries;
    }

    @Override
    public synchronized void close() {
        try {
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
