package io.sluice.scrub.search;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.sluice.redaction.StoredRedactor;
import io.sluice.schemas.ExchangeTable;
import io.sluice.scrub.parquet.Records;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Looks for rows of {@code exchange} in which a redaction rule would replace something, row by row. */
final class RuleSearch {
    private static final Set<String> COLUMNS = Stream.concat(
                    StoredRedactor.NAMES.stream(),
                    Stream.of(
                            ExchangeTable.PATH,
                            ExchangeTable.QUERY,
                            ExchangeTable.REQUEST_HEADERS,
                            ExchangeTable.REQUEST_BODY,
                            ExchangeTable.RESPONSE_HEADERS,
                            ExchangeTable.RESPONSE_BODY,
                            ExchangeTable.FLAGS,
                            ExchangeTable.POLICY_VERSION))
            .collect(toUnmodifiableSet());

    private final SearchedRule rule;
    private final StoredRedactor redactor;

    RuleSearch(SearchedRule rule) {
        this.rule = rule;
        this.redactor = rule.redactor();
    }

    /** Tells {@code tally} of the rows of {@code file}. */
    void of(InputFile file, Tally tally) throws IOException {
        Records.each(file, RuleSearch::known, (row, record) -> {
            String place = place(record);
            if (!place.isEmpty()) {
                tally.addInRow(List.of(new Sighting(rule.selector(), Form.RULE, "")), place, row);
            }
        });
    }

    /** The columns that are read; none of a file that lacks one. */
    private static List<Type> known(MessageType schema) {
        List<Type> known = schema.getFields().stream()
                .filter(field -> COLUMNS.contains(field.getName()))
                .toList();
        return known.size() == COLUMNS.size() ? known : List.of();
    }

    /** The column in which something would be replaced; empty if there is none. */
    private String place(Group row) {
        if (isApplied(row)) {
            return "";
        }
        for (String column : StoredRedactor.NAMES) {
            byte[] name = bytes(row, column);
            if (redactor.name(name) != name) {
                return column;
            }
        }
        byte[] path = bytes(row, ExchangeTable.PATH);
        if (redactor.path(path) != path) {
            return ExchangeTable.PATH;
        }
        byte[] query = bytes(row, ExchangeTable.QUERY);
        if (redactor.query(query) != query) {
            return ExchangeTable.QUERY;
        }
        String request =
                place(row, ExchangeTable.REQUEST_HEADERS, ExchangeTable.REQUEST_BODY, ExchangeTable.REQUEST_MEDIA_TYPE);
        return !request.isEmpty()
                ? request
                : place(
                        row,
                        ExchangeTable.RESPONSE_HEADERS,
                        ExchangeTable.RESPONSE_BODY,
                        ExchangeTable.RESPONSE_MEDIA_TYPE);
    }

    private String place(Group row, String headers, String body, String mediaType) {
        Group list = row.getFieldRepetitionCount(headers) == 0 ? null : row.getGroup(headers, 0);
        for (int i = 0; list != null && i < list.getFieldRepetitionCount(0); i++) {
            Group header = list.getGroup(0, i).getGroup(0, 0);
            byte[] value = bytes(header, "value");
            if (redactor.header(bytes(header, "name"), value) != value) {
                return headers;
            }
        }
        byte[] content = bytes(row, body);
        String type = row.getFieldRepetitionCount(mediaType) == 0 ? "" : row.getString(mediaType, 0);
        return redactor.body(content, type) != content ? body : "";
    }

    /** Whether it was written under the policy, or the rule was applied later. */
    private boolean isApplied(Group row) {
        if (row.getString(ExchangeTable.POLICY_VERSION, 0).equals(rule.appliedBy())) {
            return true;
        }
        Group flags = row.getGroup(ExchangeTable.FLAGS, 0);
        for (int i = 0; i < flags.getFieldRepetitionCount(0); i++) {
            if (flags.getGroup(0, i).getString(0, 0).equals(rule.flag())) {
                return true;
            }
        }
        return false;
    }

    private static byte[] bytes(Group row, String column) {
        return row.getFieldRepetitionCount(column) == 0
                ? new byte[0]
                : row.getBinary(column, 0).getBytes();
    }
}
