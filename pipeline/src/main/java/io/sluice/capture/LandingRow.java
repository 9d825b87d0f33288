package io.sluice.capture;

import io.sluice.schemas.ExchangeTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exchange as the values of one landing row, in the order of {@link ExchangeTable#landingSchema}: times as
 * microseconds, lists as {@link List}, header fields as {@code Object[]} of name and value.
 */
public final class LandingRow {
    private static final List<String> COLUMNS = ExchangeTable.SPEC
            .columnNames()
            .subList(0, ExchangeTable.SPEC.columnNames().indexOf(ExchangeTable.FLAGS) + 1);

    private LandingRow() {}

    public static @Nullable Object[] of(CapturedExchange exchange) {
        @Nullable Object[] row = new @Nullable Object[COLUMNS.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = value(COLUMNS.get(i), exchange);
        }
        return row;
    }

    private static @Nullable Object value(String column, CapturedExchange exchange) {
        CapturedRequest request = exchange.request();
        CapturedResponse response = exchange.response();
        Origin origin = exchange.origin();
        TraceContext trace = origin.trace();
        return switch (column) {
            case ExchangeTable.CAPTURE_ID -> origin.captureId();
            case ExchangeTable.CAPTURED_AT -> exchange.capturedAtMicros();
            case ExchangeTable.SERVICE -> exchange.service();
            case ExchangeTable.DIRECTION -> exchange.direction().name();
            case ExchangeTable.PROTOCOL -> exchange.protocol();
            case ExchangeTable.METHOD -> request.method();
            case ExchangeTable.SCHEME -> request.target().scheme();
            case ExchangeTable.HOST -> request.target().host();
            case ExchangeTable.PORT -> request.target().port();
            case ExchangeTable.PATH -> request.target().path();
            case ExchangeTable.QUERY -> request.target().query();
            case ExchangeTable.HTTP_VERSION -> request.httpVersion();
            case ExchangeTable.REQUEST_HEADERS -> fields(request.headers());
            case ExchangeTable.REQUEST_BODY -> bytes(request.body());
            case ExchangeTable.REQUEST_MEDIA_TYPE -> request.mediaType();
            case ExchangeTable.STATUS -> response.status();
            case ExchangeTable.RESPONSE_HEADERS -> fields(response.headers());
            case ExchangeTable.RESPONSE_BODY -> bytes(response.body());
            case ExchangeTable.RESPONSE_MEDIA_TYPE -> response.mediaType();
            case ExchangeTable.DURATION_US -> exchange.durationMicros();
            case ExchangeTable.CLIENT_ADDRESS -> origin.clientAddress();
            case ExchangeTable.CONNECTION_ID -> origin.connectionId();
            case ExchangeTable.TRACE_ID -> trace == null ? null : trace.traceId();
            case ExchangeTable.SPAN_ID -> trace == null ? null : trace.spanId();
            case ExchangeTable.SOURCE_FORMAT -> origin.format().code();
            case ExchangeTable.SOURCE_OBJECT -> origin.object();
            case ExchangeTable.SOURCE_POSITION -> origin.position();
            case ExchangeTable.FLAGS -> exchange.flags();
            // Ingest works the first two out, and no format that is read knows a route.
            case ExchangeTable.EXCHANGE_ID, ExchangeTable.CAPTURED_DATE, ExchangeTable.ROUTE -> null;
            default -> throw new IllegalStateException("no value for the landing column " + column);
        };
    }

    private static byte @Nullable [] bytes(@Nullable Body body) {
        return body == null ? null : body.bytes();
    }

    private static List<Object[]> fields(List<Header> headers) {
        return headers.stream()
                .map(header -> new Object[] {header.name(), header.value()})
                .toList();
    }
}
