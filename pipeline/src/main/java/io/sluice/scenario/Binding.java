package io.sluice.scenario;

import io.sluice.dependency.Captured;
import io.sluice.dependency.Location;
import io.sluice.dependency.MessageValues;
import io.sluice.scenario.Draft.Place;
import io.sluice.scenario.Draft.Sent;
import io.sluice.scenario.Draft.Source;
import io.sluice.scenario.Scenario.Choice;
import io.sluice.scenario.Scenario.Extraction;
import io.sluice.scenario.Scenario.Format;
import io.sluice.scenario.Scenario.Generator;
import io.sluice.scenario.Scenario.Variable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides for each value in the requests of one session what stands there in the scenario: a variable taken from an
 * earlier response, a fresh or chosen value, or the captured text.
 */
final class Binding {
    /** Values at least as long are equal for a reason. */
    private static final int LEAST_TELLING_LENGTH = 12;

    private final Draft draft;
    private final List<Responded> responses;
    private final Map<Integer, Set<Extraction>> extractions = new HashMap<>();
    private final Map<String, String> extracted = new HashMap<>();
    private final Map<String, Variable> made = new LinkedHashMap<>();
    private final Set<String> names = new LinkedHashSet<>();

    Binding(Draft draft) {
        this.draft = draft;
        this.responses = draft.steps().stream()
                .map(step -> Responded.of(step.exchange()))
                .toList();
    }

    /** What stands for {@code text}, which step {@code index} sent at {@code location}. */
    Template bind(int index, Location location, String text) {
        Optional<String> variable = fromResponse(index, location, text);
        if (variable.isPresent()) {
            return Template.variable(variable.get());
        }
        if (text.length() >= LEAST_TELLING_LENGTH && extracted.containsKey(text)) {
            return Template.variable(extracted.get(text));
        }
        List<Choice> choices = choices(index, location);
        boolean mayRepeat = !Sensitive.neverRepeated(location, text);
        boolean known = choices.stream().anyMatch(choice -> choice.value().equals(text));
        if (text.isEmpty() || (mayRepeat && known)) {
            return Template.text(text);
        }
        return Template.variable(variable(location, text, mayRepeat ? choices : List.of()));
    }

    /** Text whose place has no location of its own: a fresh one stands for it. */
    Template fresh(String name, String text) {
        return Template.variable(variable(Location.named(Location.Kind.FORM, name), text, List.of()));
    }

    /** What step {@code index} must take out of its response. */
    List<Extraction> extractions(int index) {
        return List.copyOf(extractions.getOrDefault(index, Set.of()));
    }

    /** The variables that no step extracts. */
    List<Variable> variables() {
        return List.copyOf(made.values());
    }

    private Optional<String> fromResponse(int index, Location location, String text) {
        Sent step = draft.steps().get(index);
        String place = location.toString();
        List<Source> sources = draft.evidence().sources().stream()
                .filter(source -> source.consumerEndpointId().equals(step.endpointId())
                        && source.consumerLocation().equals(place))
                .toList();
        for (int earlier = 0; earlier < index && !sources.isEmpty(); earlier++) {
            String endpoint = draft.steps().get(earlier).endpointId();
            for (Source source : sources) {
                Optional<Location> found = source.producerEndpointId().equals(endpoint)
                        ? responses.get(earlier).find(source.producerLocation(), text)
                        : Optional.empty();
                if (found.isPresent()) {
                    // In a list that is the same for all, the same place holds the same thing; in another, any will do.
                    Location from =
                            source.sameForAll() ? found.get() : found.get().generalized();
                    return Optional.of(extract(earlier, from, text, location));
                }
            }
        }
        return Optional.empty();
    }

    private String extract(int step, Location from, String text, Location to) {
        Set<Extraction> here = extractions.computeIfAbsent(step, key -> new LinkedHashSet<>());
        Optional<String> known = here.stream()
                .filter(extraction -> extraction.from().equals(from.toString()))
                .map(Extraction::variable)
                .findFirst();
        String name = known.orElseGet(() -> unused(Sensitive.variable(from).or(() -> Sensitive.variable(to))));
        here.add(new Extraction(name, from.toString()));
        extracted.putIfAbsent(text, name);
        return name;
    }

    private String variable(Location location, String text, List<Choice> choices) {
        Format format = Sensitive.format(location, text);
        boolean fresh = choices.isEmpty() || (format != Format.TEXT && format != Format.INTEGER);
        String key = fresh ? text : location + "\n" + text;
        Variable known = made.get(key);
        if (known != null) {
            return known.name();
        }
        String name = unused(Sensitive.variable(location));
        Integer length = format == Format.TEXT || format == Format.INTEGER || format == Format.PASSWORD
                ? Integer.valueOf(text.length())
                : null;
        made.put(
                key,
                fresh
                        ? new Variable(name, new Generator(format, length), List.of())
                        : new Variable(name, null, choices));
        return name;
    }

    private List<Choice> choices(int index, Location location) {
        return draft.evidence()
                .choices()
                .getOrDefault(new Place(draft.steps().get(index).endpointId(), location.toString()), List.of());
    }

    private String unused(Optional<String> wish) {
        String stem = wish.filter(name -> !name.isEmpty()).orElse("value");
        String name = stem;
        for (int n = 2; !names.add(name); n++) {
            name = stem + "_" + n;
        }
        return name;
    }

    /** The values of a response by their location with indices made any, each with where exactly it stands. */
    private record Responded(Map<String, Map<String, Location>> byLocation) {
        static Responded of(Captured exchange) {
            Map<String, Map<String, Location>> values = new HashMap<>();
            MessageValues.exactOfResponse(exchange)
                    .forEach(value -> values.computeIfAbsent(
                                    value.location().generalized().toString(), key -> new HashMap<>())
                            .putIfAbsent(value.text(), value.location()));
            return new Responded(values);
        }

        Optional<Location> find(String location, String text) {
            return Optional.ofNullable(
                    byLocation.getOrDefault(location, Map.of()).get(text));
        }
    }
}
