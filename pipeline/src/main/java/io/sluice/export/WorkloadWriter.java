package io.sluice.export;

import io.sluice.scenario.Scenario;
import java.util.List;

/** Turns a workload into the files of one tool; captured text in it is only ever data there. */
public interface WorkloadWriter {
    /** The files for {@code scenarios}, heaviest first; an empty workload gives no files. */
    List<ExportedFile> write(List<Scenario> scenarios);
}
