package io.sluice.scrub.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleRootTest {
    /** The leaves that implementations of RFC 6962 are tested with. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void agreesWithTheRootsOfCertificateTransparency(int leaves, String expected) {
        MerkleRoot root = new MerkleRoot();
        LEAVES.subList(0, leaves).forEach(leaf -> root.addLeaf(HexFormat.of().parseHex(leaf)));

        assertThat(root.hex()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 32, 33, 1000})
    void agreesWithTheRecursiveDefinitionInAnyOrder(int objects) {
        List<InventoryEntry> sorted =
                IntStream.range(0, objects).mapToObj(MerkleRootTest::entry).toList();
        List<InventoryEntry> shuffled = new ArrayList<>(sorted);
        Collections.shuffle(shuffled, new Random(objects));
        List<byte[]> leaves = sorted.stream()
                .map(entry -> "[\"%s\",%d,\"%s\"]".formatted(entry.name(), entry.length(), entry.sha256()))
                .map(leaf -> leaf.getBytes(StandardCharsets.UTF_8))
                .toList();

        assertThat(MerkleRoot.of(shuffled)).isEqualTo(HexFormat.of().formatHex(treeHash(leaves)));
    }

    @Test
    void changesWithNameLengthContentAndNumberOfObjects() {
        String hash = Sha256.hex();
        List<InventoryEntry> inventory = List.of(new InventoryEntry("a", 1, hash), new InventoryEntry("b", 2, hash));

        assertThat(List.of(
                        MerkleRoot.of(inventory),
                        MerkleRoot.of(List.of(inventory.get(0))),
                        MerkleRoot.of(List.of(inventory.get(0), new InventoryEntry("c", 2, hash))),
                        MerkleRoot.of(List.of(inventory.get(0), new InventoryEntry("b", 3, hash))),
                        MerkleRoot.of(List.of(inventory.get(0), new InventoryEntry("b", 2, Sha256.hex(new byte[1]))))))
                .doesNotHaveDuplicates();
        assertThat(Certificate.Inventory.of(inventory))
                .isEqualTo(new Certificate.Inventory(2, 3, MerkleRoot.of(inventory)));
    }

    @Test
    void refusesAnObjectTwiceOrOutOfOrder() {
        assertThatThrownBy(() -> MerkleRoot.of(List.of(entry(1), entry(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("once");
        MerkleRoot root = new MerkleRoot();
        root.add(entry(2));
        assertThatThrownBy(() -> root.add(entry(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new InventoryEntry("a", 1, "E3B0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new InventoryEntry("a", -1, Sha256.hex()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static InventoryEntry entry(int i) {
        return new InventoryEntry("tables/exchange/part-%04d.parquet".formatted(i), i, Sha256.hex(new byte[i]));
    }

    /** MTH of RFC 6962, section 2.1, word for word. */
    private static byte[] treeHash(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return sha256();
        }
        if (leaves.size() == 1) {
            return sha256(new byte[] {0}, leaves.get(0));
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return sha256(
                new byte[] {1}, treeHash(leaves.subList(0, split)), treeHash(leaves.subList(split, leaves.size())));
    }

    private static byte[] sha256(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
