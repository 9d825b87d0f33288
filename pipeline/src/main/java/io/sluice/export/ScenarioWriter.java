package io.sluice.export;

import io.sluice.scenario.Scenario;
import io.sluice.scenario.ScenarioDocument;
import java.util.List;

/** Writes each scenario as its own JSON document. */
final class ScenarioWriter implements WorkloadWriter {
    @Override
    public List<ExportedFile> write(List<Scenario> scenarios) {
        return ScenarioName.unique(scenarios).entrySet().stream()
                .map(named ->
                        new ExportedFile(named.getKey() + ".scenario.json", ScenarioDocument.write(named.getValue())))
                .toList();
    }
}
