package io.sluice.schemas;

import org.apache.spark.sql.types.DataType;

/** One column of a table as it is declared: name, type, whether null is allowed, sensitivity and one sentence. */
public record ColumnSpec(String name, DataType type, boolean nullable, Sensitivity sensitivity, String comment) {}
