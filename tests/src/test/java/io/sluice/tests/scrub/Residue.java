package io.sluice.tests.scrub;

import io.sluice.lake.SessionSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Row;

/**
 * Looks for a text in every file of a folder, with nothing of the product's search: the bytes of each file, what gzip
 * makes of them, and the rows that Spark reads of a Parquet file, as text without case; the text as it is, percent
 * encoded, in base64 at three alignments, and as digests.
 */
final class Residue {
    private final List<String> forms = new ArrayList<>();

    Residue(String... texts) {
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            forms.add(text);
            forms.add(text.replace("@", "%40"));
            forms.add(text.replace("@", "\\u0040"));
            forms.add(HexFormat.of().formatHex(bytes));
            for (String algorithm : List.of("MD5", "SHA-1", "SHA-256")) {
                forms.add(HexFormat.of().formatHex(digest(algorithm, bytes)));
            }
            for (int before = 0; before < 3; before++) {
                String encoded = Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(("x".repeat(before) + text).getBytes(StandardCharsets.UTF_8));
                forms.add(encoded.substring(before == 0 ? 0 : 4, encoded.length() - 2));
            }
        }
        forms.replaceAll(form -> form.toLowerCase(Locale.ROOT));
    }

    /** The files in which the text stands, with where in them. */
    List<String> in(Path folder) throws IOException {
        List<String> places = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                look(folder.relativize(file) + " (bytes)", text(bytes), places);
                if (bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
                    look(folder.relativize(file) + " (unpacked)", text(unpacked(bytes)), places);
                }
                if (file.toString().endsWith(".parquet")) {
                    rows(file).forEach(row -> look(folder.relativize(file) + " (row)", row, places));
                }
            }
        }
        return places;
    }

    private void look(String place, String text, List<String> places) {
        String folded = text.toLowerCase(Locale.ROOT);
        if (forms.stream().anyMatch(folded::contains)) {
            places.add(place);
        }
    }

    private static List<String> rows(Path file) {
        return SessionSettings.open("residue").read().parquet(file.toString()).collectAsList().stream()
                .map(Residue::text)
                .toList();
    }

    private static String text(Row row) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < row.length(); i++) {
            Object value = row.get(i);
            text.append(value instanceof byte[] bytes ? text(bytes) : value).append('\n');
            if (value instanceof byte[] bytes && bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
                text.append(text(unpacked(bytes))).append('\n');
            }
        }
        return text.toString();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] unpacked(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            in.transferTo(out);
        } catch (IOException brokenOff) {
            // what came out before is looked at
        }
        return out.toByteArray();
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
