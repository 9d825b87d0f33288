package io.sluice.scrub;

import io.sluice.scrub.search.ScannedObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Requests that are carried out at once: they ask for the same to be done, about values of their own. */
public final class ScrubRequests {
    private final List<ScrubRequest> all;
    private final List<Integer> begins = new ArrayList<>();
    private final TreeMap<Integer, Integer> byBegin = new TreeMap<>();

    private ScrubRequests(List<ScrubRequest> all) {
        this.all = List.copyOf(all);
        int begin = 0;
        for (ScrubRequest request : all) {
            byBegin.put(begin, begins.size());
            begins.add(begin);
            begin += request.selectors().size();
        }
        begins.add(begin);
    }

    /** One or more {@code requests}; fails where two have one id, or ask for what cannot be done at once. */
    public static ScrubRequests of(List<ScrubRequest> requests) throws ScrubRequest.Unusable {
        Map<String, Function<ScrubRequest, Object>> shared = new LinkedHashMap<>();
        shared.put("action", ScrubRequest::action);
        shared.put("history", ScrubRequest::history);
        shared.put("scope", ScrubRequest::scope);
        shared.put("expand", request -> String.valueOf(request.expand()));
        for (Map.Entry<String, Function<ScrubRequest, Object>> part : shared.entrySet()) {
            if (requests.stream().map(part.getValue()).distinct().count() > 1) {
                throw new ScrubRequest.Unusable("they differ in " + part.getKey() + ", which is one for a run");
            }
        }
        Set<String> ids = new HashSet<>();
        for (ScrubRequest request : requests) {
            if (!ids.add(request.id())) {
                throw new ScrubRequest.Unusable("two of them have the id " + request.id());
            }
        }
        ScrubRequests checked = new ScrubRequests(requests);
        if (checked.joined().holdsAValueIn(requests)) {
            throw new ScrubRequest.Unusable(
                    "id or basis of one holds a value of another, and these are kept as evidence");
        }
        return checked;
    }

    public List<ScrubRequest> all() {
        return all;
    }

    /** All of it as one request, for the rest that of the most urgent; its selectors are numbered through. */
    public ScrubRequest joined() {
        return all.stream()
                .min(Comparator.comparing(ScrubRequest::due))
                .orElseThrow()
                .selecting(all.stream()
                        .flatMap(request -> request.selectors().stream())
                        .toList());
    }

    /** Whose selector {@code number} of {@link #joined} is, as a place in {@link #all}. */
    public int requestOf(int number) {
        return byBegin.floorEntry(number).getValue();
    }

    /** The number that it has in its own request. */
    public int ownNumber(int number) {
        return number - byBegin.floorKey(number);
    }

    /** What came of reading {@code object} for one request, by its place in {@link #all}. */
    public ScannedObject only(int request, ScannedObject object) {
        return object.of(begins.get(request), begins.get(request + 1));
    }
}
