package io.sluice.lineage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** The JSON that a run puts into each Delta commit: who wrote it, and from which versions of which tables. */
public record CommitNote(String run, String job, String release, Map<String, Long> reads) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public CommitNote {
        reads = new TreeMap<>(reads);
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
