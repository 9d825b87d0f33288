package io.sluice.scrub.search;

import io.sluice.schemas.DependencyTable;
import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.RejectTable;
import io.sluice.schemas.ScenarioTable;
import io.sluice.schemas.SessionTable;
import io.sluice.scrub.parquet.RowPositions;
import io.sluice.scrub.parquet.RowSearch;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.parquet.io.InputFile;

/**
 * Reads one object to its end and looks for values in it: its bytes as they are, unpacked where it is compressed, and
 * value by value where it is a Parquet file. One instance serves one thread.
 */
public final class ObjectScan {
    private static final int BLOCK = 4 << 20;
    /** What stands across the end of a block stands in the beginning of the next too. */
    private static final int OVERLAP = 64 << 10;

    private static final int HEAD = 512;
    private static final int LONGEST_KEPT = 64 << 20;

    /** The place of a hit in the name of an object. */
    public static final String NAME = "name";

    static final String LANDING = "landing/";
    private static final String TABLES = "tables/";
    private static final String EXCHANGES = TABLES + ExchangeTable.SPEC.name() + "/";
    private static final List<String> CAPTURED = Stream.concat(
                    Stream.of(LANDING, "exports/"),
                    Stream.of(
                                    ExchangeTable.SPEC,
                                    RejectTable.SPEC,
                                    EndpointTable.SPEC,
                                    SessionTable.SPEC,
                                    DependencyTable.SPEC,
                                    ScenarioTable.SPEC)
                            .map(table -> TABLES + table.name() + "/"))
            .toList();

    private final ValueScan stored;
    private final ValueScan landed;
    /** The one of both that serves the object that is read. */
    private ValueScan values;

    private final String key;
    private final List<RuleSearch> rules;
    private final Scope scope;
    private final Set<String> leftOut;

    /** Looks for the values of {@code plan}, and for what rows with one have in column {@code key}. */
    public ObjectScan(SearchPlan plan, String key) {
        stored = new ValueScan(plan);
        landed = new ValueScan(plan.landed());
        values = stored;
        this.key = key;
        scope = plan.scope();
        leftOut = plan.leavesIdsOut() ? ExchangeTable.MADE_UP : Set.of();
        rules = plan.rules().stream().map(RuleSearch::new).toList();
    }

    /** Scans {@code file}, called {@code name}; what cannot be read is told in the answer. */
    public ScannedObject of(String name, InputFile file) {
        Tally tally = new Tally();
        try {
            tally.length(file.getLength());
            byte[] beginning = beginning(file);
            boolean isParquet = Container.PARQUET.begins(beginning);
            Packed packed = Packed.of(beginning, 0, beginning.length);
            if (!scope.isEverything()) {
                tally.onlyIn(isParquet ? new ScopeSearch(scope).find(name, file) : RowPositions.of());
            }
            values = name.startsWith(LANDING) ? landed : stored;
            values.nextIsCaptured(false);
            tally.add(values.whole(name.getBytes(StandardCharsets.UTF_8)), NAME, 0);
            values.nextIsCaptured(isCaptured(name));
            values.nextIsUnpackedByOthers(packed != Packed.NONE);
            byte[] head = raw(file, isParquet, tally);
            values.nextIsUnpackedByOthers(false);
            if (file.getLength() > BLOCK && mayHoldFields(head)) {
                fields(file.newStream(), tally);
            }
            if (packed != Packed.NONE) {
                unpacked(packed, file, tally);
            } else if (Container.PARQUET.begins(head)) {
                rows(name, file, tally);
            } else if (Container.isUnknown(head)) {
                tally.problem("it is of a kind that is not looked into");
            }
        } catch (IOException | RuntimeException e) { // of many kinds, as a damaged file has it
            tally.problem("it cannot be read: " + e.getClass().getSimpleName());
        }
        return tally.of(name);
    }

    /** Whether an object holds texts that were captured, by where it lies. */
    public static boolean isCaptured(String name) {
        return CAPTURED.stream().anyMatch(name::startsWith) && !name.contains("/_delta_log/");
    }

    /** Keys are those of tables: a column of the same name elsewhere may mean anything. */
    private Map<Long, String> keys(String name, InputFile file, RowPositions rows) throws IOException {
        return name.startsWith(TABLES) ? new RowSearch(key).keys(file, rows) : Map.of();
    }

