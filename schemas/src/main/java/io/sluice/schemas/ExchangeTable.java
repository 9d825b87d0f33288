package io.sluice.schemas;

import static io.sluice.schemas.Sensitivity.NONE;
import static io.sluice.schemas.Sensitivity.PERSONAL;
import static io.sluice.schemas.Sensitivity.PSEUDONYM;
import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import java.util.Set;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;

/** One request with its response, redacted before it was written. */
public final class ExchangeTable {
    public static final String EXCHANGE_ID = "exchange_id";
    public static final String CAPTURE_ID = "capture_id";
    public static final String CAPTURED_AT = "captured_at";
    public static final String CAPTURED_DATE = "captured_date";
    public static final String SERVICE = "service";
    public static final String DIRECTION = "direction";
    public static final String PROTOCOL = "protocol";
    public static final String METHOD = "method";
    public static final String SCHEME = "scheme";
    public static final String HOST = "host";
    public static final String PORT = "port";
    public static final String PATH = "path";
    public static final String QUERY = "query";
    public static final String HTTP_VERSION = "http_version";
    public static final String REQUEST_HEADERS = "request_headers";
    public static final String REQUEST_BODY = "request_body";
    public static final String REQUEST_MEDIA_TYPE = "request_media_type";
    public static final String STATUS = "status";
    public static final String RESPONSE_HEADERS = "response_headers";
    public static final String RESPONSE_BODY = "response_body";
    public static final String RESPONSE_MEDIA_TYPE = "response_media_type";
    public static final String DURATION_US = "duration_us";
    public static final String CLIENT_ADDRESS = "client_address";
    public static final String CONNECTION_ID = "connection_id";
    public static final String TRACE_ID = "trace_id";
    public static final String SPAN_ID = "span_id";
    public static final String ROUTE = "route";
    public static final String SOURCE_FORMAT = "source_format";
    public static final String SOURCE_OBJECT = "source_object";
    public static final String SOURCE_POSITION = "source_position";
    public static final String FLAGS = "flags";
    public static final String POLICY_VERSION = "policy_version";
    public static final String RUN_ID = "run_id";

    /** What is made up here and holds nothing that was captured. */
    public static final Set<String> MADE_UP = Set.of(EXCHANGE_ID, POLICY_VERSION, RUN_ID);

    /** One header field; order and duplicates are kept by the array around it. */
    public static final StructType HEADER =
            new StructType().add("name", StringType, false).add("value", StringType, false);

    public static final TableSpec SPEC = TableSpec.table(
                    "exchange", "One request with its response, redacted before it was written.")
            .required(
                    EXCHANGE_ID,
                    StringType,
                    NONE,
                    "Stable, time-ordered id (UUIDv7 layout): capture time in ms, then a keyed hash of what was captured; a duplicate has the same id")
            .optional(CAPTURE_ID, StringType, PSEUDONYM, "The capture's own id, if it had one")
            .required(CAPTURED_AT, TimestampType, NONE, "When the request began")
            .required(CAPTURED_DATE, DateType, NONE, "UTC date of captured_at")
            .required(SERVICE, StringType, NONE, "The captured service")
            .required(
                    DIRECTION,
                    StringType,
                    NONE,
                    "IN: the captured service answered it; OUT: the captured service made it")
            .required(PROTOCOL, StringType, NONE, "http, grpc, graphql ...")
            .required(METHOD, StringType, NONE, "Request method as sent")
            .optional(SCHEME, StringType, NONE, "http or https")
            .optional(HOST, StringType, NONE, "Host the request was sent to, lower case, without port")
            .optional(PORT, IntegerType, NONE, "Port the request was sent to")
            .required(PATH, StringType, PERSONAL, "Raw path as sent, percent escapes kept")
            .optional(QUERY, StringType, PERSONAL, "Raw query as sent, without the question mark")
            .optional(HTTP_VERSION, StringType, NONE, "1.0, 1.1, 2 ...")
            .required(
                    REQUEST_HEADERS,
                    new ArrayType(HEADER, false),
                    PERSONAL,
                    "Request headers in the order sent, duplicates kept")
            .optional(REQUEST_BODY, BinaryType, PERSONAL, "Request body as bytes")
            .optional(
                    REQUEST_MEDIA_TYPE,
                    StringType,
                    NONE,
                    "Media type of the request body, lower case, without parameters")
            .optional(STATUS, IntegerType, NONE, "Response status; null where no response was captured")
            .required(
                    RESPONSE_HEADERS,
                    new ArrayType(HEADER, false),
                    PERSONAL,
                    "Response headers in the order sent, duplicates kept")
            .optional(RESPONSE_BODY, BinaryType, PERSONAL, "Response body as bytes")
            .optional(
                    RESPONSE_MEDIA_TYPE,
                    StringType,
                    NONE,
                    "Media type of the response body, lower case, without parameters")
            .optional(DURATION_US, LongType, NONE, "Microseconds from request to the end of the response")
            .optional(CLIENT_ADDRESS, StringType, PSEUDONYM, "Pseudonym of the address the request came from")
            .optional(CONNECTION_ID, StringType, NONE, "Connection within the capture")
            .optional(TRACE_ID, StringType, NONE, "W3C or vendor trace id")
            .optional(SPAN_ID, StringType, NONE, "Span id within the trace")
            .optional(ROUTE, StringType, NONE, "A template the capture itself knew")
            .required(SOURCE_FORMAT, StringType, NONE, "Format the exchange was read from")
            .required(SOURCE_OBJECT, StringType, NONE, "Capture file the exchange was read from")
            .optional(SOURCE_POSITION, LongType, NONE, "Entry number in the capture file, from 0")
            .required(
                    FLAGS,
                    new ArrayType(StringType, false),
                    NONE,
                    "What is odd about it: missing_response, body_truncated, body_undecodable ...")
            .required(POLICY_VERSION, StringType, NONE, "Redaction policy under which the row was written")
            .required(RUN_ID, StringType, NONE, "Run that wrote the row")
            .subjects(
                    CAPTURE_ID,
                    CLIENT_ADDRESS,
                    PATH,
                    QUERY,
                    REQUEST_HEADERS,
                    REQUEST_BODY,
                    RESPONSE_HEADERS,
                    RESPONSE_BODY)
            .clusteredBy(EXCHANGE_ID)
            .property(
                    "delta.enableDeletionVectors", "true") // a few rows go without all beside them being written again
            .build();

    /**
     * What a landing Parquet file holds: the columns of {@code exchange} up to {@code flags}. A landing file need not
     * know {@code exchange_id} and {@code captured_date}; ingest works them out.
     */
    public static StructType landingSchema() {
        StructType landing = new StructType();
        for (ColumnSpec column : SPEC.columns()) {
            boolean workedOut =
                    column.name().equals(EXCHANGE_ID) || column.name().equals(CAPTURED_DATE);
            landing = landing.add(column.name(), column.type(), column.nullable() || workedOut, column.comment());
            if (column.name().equals(FLAGS)) {
                return landing;
            }
        }
        throw new IllegalStateException("exchange has no column " + FLAGS);
    }

    private ExchangeTable() {}
}
