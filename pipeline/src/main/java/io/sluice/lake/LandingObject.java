package io.sluice.lake;

import java.time.Instant;
import java.util.Locale;

/** A file in the tenant's landing as it was found: what stands for it when it is compared with what was taken up. */
public record LandingObject(String name, long bytes, Instant modifiedAt) {
    /** Whether it says of itself that it is a Parquet file. */
    public boolean isParquet() {
        return name.toLowerCase(Locale.ROOT).endsWith(".parquet");
    }

    /** Whether it took the place of another, by its name. */
    public boolean isReplacement() {
        return name.startsWith(LandingReplacement.FINISHED);
    }
}
