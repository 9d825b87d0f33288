package io.sluice.scrub.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A small piece of a page, in which text is escaped and only ever text. */
record Html(String markup) {
    /** Whatever stands in {@code text} is shown as it is. */
    static Html text(String text) {
        return new Html(text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;"));
    }

    /** A table with a column of names, followed by columns of numbers. */
    static Html table(List<String> titles, List<NamedRow> rows) {
        String head = cells("th", titles);
        String body = rows.stream().map(NamedRow::markup).collect(Collectors.joining("\n"));
        return new Html("<table>\n<thead>" + head + "</thead>\n<tbody>\n" + body + "\n</tbody>\n</table>");
    }

    /** A name with its numbers, {@code 1234567} shown as {@code 1,234,567}. */
    record NamedRow(String name, List<Long> numbers) {
        private String markup() {
            List<String> cells = new ArrayList<>(List.of(name));
            numbers.forEach(number -> cells.add(number(number)));
            return cells("td", cells);
        }
    }

    /** Names with what belongs to them, in the order in which they were given. */
    static final class Facts {
        private final StringBuilder markup = new StringBuilder("<dl class=\"variables\">\n");

        Facts fact(String name, String text) {
            return add(name, "<dd>", text);
        }

        /** Hashes, keys and the like, to be compared letter by letter. */
        Facts code(String name, String text) {
            return add(name, "<dd class=\"code\">", text);
        }

        Html end() {
            return new Html(markup + "</dl>");
        }

        private Facts add(String name, String open, String text) {
            markup.append("<dt>")
                    .append(text(name).markup())
                    .append("</dt>")
                    .append(open)
                    .append(text(text).markup())
                    .append("</dd>\n");
            return this;
        }
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** The first cell is a name, the others are numbers. */
    private static String cells(String element, List<String> texts) {
        StringBuilder row = new StringBuilder("<tr>");
        String open = "<" + element + ">";
        for (String text : texts) {
            row.append(open)
                    .append(text(text).markup())
                    .append("</")
                    .append(element)
                    .append('>');
            open = "<" + element + " class=\"number\">";
        }
        return row.append("</tr>").toString();
    }
}
