package io.sluice.scrub.parquet;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** Takes no values of a group, for readers that fetch them from the columns themselves. */
public final class NoValues extends GroupConverter {
    private final GroupType type;

    public NoValues(GroupType type) {
        this.type = type;
    }

    @Override
    public Converter getConverter(int field) {
        Type inner = type.getType(field);
        return inner.isPrimitive() ? new PrimitiveConverter() {} : new NoValues(inner.asGroupType());
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
}