    /** Scans the values of a Parquet file; where that breaks off, what was left to it is scanned as it lies. */
    private void rows(String name, InputFile file, Tally tally) throws IOException {
        try {
            new ParquetScan(values, tally, name.startsWith(TABLES) ? leftOut : Set.of()).of(file);
            for (RuleSearch rule : name.startsWith(EXCHANGES) ? rules : List.<RuleSearch>of()) {
                rule.of(file, tally);
            }
            tally.keys(keys(name, file, tally.rows()));
        } catch (IOException | RuntimeException e) { // of many kinds, as a damaged file has it
            try (InputStream in = file.newStream()) {
                blocks(in, "bytes", tally);
            }
            throw e;
        }
    }

    private static byte[] beginning(InputFile file) throws IOException {
        try (InputStream in = file.newStream()) {
            return in.readNBytes(HEAD);
        }
    }

    /** Scans the bytes as they lie, but for pages of Parquet that are decoded later, and returns the first of them. */
    private byte[] raw(InputFile file, boolean isParquet, Tally tally) throws IOException {
        try (DigestInputStream in = new DigestInputStream(file.newStream(), sha256())) {
            byte[] head;
            if (isParquet) {
                WithoutPages withoutPages = WithoutPages.of(file, in);
                head = blocks(withoutPages, "bytes", tally);
                tally.leftOut(withoutPages.leftOut());
            } else {
                head = blocks(in, "bytes", tally);
            }
            tally.sha256(HexFormat.of().formatHex(in.getMessageDigest().digest()));
            return head;
        }
    }

    /** Scans what compressed bytes unpack to; two letters that only look like compression are no problem. */
    private void unpacked(Packed packed, InputFile file, Tally tally) throws IOException {
        byte[] head;
        try (UnpackedStream in = unpacked(packed, file)) {
            head = blocks(in, "unpacked bytes", tally);
            if (in.isBroken() && packed != Packed.DEFLATE) {
                tally.problem("it cannot be unpacked to its end");
            }
        }
        if (Container.PARQUET.begins(head) || Container.isUnknown(head)) {
            tally.problem("what it unpacks to is not looked into");
        }
        if (mayHoldFields(head)) {
            fields(unpacked(packed, file), tally);
        }
    }

    private static UnpackedStream unpacked(Packed packed, InputFile file) throws IOException {
        return new UnpackedStream(packed, new BufferedInputStream(file.newStream(), BLOCK));
    }

    private boolean mayHoldFields(byte[] head) {
        return values.hasFields() && FieldSearch.beginning(head, 0, head.length) < head.length;
    }

    /** Looks for fields in JSON that may go on behind the first block. */
    private void fields(InputStream text, Tally tally) throws IOException {
        try (text) {
            tally.add(values.fields(text), "fields", 0);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** Scans a stream block by block and returns its first bytes. */
    private byte[] blocks(InputStream in, String place, Tally tally) throws IOException {
        byte[] block = new byte[OVERLAP + BLOCK];
        byte[] head = new byte[0];
        Surroundings surroundings = Surroundings.TEXT;
        int kept = 0;
        long offset = 0;
        int read = in.readNBytes(block, 0, block.length);
        while (read > 0) {
            int end = kept + read;
            if (offset == 0 && kept == 0) {
                head = Arrays.copyOf(block, Math.min(end, HEAD));
                surroundings = surroundings(head);
            }
            tally.add(values.part(block, 0, end, surroundings), place, offset);
            tally.decoded(read, values);
            kept = Math.min(end, OVERLAP + run(block, end));
            if (kept > LONGEST_KEPT) {
                tally.problem("something in it is longer than is looked at in one piece");
                kept = OVERLAP;
            }
            byte[] next = kept + BLOCK > block.length ? new byte[kept + BLOCK] : block;
            System.arraycopy(block, end - kept, next, 0, kept);
            block = next;
            offset += end - kept;
            read = in.readNBytes(block, kept, block.length - kept);
        }
        return head;
    }

    private static Surroundings surroundings(byte[] head) {
        if (Container.PARQUET.begins(head)) {
            return Surroundings.FIELDS;
        }
        return Packed.mayBeUnsigned(head, 0, head.length) ? Surroundings.BYTES : Surroundings.TEXT;
    }

    /** How long the run of letters and digits is that goes on behind the end of a block. */
    private static int run(byte[] block, int end) {
        int begin = end;
        while (begin > 0 && Ascii.isBase64(block[begin - 1])) {
            begin--;
        }
        return end - begin;
    }
}
