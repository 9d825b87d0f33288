package io.sluice.scrub;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** Applies a redaction rule to rows of {@code exchange} that were written before there was such a rule. */
public final class RuleColumns {
    private final String flag;
    private final String appliedBy;
    private final UserDefinedFunction path;
    private final UserDefinedFunction query;
    private final UserDefinedFunction header;
    private final UserDefinedFunction body;

    public RuleColumns(SearchedRule rule) {
        Application application = new Application(rule);
        flag = rule.flag();
        appliedBy = rule.appliedBy();
        path = udf((UDF1<String, String>) application::path, DataTypes.StringType)
                .asNonNullable();
        query = udf((UDF1<@Nullable String, @Nullable String>) application::query, DataTypes.StringType);
        header = udf((UDF2<String, String, String>) application::header, DataTypes.StringType)
                .asNonNullable();
        body = udf((UDF2<byte @Nullable [], String, byte @Nullable []>) application::body, DataTypes.BinaryType);
    }

    /** The columns in which it may replace something, by name, as they become, and {@code flags}, which say that it did. */
    public Map<String, Column> columns() {
        return Map.of(
                ExchangeTable.PATH,
                path.apply(col(ExchangeTable.PATH)),
                ExchangeTable.QUERY,
                query.apply(col(ExchangeTable.QUERY)),
                ExchangeTable.REQUEST_HEADERS,
                headers(ExchangeTable.REQUEST_HEADERS),
                ExchangeTable.REQUEST_BODY,
                body(ExchangeTable.REQUEST_BODY, ExchangeTable.REQUEST_MEDIA_TYPE),
                ExchangeTable.RESPONSE_HEADERS,
                headers(ExchangeTable.RESPONSE_HEADERS),
                ExchangeTable.RESPONSE_BODY,
                body(ExchangeTable.RESPONSE_BODY, ExchangeTable.RESPONSE_MEDIA_TYPE),
                ExchangeTable.FLAGS,
                array_union(col(ExchangeTable.FLAGS), array(lit(flag))));
    }

    /** Whether it is not yet applied to a row. */
    public Column applies() {
        return not(array_contains(col(ExchangeTable.FLAGS), flag))
                .and(col(ExchangeTable.POLICY_VERSION).notEqual(appliedBy));
    }

    private Column headers(String column) {
        return transform(col(column), one -> {
            Column name = one.getField("name");
            return struct(
                    name.as("name"), header.apply(name, one.getField("value")).as("value"));
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

        private String path(String path) {
            return new String(redactor().path(path.getBytes(UTF_8)), UTF_8);
        }

        private @Nullable String query(@Nullable String query) {
            return query == null ? null : new String(redactor().query(query.getBytes(UTF_8)), UTF_8);
        }

        private String header(String name, String value) {
            return new String(redactor().header(name.getBytes(UTF_8), value.getBytes(UTF_8)), UTF_8);
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
