package io.sluice.scrub.parquet;

import org.apache.hadoop.conf.Configuration;

/** How hard the pages of a changed chunk are compressed, so that the file does not grow. */
enum Effort {
    AS_USUAL("3", "DEFAULT_COMPRESSION"),
    HARDER("9", "BEST_COMPRESSION"),
    /** Pages of the chunk that hold no blanked row are compressed again as well, all with the codec that packs tightest. */
    WHOLE_CHUNK("19", "BEST_COMPRESSION");

    private final String zstdLevel;
    private final String zlibLevel;

    Effort(String zstdLevel, String zlibLevel) {
        this.zstdLevel = zstdLevel;
        this.zlibLevel = zlibLevel;
    }

    Configuration configuration() {
        Configuration configuration = new Configuration(false);
        configuration.set("parquet.compression.codec.zstd.level", zstdLevel);
        configuration.set("zlib.compress.level", zlibLevel);
        return configuration;
    }
}
