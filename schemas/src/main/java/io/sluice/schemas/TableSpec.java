package io.sluice.schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The declaration of a table, from which creation, the data dictionary, redaction, scrubbing and retention follow. */
public record TableSpec(
        String name,
        String purpose,
        int version,
        List<ColumnSpec> columns,
        List<String> subjectColumns,
        List<String> clusteringKeys,
        Map<String, String> properties,
        Duration retention) {

    /** Key under which a column's {@link Sensitivity} is kept in the stored column metadata. */
    public static final String SENSITIVITY = "sluice.sensitivity";

    public TableSpec {
        columns = List.copyOf(columns);
        subjectColumns = List.copyOf(subjectColumns);
        clusteringKeys = List.copyOf(clusteringKeys);
        properties = Map.copyOf(properties);
    }

    /** Starts the declaration of {@code name}; {@code purpose} is the one sentence that says what a row is. */
    public static Builder table(String name, String purpose) {
        return new Builder(name, purpose);
    }

    /** The columns as Spark sees them, with comment and sensitivity in each field's metadata. */
    public StructType schema() {
        return new StructType(columns.stream().map(TableSpec::field).toArray(StructField[]::new));
    }

    public List<String> columnNames() {
        return columns.stream().map(ColumnSpec::name).toList();
    }

    /** Names of the columns that may have statistics in the transaction log, in declaration order. */
    public List<String> statisticsColumns() {
        return columns.stream()
                .filter(column -> column.sensitivity().mayHaveStatistics())
                .map(ColumnSpec::name)
                .toList();
    }

    private static StructField field(ColumnSpec column) {
        Metadata metadata = new MetadataBuilder()
                .putString("comment", column.comment())
                .putString(SENSITIVITY, column.sensitivity().name())
                .build();
        return new StructField(column.name(), column.type(), column.nullable(), metadata);
    }

    /** Collects the parts of a {@link TableSpec} and refuses a declaration that contradicts itself. */
    public static final class Builder {
        private static final Duration UNTIL_REMOVED = Duration.ZERO;

        private final String name;
        private final String purpose;
        private final Map<String, ColumnSpec> columns = new LinkedHashMap<>();
        private final Map<String, String> properties = new LinkedHashMap<>();
        private List<String> subjectColumns = List.of();
        private List<String> clusteringKeys = List.of();
        private Duration retention = UNTIL_REMOVED;
        private int version = 1;

        private Builder(String name, String purpose) {
            this.name = name;
            this.purpose = purpose;
        }

        /** Sets the version of the declaration; a migration leads from one to the next. */
        public Builder version(int declared) {
            version = declared;
            return this;
        }

        /** Adds a column that always has a value. */
        public Builder required(String column, DataType type, Sensitivity sensitivity, String comment) {
            return add(new ColumnSpec(column, type, false, sensitivity, comment));
        }

        /** Adds a column that may be null. */
        public Builder optional(String column, DataType type, Sensitivity sensitivity, String comment) {
            return add(new ColumnSpec(column, type, true, sensitivity, comment));
        }

        /** Names the columns that identify a data subject. */
        public Builder subjects(String... names) {
            subjectColumns = List.of(names);
            return this;
        }

        /** Names the columns by which rows lie together in files. */
        public Builder clusteredBy(String... names) {
            clusteringKeys = List.of(names);
            return this;
        }

        /** Sets a Delta table property beyond those that every table gets. */
        public Builder property(String key, String value) {
            properties.put(key, value);
            return this;
        }

        /** Sets how long a row is kept; without it rows stay until something removes them. */
        public Builder retainedFor(Duration kept) {
            retention = kept;
            return this;
        }

        /** Returns the declaration, or says everything that is wrong with it. */
        public TableSpec build() {
            List<String> problems = new ArrayList<>();
            for (String key : clusteringKeys) {
                ColumnSpec column = columns.get(key);
                if (column == null) {
                    problems.add("clustering key " + key + " is not a column");
                } else if (!column.sensitivity().mayHaveStatistics()) {
                    problems.add("clustering key " + key + " is sensitive, so it may have no statistics");
                }
            }
            for (String subject : subjectColumns) {
                if (!columns.containsKey(subject)) {
                    problems.add("subject column " + subject + " is not a column");
                }
            }
            if (!problems.isEmpty()) {
                throw new IllegalStateException("table " + name + ": " + String.join("; ", problems));
            }
            return new TableSpec(
                    name,
                    purpose,
                    version,
                    List.copyOf(columns.values()),
                    subjectColumns,
                    clusteringKeys,
                    properties,
                    retention);
        }

        private Builder add(ColumnSpec column) {
            if (columns.putIfAbsent(column.name(), column) != null) {
                throw new IllegalStateException("table " + name + " declares column " + column.name() + " twice");
            }
            return this;
        }
    }
}
