package io.sluice.scrub.parquet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.parquet.io.api.Binary;

/** What a plan does to the entries of one leaf, in the rows that are blanked. */
sealed interface LeafEdit {
    /** Everything below a node goes: one entry stays for each place where the node stood, ending just above it. */
    record Cut(int beginRepetition, int nodeDefinition) implements LeafEdit {}

    /** Every value becomes another, nulls stay. */
    record Replace(UnaryOperator<Binary> replacement) implements LeafEdit {}

    /** One value per row, where there was one or not. */
    record Put(Binary value) implements LeafEdit {}

    /**
     * {@code page} with those of its rows edited that are in {@code rows}; {@code rowsBefore} rows have begun before it.
     */
    default Page apply(Page page, int maxDefinition, BitSet rows, int rowsBefore) {
        int[] repetition = new int[page.entries()];
        int[] definition = new int[page.entries()];
        List<Binary> values = new ArrayList<>(page.entries());
        int row = rowsBefore - 1;
        int read = 0;
        int written = 0;
        for (int i = 0; i < page.entries(); i++) {
            int rep = page.repetition()[i];
            int def = page.definition()[i];
            row += rep == 0 ? 1 : 0;
            Binary value = def == maxDefinition ? page.values()[read++] : null;
            if (rows.get(row)) {
                if (this instanceof Cut cut && def >= cut.nodeDefinition) {
                    if (rep > cut.beginRepetition) {
                        continue;
                    }
                    def = cut.nodeDefinition - 1;
                    value = null;
                } else if (this instanceof Replace replace && value != null) {
                    value = replace.replacement.apply(value);
                } else if (this instanceof Put put) {
                    def = maxDefinition;
                    value = put.value;
                }
            }
            if (value != null) {
                values.add(value);
            }
            repetition[written] = rep;
            definition[written++] = def;
        }
        return new Page(
                Arrays.copyOf(repetition, written), Arrays.copyOf(definition, written), values.toArray(Binary[]::new));
    }
}
