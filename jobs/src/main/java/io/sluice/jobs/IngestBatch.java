package io.sluice.jobs;

import io.sluice.lake.LandingCheck;
import java.util.ArrayList;
import java.util.List;

/** Landing files that are taken up together under one number. */
record IngestBatch(long number, List<LandingCheck> files) {
    /** Parts {@code files}, in their order, into batches of at most {@code bytes}, or of one larger file. */
    static List<IngestBatch> of(List<LandingCheck> files, long bytes, long firstNumber) {
        List<IngestBatch> batches = new ArrayList<>();
        List<LandingCheck> current = new ArrayList<>();
        long filled = 0;
        for (LandingCheck file : files) {
            if (!current.isEmpty() && filled + file.object().bytes() > bytes) {
                batches.add(new IngestBatch(firstNumber + batches.size(), List.copyOf(current)));
                current.clear();
                filled = 0;
            }
            current.add(file);
            filled += file.object().bytes();
        }
        if (!current.isEmpty()) {
            batches.add(new IngestBatch(firstNumber + batches.size(), List.copyOf(current)));
        }
        return batches;
    }
}
