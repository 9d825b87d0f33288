package io.sluice.lake;

import java.io.Serializable;
import org.apache.parquet.io.InputFile;

/** What is done to one stored object on an executor; it travels there. */
@FunctionalInterface
public interface ObjectReading<R extends Serializable> extends Serializable {
    /** Reads {@code file}, called {@code name}; one call after the other. */
    R read(String name, InputFile file);
}
