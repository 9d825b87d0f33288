package io.sluice.scrub.parquet;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** DuckDB, which is written in another language, reads the data files of a table and keeps their footers in memory. */
final class DuckReader implements TableReader {
    private final Connection duck;
    private final Path table;

    DuckReader(Path table) throws SQLException {
        this.duck = DriverManager.getConnection("jdbc:duckdb:");
        this.table = table;
        try (Statement setting = duck.createStatement()) {
            setting.execute("SET parquet_metadata_cache = true");
        }
    }

    @Override
    public List<String> rows() throws SQLException {
        try (Statement query = duck.createStatement();
                ResultSet answer = query.executeQuery(
                        "SELECT CAST(t AS VARCHAR) FROM read_parquet('" + table + "/*.parquet') AS t ORDER BY 1")) {
            List<String> rows = new ArrayList<>();
            while (answer.next()) {
                rows.add(answer.getString(1));
            }
            return rows;
        }
    }

    @Override
    public void close() throws SQLException {
        duck.close();
    }
}
