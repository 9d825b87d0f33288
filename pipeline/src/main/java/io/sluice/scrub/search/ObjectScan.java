package io.sluice.scrub.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.apache.parquet.io.InputFile;

/**
 * Reads one object to its end and looks for values in it: its bytes as they are, unpacked where it is compressed, and
 * value by value where it is a Parquet file. One instance serves one thread.
 */
public final class ObjectScan {
    private static final int BLOCK = 4 << 20;
    /** What stands across the end of a block stands in the beginning of the next too. */
    private static final int OVERLAP = 64 << 10;

    private static final int LISTED_HITS = 1000;
    private static final int MAGIC = 8;

    private final ValueScan values;

    public ObjectScan(SearchPlan plan) {
        values = new ValueScan(plan);
    }

    /** Scans {@code file}, called {@code name}; what cannot be read is told in the answer. */
    public ScannedObject of(String name, InputFile file) {
        Tally tally = new Tally();
        try {
            tally.length = file.getLength();
            if (bytes(file, tally)) {
                new ParquetScan(values, tally).of(file);
            }
        } catch (IOException | RuntimeException e) { // of many kinds, as a damaged file has it
            tally.problem("it cannot be read: " + e.getClass().getSimpleName());
        }
        return tally.of(name);
    }

    /** Scans the bytes, unpacked if they are compressed, and returns whether they are a Parquet file. */
    private boolean bytes(InputFile file, Tally tally) throws IOException {
        try (DigestInputStream digested = new DigestInputStream(file.newStream(), sha256());
                PushbackInputStream raw = new PushbackInputStream(digested, MAGIC)) {
            byte[] magic = new byte[MAGIC];
            int length = raw.readNBytes(magic, 0, MAGIC);
            raw.unread(magic, 0, length);
            Packed packed = Packed.of(magic, 0, length);
            if (packed == Packed.NONE) {
                blocks(raw, "bytes", tally);
            } else {
                blocks(packed.open(raw), "unpacked bytes", tally);
                digested.transferTo(OutputStream.nullOutputStream()); // what follows behind the packed bytes
            }
            tally.sha256 = HexFormat.of().formatHex(digested.getMessageDigest().digest());
            return length >= 4 && magic[0] == 'P' && magic[1] == 'A' && magic[2] == 'R' && magic[3] == '1';
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private void blocks(InputStream in, String place, Tally tally) throws IOException {
        byte[] block = new byte[OVERLAP + BLOCK];
        int kept = 0;
        long offset = 0;
        int read = in.readNBytes(block, 0, block.length);
        while (read > 0) {
            int end = kept + read;
            tally.add(values.part(block, 0, end), place, offset);
            tally.decoded(read, values);
            kept = Math.min(OVERLAP, end);
            System.arraycopy(block, end - kept, block, 0, kept);
            offset += end - kept;
            read = in.readNBytes(block, kept, block.length - kept);
        }
    }

    /** What has been found so far. */
    static final class Tally {
        private final List<Hit> hits = new ArrayList<>();
        private final TreeSet<Long> rows = new TreeSet<>();
        private String sha256 = "";
        private long length;
        private long decodedBytes;
        private long hitCount;
        private String problem = "";

        void add(Iterable<Sighting> sightings, String place, long position) {
            for (Sighting sighting : sightings) {
                if (hitCount++ < LISTED_HITS) {
                    hits.add(Hit.of(sighting, place, position));
                }
            }
        }

        /** As {@link #add}, for values that stand in a row of the file. */
        void addInRow(Iterable<Sighting> sightings, String place, long row) {
            if (sightings.iterator().hasNext()) {
                rows.add(row);
                add(sightings, place, row);
            }
        }

        /** Counts what {@code values} has just looked at. */
        void decoded(long bytes, ValueScan values) {
            decodedBytes += bytes;
            if (!values.unpackedInFull()) {
                problem("something in it unpacks to more than is looked at");
            }
        }

        void problem(String sentence) {
            problem = sentence;
        }

        private ScannedObject of(String name) {
            return new ScannedObject(
                    name, length, sha256, decodedBytes, hitCount, List.copyOf(hits), List.copyOf(rows), problem);
        }
    }
}
