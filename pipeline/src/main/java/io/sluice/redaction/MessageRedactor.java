package io.sluice.redaction;

import io.sluice.schemas.ExchangeTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Redacts headers and body of the request and of the response of a landing row; one instance serves one thread. */
final class MessageRedactor {
    private static final int HEADER_FIELDS = ExchangeTable.HEADER.size();
    private static final byte[] CONTENT_ENCODING =
            UTF8String.fromString("content-encoding").getBytes();
    private static final int FLAGS = RowRedactor.at(ExchangeTable.FLAGS);
    private static final Message REQUEST = new Message(
            RowRedactor.at(ExchangeTable.REQUEST_HEADERS),
            RowRedactor.at(ExchangeTable.REQUEST_BODY),
            RowRedactor.at(ExchangeTable.REQUEST_MEDIA_TYPE),
            "request.header",
            "request.body");
    private static final Message RESPONSE = new Message(
            RowRedactor.at(ExchangeTable.RESPONSE_HEADERS),
            RowRedactor.at(ExchangeTable.RESPONSE_BODY),
            RowRedactor.at(ExchangeTable.RESPONSE_MEDIA_TYPE),
            "response.header",
            "response.body");

    /** Where the parts of a request or response stand in a row, and what their places are called in the blind index. */
    private record Message(int headers, int body, int mediaType, String headerPlace, String bodyPlace) {}

    private final Redactor redactor;

    MessageRedactor(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Puts what is redacted of {@code row} into {@code out}, where each column stands {@code shift} places further. */
    void redact(InternalRow row, @Nullable Object[] out, int shift) {
        List<UTF8String> flags = strings(row.getArray(FLAGS));
        int before = flags.size();
        boolean packed = !flags.contains(UTF8String.fromString(Unpacked.DECODED)); // unless the reader says otherwise
        for (Message message : List.of(REQUEST, RESPONSE)) {
            ArrayData headers = row.getArray(message.headers());
            out[message.headers() + shift] = headers(headers, message.headerPlace());
            if (!row.isNullAt(message.body())) {
                String contentEncoding = packed ? contentEncoding(headers) : "";
                out[message.body() + shift] = body(message, row, contentEncoding, flags);
            }
        }
        if (flags.size() > before) {
            out[FLAGS + shift] = new GenericArrayData(flags.toArray());
        }
    }

    /** The very list where nothing in it is replaced, which Spark copies as it is. */
    private ArrayData headers(ArrayData headers, String place) {
        Object @Nullable [] redacted = null;
        for (int i = 0; i < headers.numElements(); i++) {
            InternalRow header = headers.getStruct(i, HEADER_FIELDS);
            InternalRow replaced = header(header, place);
            if (redacted == null && replaced != header) {
                redacted = new Object[headers.numElements()];
                for (int before = 0; before < i; before++) {
                    redacted[before] = headers.getStruct(before, HEADER_FIELDS);
                }
            }
            if (redacted != null) {
                redacted[i] = replaced;
            }
        }
        return redacted == null ? headers : new GenericArrayData(redacted);
    }

    private InternalRow header(InternalRow header, String place) {
        UTF8String name = header.getUTF8String(0);
        if (header.isNullAt(1)) {
            return new GenericInternalRow(new Object[] {name, UTF8String.EMPTY_UTF8});
        }
        byte[] redacted = redactor.header(Slice.of(name), Slice.of(header.getUTF8String(1)), place);
        return redacted == null ? header : new GenericInternalRow(new Object[] {name, UTF8String.fromBytes(redacted)});
    }

    private byte[] body(Message message, InternalRow row, String contentEncoding, List<UTF8String> flags) {
        byte[] body = row.getBinary(message.body());
        if (body.length == 0) {
            return body;
        }
        if (!contentEncoding.isEmpty()) {
            Unpacked unpacked = redactor.unpack(body, contentEncoding);
            unpacked.flags().stream()
                    .map(UTF8String::fromString)
                    .filter(flag -> !flags.contains(flag))
                    .forEach(flags::add);
            body = unpacked.body();
        }
        String mediaType = row.isNullAt(message.mediaType())
                ? ""
                : row.getUTF8String(message.mediaType()).toString();
        return redactor.body(body, mediaType, message.bodyPlace());
    }

    /** The values of all such headers, as if they stood in one; empty where there is none. */
    private static String contentEncoding(ArrayData headers) {
        String codings = "";
        for (int i = 0; i < headers.numElements(); i++) {
            InternalRow header = headers.getStruct(i, HEADER_FIELDS);
            UTF8String name = header.getUTF8String(0);
            if (name.numBytes() == CONTENT_ENCODING.length
                    && Arrays.equals(name.toLowerCase().getBytes(), CONTENT_ENCODING)
                    && !header.isNullAt(1)) {
                codings = codings.isEmpty()
                        ? header.getUTF8String(1).toString()
                        : codings + "," + header.getUTF8String(1);
            }
        }
        return codings;
    }

    private static List<UTF8String> strings(ArrayData array) {
        List<UTF8String> strings = new ArrayList<>(array.numElements() + 1);
        for (int i = 0; i < array.numElements(); i++) {
            strings.add(array.getUTF8String(i));
        }
        return strings;
    }
}
