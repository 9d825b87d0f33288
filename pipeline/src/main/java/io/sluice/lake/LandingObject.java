package io.sluice.lake;

import java.time.Instant;

/** A file in the tenant's landing as it was found: what stands for it when it is compared with what was taken up. */
public record LandingObject(String name, long bytes, Instant modifiedAt) {}
