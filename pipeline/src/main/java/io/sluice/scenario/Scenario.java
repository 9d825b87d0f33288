package io.sluice.scenario;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A generated sequence of steps to replay, as it stands in the document column of {@code scenario}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Scenario(
        String id,
        String name,
        String modelId,
        String algorithm,
        String algorithmVersion,
        double weight,
        double arrivalsPerMinute,
        int k,
        long sourceVersion,
        Target target,
        List<Variable> variables,
        List<Step> steps) {

    /** Where the captured traffic went; a replay usually goes elsewhere. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(
            String service,
            String scheme,
            String host,
            @Nullable Integer port) {}

    /**
     * A value that is set once per replayed session: drawn from {@code choices}, or made by {@code generate}. A
     * variable that an earlier step extracts is not listed.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Variable(String name, @Nullable Generator generate, List<Choice> choices) {}

    /** How a fresh value is made, for instance {@code email} or {@code uuid}; {@code length} in characters. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Generator(Format format, @Nullable Integer length) {}

    /** The kinds of fresh value; every value is different in every replayed session. */
    public enum Format {
        EMAIL,
        PHONE,
        NAME,
        UUID,
        INTEGER,
        DATE,
        PASSWORD,
        TEXT
    }

    /** A literal used by at least {@code k} actors, with its share of use. */
    public record Choice(String value, double weight) {}

    /** One request with what is taken from its response and what is expected of it. */
    public record Step(
            int index,
            String endpointId,
            String name,
            List<Long> thinkTimeMs,
            Request request,
            List<Extraction> extract,
            Expectation expect,
            List<String> sources) {}

    /**
     * What is sent. Text in {@code path} (which starts with a slash) and {@code body} stands as it goes over the wire;
     * names and text in {@code query} are decoded; the value of a variable is written by the {@link Encoding} of the
     * place it goes to.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Request(
            String method,
            Template path,
            List<Parameter> query,
            List<Parameter> headers,
            @Nullable Body body) {}

    /** A query parameter or header. */
    public record Parameter(String name, Template value) {}

    /** A request body; places in it are escaped as its media type demands. */
    public record Body(String mediaType, Template text) {}

    /** Sets {@code variable} to what stands at {@code from} in the response: JSONPath, header:Name or cookie:name. */
    public record Extraction(String variable, String from) {}

    /** What the response must be like. */
    public record Expectation(List<Integer> status) {}
}
