package io.sluice.lake;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;

/** An object that is being made, not yet where it belongs. */
public final class FreshObject {
    private final Path path;
    private final Configuration configuration;

    FreshObject(Path path, Configuration configuration) {
        this.path = path;
        this.configuration = configuration;
    }

    /** Where it is to be written. */
    public OutputFile file() throws IOException {
        return HadoopOutputFile.fromPath(path, configuration);
    }

    /** What was written. */
    public InputFile written() throws IOException {
        return HadoopInputFile.fromPath(path, configuration);
    }
}
