package io.sluice.redaction;

import io.sluice.schemas.ExchangeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;
import scala.collection.mutable.ArraySeq;
import scala.jdk.javaapi.CollectionConverters;

/** Redacts one landing row after the other and gives each its id; one instance serves one thread. */
final class RowRedactor {
    private static final int FIRST = 1; // after the capture time
    private static final int COUNT = IngestColumns.CAPTURED.size();
    private static final int WIDTH = IngestColumns.redacted().size();
    private static final int CAPTURE_ID = at(ExchangeTable.CAPTURE_ID);
    private static final int PATH = at(ExchangeTable.PATH);
    private static final int QUERY = at(ExchangeTable.QUERY);
    private static final int CLIENT_ADDRESS = at(ExchangeTable.CLIENT_ADDRESS);
    private static final int SOURCE_OBJECT = at(ExchangeTable.SOURCE_OBJECT);
    private static final int SOURCE_FORMAT = at(ExchangeTable.SOURCE_FORMAT);
    private static final int SOURCE_POSITION = at(ExchangeTable.SOURCE_POSITION);
    private static final int FLAGS = at(ExchangeTable.FLAGS);
    private static final Message REQUEST = new Message(
            at(ExchangeTable.REQUEST_HEADERS),
            at(ExchangeTable.REQUEST_BODY),
            at(ExchangeTable.REQUEST_MEDIA_TYPE),
            "request.header",
            "request.body");
    private static final Message RESPONSE = new Message(
            at(ExchangeTable.RESPONSE_HEADERS),
            at(ExchangeTable.RESPONSE_BODY),
            at(ExchangeTable.RESPONSE_MEDIA_TYPE),
            "response.header",
            "response.body");
    private static final Set<String> PROVENANCE = Set.of(
            ExchangeTable.SOURCE_OBJECT,
            ExchangeTable.SOURCE_FORMAT,
            ExchangeTable.SOURCE_POSITION,
            ExchangeTable.FLAGS,
            ExchangeTable.CAPTURE_ID);
    private static final boolean[] IDENTIFYING = identifying();

    /** Where the parts of a request or response stand in a row, and what their places are called in the blind index. */
    private record Message(int headers, int body, int mediaType, String headerPlace, String bodyPlace) {}

    private final Redactor redactor;
    private final ExchangeIds ids;

    RowRedactor(Redactor redactor, ExchangeIds ids) {
        this.redactor = redactor;
        this.ids = ids;
    }

    private static int at(String column) {
        return FIRST + IngestColumns.CAPTURED.indexOf(column);
    }

    private static boolean[] identifying() {
        boolean[] identifying = new boolean[FIRST + COUNT];
        for (int i = 0; i < COUNT; i++) {
            identifying[FIRST + i] = !PROVENANCE.contains(IngestColumns.CAPTURED.get(i));
        }
        return identifying;
    }

    /** The redacted form of {@code row}, which becomes the row of this {@code number}. */
    Row redact(Row row, long number) {
        redactor.begin();
        @Nullable Object[] out = new @Nullable Object[WIDTH];
        int notes = FIRST + COUNT + 1;
        out[notes] = number;
        out[notes + 1] = row.get(FIRST + COUNT);
        out[notes + 2] = row.isNullAt(CAPTURE_ID);
        out[notes + 3] = seq(List.of());
        Unfit unfit = Unfit.of(row);
        if (unfit != null) {
            out[SOURCE_FORMAT + 1] = row.get(SOURCE_FORMAT);
            out[SOURCE_OBJECT + 1] =
                    name(row.isNullAt(SOURCE_OBJECT) ? row.getString(FIRST + COUNT) : row.getString(SOURCE_OBJECT));
            out[SOURCE_POSITION + 1] = row.get(SOURCE_POSITION);
            out[notes + 4] = unfit.reason();
            out[notes + 5] = unfit.detail();
            return RowFactory.create(out);
        }
        out[0] = id(row);
        out[1] = row.getLong(0);
        for (int i = FIRST; i < FIRST + COUNT; i++) {
            Object value = row.get(i);
            out[i + 1] = value instanceof String text ? name(text) : value;
        }
        out[PATH + 1] = redactor.text(row.getString(PATH), "request.path");
        if (!row.isNullAt(QUERY)) {
            out[QUERY + 1] = redactor.query(row.getString(QUERY), "request.query");
        }
        if (!row.isNullAt(CLIENT_ADDRESS)) {
            out[CLIENT_ADDRESS + 1] = redactor.address(row.getString(CLIENT_ADDRESS), "client");
        }
        List<String> flags = new ArrayList<>(row.getList(FLAGS));
        message(REQUEST, row, out, flags);
        message(RESPONSE, row, out, flags);
        out[FLAGS + 1] = seq(flags);
        out[notes + 3] = seq(findings());
        return RowFactory.create(out);
    }

