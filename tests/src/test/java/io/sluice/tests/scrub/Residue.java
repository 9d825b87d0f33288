package io.sluice.tests.scrub;

import com.github.luben.zstd.ZstdInputStream;
import io.sluice.lake.SessionSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.spark.sql.Row;
import org.brotli.dec.BrotliInputStream;

/**
 * Looks for texts in every file of a folder, with nothing of the product's search: the bytes of each file, what gzip, zlib,
 * deflate, brotli and zstd make of them, and the rows that Spark reads of a Parquet file; without case, in the forms that
 * {@link Encoding} can write.
 */
public final class Residue {
    private static final int LONGEST = 1 << 26;

    private final Map<String, Set<String>> texts = new HashMap<>();

    public Residue(String... texts) {
        for (String text : texts) {
            for (Encoding encoding : Encoding.values()) {
                for (String form : encoding.traces(text)) {
                    this.texts
                            .computeIfAbsent(form.toLowerCase(Locale.ROOT), fresh -> new TreeSet<>())
                            .add(text);
                }
            }
        }
    }

    /** The files in which a text stands, with where in them. */
    public List<String> in(Path folder) throws IOException {
        return byText(folder).values().stream().flatMap(Set::stream).distinct().toList();
    }

    /** The same for each text that stands somewhere. */
    public Map<String, Set<String>> byText(Path folder) throws IOException {
        Map<String, Set<String>> places = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                look(folder.relativize(file) + " (bytes)", texts(bytes), places);
                if (file.toString().endsWith(".parquet")) {
                    rows(file).forEach(row -> look(folder.relativize(file) + " (row)", row, places));
                }
            }
        }
        return places;
    }

    private void look(String place, List<String> read, Map<String, Set<String>> places) {
        for (String text : read) {
            String folded = text.toLowerCase(Locale.ROOT);
            texts.forEach((form, whose) -> {
                if (folded.contains(form)) {
                    whose.forEach(one -> places.computeIfAbsent(one, fresh -> new TreeSet<>())
                            .add(place));
                }
            });
        }
    }

    private static List<List<String>> rows(Path file) {
        return SessionSettings.open("residue").read().parquet(file.toString()).collectAsList().stream()
                .map(Residue::texts)
                .toList();
    }

    private static List<String> texts(Row row) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < row.length(); i++) {
            if (row.get(i) instanceof byte[] bytes) {
                texts.addAll(texts(bytes));
            } else {
                texts.add(String.valueOf(row.get(i)));
            }
        }
        return texts;
    }

    /** Bytes as they are, where Latin and where UTF-8, and what they unpack to. */
    private static List<String> texts(byte[] bytes) {
        List<String> texts = new ArrayList<>();
        texts.add(new String(bytes, StandardCharsets.ISO_8859_1));
        texts.add(new String(bytes, StandardCharsets.UTF_8));
        for (Unpacker unpacker : List.<Unpacker>of(
                GZIPInputStream::new,
                InflaterInputStream::new,
                in -> new InflaterInputStream(in, new Inflater(true)),
                BrotliInputStream::new,
                ZstdInputStream::new)) {
            byte[] unpacked = unpacked(unpacker, bytes);
            if (unpacked.length > 0) {
                texts.add(new String(unpacked, StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    /** Opens one kind of packed bytes. */
    private interface Unpacker {
        InputStream open(InputStream packed) throws IOException;
    }

    private static byte[] unpacked(Unpacker unpacker, byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = unpacker.open(new ByteArrayInputStream(bytes))) {
            byte[] block = new byte[1 << 16];
            for (int read = in.read(block); read >= 0 && out.size() < LONGEST; read = in.read(block)) {
                out.write(block, 0, read);
            }
        } catch (IOException | RuntimeException brokenOff) {
            // what came out before is looked at
        }
        return out.toByteArray();
    }
}
