package io.sluice.lineage;

import java.time.Instant;

/** One execution of a job for one tenant. */
public record Run(String id, String job, String release, Instant startedAt) {}
