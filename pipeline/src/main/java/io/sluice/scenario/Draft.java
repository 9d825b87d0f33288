package io.sluice.scenario;

import io.sluice.dependency.Captured;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A session that was chosen to become a scenario, with all that was learned about its requests. */
record Draft(Head head, Scenario.Target target, List<Sent> steps, Evidence evidence) {
    Draft {
        steps = List.copyOf(steps);
    }

    /** What the scenario says of itself. */
    record Head(String name, String modelId, double weight, double arrivalsPerMinute, int k, long sourceVersion) {}

    /** One exchange of the session, in order. */
    record Sent(
            String exchangeId,
            String endpointId,
            String method,
            @Nullable Integer status,
            List<Long> thinkTimeMs,
            Captured exchange) {}

    /** A dependency of a request on an earlier response. */
    record Source(
            String producerEndpointId,
            String producerLocation,
            String consumerEndpointId,
            String consumerLocation,
            boolean sameForAll) {}

    /** A place in the requests of an endpoint. */
    record Place(String endpointId, String location) {}

    /**
     * What many sessions say: dependencies, the values at a place that enough actors used, and the statuses of an
     * endpoint, the most frequent first.
     */
    record Evidence(
            List<Source> sources, Map<Place, List<Scenario.Choice>> choices, Map<String, List<Integer>> statuses) {
        Evidence {
            sources = List.copyOf(sources);
            choices = Map.copyOf(choices);
            statuses = Map.copyOf(statuses);
        }
    }
}
