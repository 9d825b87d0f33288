package io.sluice.scrub.parquet;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** One engine that reads a Delta table. */
interface TableReader extends AutoCloseable {
    /** All rows as text that this engine alone understands, sorted. */
    List<String> rows() throws IOException, SQLException;

    @Override
    default void close() throws SQLException {}
}
