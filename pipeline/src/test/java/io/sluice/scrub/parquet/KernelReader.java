package io.sluice.scrub.parquet;

import io.delta.kernel.Scan;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** Delta Kernel, the library on which other engines build, reads a table as its log says. */
final class KernelReader implements TableReader {
    private final Engine engine = DefaultEngine.create(new Configuration());
    private final Path table;

    KernelReader(Path table) {
        this.table = table;
    }

    @Override
    public List<String> rows() throws IOException {
        Scan scan = TableManager.loadSnapshot(table.toString())
                .build(engine)
                .getScanBuilder()
                .build();
        Row state = scan.getScanState(engine);
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
            while (batches.hasNext()) {
                try (CloseableIterator<Row> files = batches.next().getRows()) {
                    while (files.hasNext()) {
                        read(state, files.next(), rows);
                    }
                }
            }
        }
        rows.sort(null);
        return rows;
    }

    private void read(Row state, Row file, List<String> rows) throws IOException {
        CloseableIterator<ColumnarBatch> stored = engine.getParquetHandler()
                .readParquetFiles(
                        Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                        ScanStateRow.getPhysicalDataReadSchema(state),
                        Optional.empty())
                .map(FileReadResult::getData);
        try (CloseableIterator<FilteredColumnarBatch> batches =
                Scan.transformPhysicalData(engine, state, file, stored)) {
            while (batches.hasNext()) {
                ColumnarBatch batch = batches.next().getData();
                for (int row = 0; row < batch.getSize(); row++) {
                    rows.add(text(batch.getSchema(), batch::getColumnVector, row));
                }
            }
        }
    }

    private static String text(StructType schema, IntFunction<ColumnVector> columns, int row) {
        return IntStream.range(0, schema.length())
                .mapToObj(column -> text(columns.apply(column), row))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String text(ColumnVector column, int row) {
        DataType type = column.getDataType();
        if (column.isNullAt(row)) {
            return "null";
        } else if (type instanceof StringType) {
            return column.getString(row);
        } else if (type instanceof BinaryType) {
            return Arrays.toString(column.getBinary(row));
        } else if (type instanceof IntegerType) {
            return String.valueOf(column.getInt(row));
        } else if (type instanceof TimestampType) {
            return String.valueOf(column.getLong(row));
        } else if (type instanceof DecimalType) {
            return column.getDecimal(row).toPlainString();
        } else if (type instanceof StructType struct) {
            return text(struct, column::getChild, row);
        } else if (type instanceof ArrayType) {
            ArrayValue array = column.getArray(row);
            return texts(array.getElements(), array.getSize());
        } else if (type instanceof MapType) {
            MapValue map = column.getMap(row);
            return texts(map.getKeys(), map.getSize()) + " to " + texts(map.getValues(), map.getSize());
        }
        throw new IllegalArgumentException("a column of the type " + type);
    }

    private static String texts(ColumnVector column, int count) {
        return IntStream.range(0, count).mapToObj(row -> text(column, row)).collect(Collectors.joining(", ", "[", "]"));
    }
}
