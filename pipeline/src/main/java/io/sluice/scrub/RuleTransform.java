package io.sluice.scrub;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udf;

import io.sluice.redaction.StoredRedactor;
import io.sluice.schemas.ExchangeTable;
import io.sluice.scrub.search.SearchedRule;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** Rows of {@code exchange} that were written before there was a redaction rule -> the same with the rule applied, by column. */
public final class RuleTransform {
    private final String flag;
    private final String appliedBy;
    private final UserDefinedFunction name;
    private final UserDefinedFunction path;
    private final UserDefinedFunction query;
    private final UserDefinedFunction header;
    private final UserDefinedFunction body;

    public RuleTransform(SearchedRule rule) {
        Application application = new Application(rule);
        flag = rule.flag();
        appliedBy = rule.appliedBy();
        name = of((UDF1<byte @Nullable [], byte @Nullable []>) application::name);
        path = of((UDF1<byte @Nullable [], byte @Nullable []>) application::path);
        query = of((UDF1<byte @Nullable [], byte @Nullable []>) application::query);
        header = udf((UDF2<byte[], byte[], byte[]>) application::header, DataTypes.BinaryType)
                .asNonNullable();
        body = udf((UDF2<byte @Nullable [], String, byte @Nullable []>) application::body, DataTypes.BinaryType);
    }

    private static UserDefinedFunction of(UDF1<byte @Nullable [], byte @Nullable []> redaction) {
        return udf(redaction, DataTypes.BinaryType);
    }

    /** The columns in which it may replace something, by name, as they become, and {@code flags}, which say that it was applied. */
    public Map<String, Column> columns() {
        Map<String, Column> columns = new HashMap<>();
        StoredRedactor.NAMES.forEach(column -> columns.put(column, text(name, column)));
        columns.put(ExchangeTable.PATH, text(path, ExchangeTable.PATH));
        columns.put(ExchangeTable.QUERY, text(query, ExchangeTable.QUERY));
        columns.put(ExchangeTable.REQUEST_HEADERS, headers(ExchangeTable.REQUEST_HEADERS));
        columns.put(ExchangeTable.REQUEST_BODY, body(ExchangeTable.REQUEST_BODY, ExchangeTable.REQUEST_MEDIA_TYPE));
        columns.put(ExchangeTable.RESPONSE_HEADERS, headers(ExchangeTable.RESPONSE_HEADERS));
        columns.put(ExchangeTable.RESPONSE_BODY, body(ExchangeTable.RESPONSE_BODY, ExchangeTable.RESPONSE_MEDIA_TYPE));
        columns.put(ExchangeTable.FLAGS, array_union(col(ExchangeTable.FLAGS), array(lit(flag))));
        return columns;
    }

    /** Whether it is not yet applied to a row. */
    public Column applies() {
        return not(array_contains(col(ExchangeTable.FLAGS), flag))
                .and(col(ExchangeTable.POLICY_VERSION).notEqual(appliedBy));
    }

    /** As bytes, for as a text of Java, what is no UTF-8 would be changed. */
    private static Column text(UserDefinedFunction redaction, String column) {
        return redaction.apply(col(column).cast(DataTypes.BinaryType)).cast(DataTypes.StringType);
    }

    private Column headers(String column) {
        return transform(col(column), one -> {
            Column value = header.apply(
                    one.getField("name").cast(DataTypes.BinaryType),
                    one.getField("value").cast(DataTypes.BinaryType));
            return struct(
                    one.getField("name").as("name"),
                    value.cast(DataTypes.StringType).as("value"));
        });
    }

    private Column body(String column, String mediaType) {
        return body.apply(col(column), coalesce(col(mediaType), lit("")));
    }

    /** The rule in the form that Spark calls; its redactor is made once per task. */
    private static final class Application implements Serializable {
        private static final long serialVersionUID = 1L;

        private final SearchedRule rule;
        private transient @Nullable StoredRedactor redactor;

        private Application(SearchedRule rule) {
            this.rule = rule;
        }

        private byte @Nullable [] name(byte @Nullable [] name) {
            return name == null ? null : redactor().name(name);
        }

        private byte @Nullable [] path(byte @Nullable [] path) {
            return path == null ? null : redactor().path(path);
        }

        private byte @Nullable [] query(byte @Nullable [] query) {
            return query == null ? null : redactor().query(query);
        }

        private byte[] header(byte[] name, byte[] value) {
            return redactor().header(name, value);
        }

        private byte @Nullable [] body(byte @Nullable [] body, String mediaType) {
            return body == null ? null : redactor().body(body, mediaType);
        }

        private StoredRedactor redactor() {
            if (redactor == null) {
                redactor = rule.redactor();
            }
            return redactor;
        }
    }
}
