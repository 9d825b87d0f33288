package io.sluice.dependency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.ExchangeTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** One captured exchange with the path template of its endpoint. */
public record Captured(
        String template, String path, @Nullable String query, Message request, Message response) {
    /** Columns that {@link #of} reads. */
    public static final List<String> COLUMNS = List.of(
            EndpointTable.TEMPLATE,
            ExchangeTable.PATH,
            ExchangeTable.QUERY,
            ExchangeTable.REQUEST_HEADERS,
            ExchangeTable.REQUEST_BODY,
            ExchangeTable.REQUEST_MEDIA_TYPE,
            ExchangeTable.RESPONSE_HEADERS,
            ExchangeTable.RESPONSE_BODY,
            ExchangeTable.RESPONSE_MEDIA_TYPE);

    /** Headers in order, and the body as text; empty where there is none. */
    public record Message(List<Map.Entry<String, String>> headers, String mediaType, String body) {
        public Message {
            headers = List.copyOf(headers);
        }

        /** Whether the body is, by media type or looks, JSON. */
        public boolean isJson() {
            return mediaType.endsWith("json") || body.startsWith("{") || body.startsWith("[");
        }

        /** Whether the body is a form as browsers send it. */
        public boolean isForm() {
            return mediaType.equals("application/x-www-form-urlencoded");
        }
    }

    /** Reads the {@link #COLUMNS} of a row. */
    public static Captured of(Row row) {
        return new Captured(
                row.getAs(EndpointTable.TEMPLATE),
                row.getAs(ExchangeTable.PATH),
                row.getAs(ExchangeTable.QUERY),
                message(
                        row,
                        ExchangeTable.REQUEST_HEADERS,
                        ExchangeTable.REQUEST_MEDIA_TYPE,
                        ExchangeTable.REQUEST_BODY),
                message(
                        row,
                        ExchangeTable.RESPONSE_HEADERS,
                        ExchangeTable.RESPONSE_MEDIA_TYPE,
                        ExchangeTable.RESPONSE_BODY));
    }

    private static Message message(Row row, String headers, String mediaType, String body) {
        String type = row.getAs(mediaType);
        byte[] bytes = row.getAs(body);
        List<Map.Entry<String, String>> pairs = row.<Row>getList(row.fieldIndex(headers)).stream()
                .map(header -> Map.entry(header.getString(0), header.getString(1)))
                .toList();
        return new Message(
                pairs,
                type == null ? "" : type.toLowerCase(Locale.ROOT),
                bytes == null ? "" : new String(bytes, UTF_8));
    }
}
