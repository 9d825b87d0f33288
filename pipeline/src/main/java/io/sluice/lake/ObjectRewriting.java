package io.sluice.lake;

import java.io.IOException;
import java.io.Serializable;
import org.apache.parquet.io.InputFile;

/** Makes another object of a stored one, on an executor; it travels there. */
@FunctionalInterface
public interface ObjectRewriting extends Serializable {
    /** Writes to {@code fresh} what is to stand where {@code old} stands, if anything. */
    Rewritten rewrite(String name, InputFile old, FreshObject fresh) throws IOException;
}