    private void message(Message message, Row row, @Nullable Object[] out, List<String> flags) {
        List<Row> headers = row.getList(message.headers());
        List<Row> redacted = new ArrayList<>(headers.size());
        String contentEncoding = "";
        for (Row header : headers) {
            String name = header.getString(0);
            String value = header.isNullAt(1) ? "" : header.getString(1);
            if (name.equalsIgnoreCase("content-encoding")) {
                contentEncoding = contentEncoding.isEmpty() ? value : contentEncoding + "," + value;
            }
            String hidden = redactor.header(name, value, message.headerPlace());
            redacted.add(hidden.equals(value) && !header.isNullAt(1) ? header : RowFactory.create(name, hidden));
        }
        out[message.headers() + 1] = seq(redacted);
        byte[] body = row.getAs(message.body());
        if (body == null || body.length == 0) {
            return;
        }
        String mediaType = row.isNullAt(message.mediaType()) ? "" : row.getString(message.mediaType());
        // What the reader noted counts, not what the other message of the exchange has added by now.
        if (!contentEncoding.isEmpty() && !row.getList(FLAGS).contains(Unpacked.DECODED)) {
            Unpacked unpacked = redactor.unpack(body, contentEncoding);
            unpacked.flags().stream().filter(flag -> !flags.contains(flag)).forEach(flags::add);
            body = unpacked.body();
        }
        out[message.body() + 1] = redactor.body(body, mediaType, message.bodyPlace());
    }

    private List<Row> findings() {
        if (redactor.findings().isEmpty()) {
            return List.of();
        }
        List<Row> findings = new ArrayList<>(redactor.findings().size());
        for (Finding finding : redactor.findings()) {
            Identifier identifier = finding.identifier();
            findings.add(RowFactory.create(identifier.kind().label(), identifier.hash(), finding.location()));
        }
        return findings;
    }

    /** Names of hosts, services, files and the like hold nothing sensitive but an e-mail address now and then. */
    private String name(String text) {
        return text.indexOf('@') < 0 && !text.contains("%40") ? text : redactor.text(text, "name");
    }

    private String id(Row row) {
        long micros = row.getLong(0);
        ids.put(micros);
        if (!row.isNullAt(CAPTURE_ID)) {
            ids.put(row.getString(CAPTURE_ID));
        } else {
            for (int i = FIRST; i < FIRST + COUNT; i++) {
                if (IDENTIFYING[i]) {
                    put(row.get(i));
                }
            }
        }
        return ids.end(Math.floorDiv(micros, 1000));
    }

    private void put(@Nullable Object value) {
        if (value == null) {
            ids.put(-1);
        } else if (value instanceof String text) {
            ids.put(text);
        } else if (value instanceof byte[] bytes) {
            ids.put(bytes);
        } else if (value instanceof Number number) {
            ids.put(number.longValue());
        } else {
            List<Row> headers = headers(value);
            ids.put(headers.size());
            for (Row header : headers) {
                ids.put(header.getString(0)).put(header.getString(1));
            }
        }
    }

    @SuppressWarnings("unchecked") // the only other type of a captured column is the list of headers
    private static List<Row> headers(Object value) {
        return CollectionConverters.asJava((Seq<Row>) value);
    }

    /** Rows hold lists in the form that Spark's encoder takes. */
    private static ArraySeq<Object> seq(List<?> list) {
        return ArraySeq.make(list.toArray());
    }
}
