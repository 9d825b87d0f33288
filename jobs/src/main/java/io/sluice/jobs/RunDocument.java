package io.sluice.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.sluice.lake.RunLog;
import io.sluice.lineage.LineageEdge;
import io.sluice.lineage.LineageEdge.Access;
import io.sluice.lineage.Run;
import io.sluice.schemas.Document;
import io.sluice.tenant.TenantName;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** The one JSON document that a job prints, filled as the run goes on. */
final class RunDocument {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    private final ObjectNode document = JSON.createObjectNode();

    RunDocument(Run run, TenantName tenant) {
        document.put("run", run.id())
                .put("tenant", tenant.value())
                .put("job", run.job())
                .put("release", run.release())
                .put("state", "PLANNED")
                .put("startedAt", run.startedAt().toString())
                .putNull("endedAt")
                .putNull("plan")
                .putNull("result")
                .putNull("lineage")
                .putNull("cost");
    }

    void plan(Record plan) {
        document.set("plan", JSON.valueToTree(plan));
    }

    void result(Record result) {
        document.set("result", JSON.valueToTree(result));
    }

    /** Says why the run failed, in the words that the operator was told. */
    void failure(String message) {
        document.put("failure", message);
    }

    void state(RunLog.State state, Instant endedAt) {
        document.put("state", state.name()).put("endedAt", endedAt.toString());
    }

    /** Shows the tables with their versions, and how many other objects there were, which can be many. */
    void lineage(List<LineageEdge> edges) {
        ObjectNode lineage = document.putObject("lineage");
        ArrayNode reads = lineage.putArray("reads");
        ArrayNode writes = lineage.putArray("writes");
        long objects = 0;
        for (LineageEdge edge : edges) {
            if (edge.version().isPresent()) {
                (edge.access() == Access.READ ? reads : writes)
                        .addObject()
                        .put("object", edge.object())
                        .put("version", edge.version().getAsLong());
            } else {
                objects++;
            }
        }
        lineage.put("otherObjects", objects);
    }

    void cost(RunLog.Cost cost) {
        document.set("cost", JSON.valueToTree(cost));
    }

    /** The document so far, checked against its schema. */
    ObjectNode checked() {
        Document.RUN_DOCUMENT.check(document.toString());
        return document.deepCopy();
    }

    /** The plan that stands in the document of an earlier run. */
    static <P extends Record> P plan(String json, Class<P> type) {
        try {
            return JSON.treeToValue(JSON.readTree(json).path("plan"), type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A document that an earlier run left in table {@code run}. */
    record Stored(String job, RunLog.State state, JsonNode document) {}

    static Stored stored(String json) {
        try {
            JsonNode document = JSON.readTree(json);
            return new Stored(
                    document.path("job").asText(),
                    RunLog.State.valueOf(document.path("state").asText()),
                    document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
