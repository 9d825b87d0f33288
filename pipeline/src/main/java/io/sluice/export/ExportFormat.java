package io.sluice.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The tools for which a workload can be written. */
public enum ExportFormat {
    /** One JSON document per scenario, valid against {@code scenario.schema.json}. */
    SCENARIO,
    /** A script for k6. */
    K6,
    /** A test plan for JMeter 5.6 or newer. */
    JMETER;

    /** The name used on the command line, e.g. {@code jmeter}. */
    public String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    public WorkloadWriter writer() {
        return switch (this) {
            case SCENARIO -> new ScenarioWriter();
            case K6 -> new K6Writer();
            case JMETER -> new JMeterWriter();
        };
    }

    /** The format with this name on the command line. */
    public static Optional<ExportFormat> named(String option) {
        return Arrays.stream(values())
                .filter(format -> format.option().equals(option))
                .findFirst();
    }
}
