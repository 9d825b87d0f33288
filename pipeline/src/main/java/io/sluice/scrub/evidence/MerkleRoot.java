package io.sluice.scrub.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/**
 * The Merkle tree hash of an inventory (RFC 6962, section 2.1), which keeps one hash per level of the tree.
 *
 * <p>A leaf is the canonical JSON of {@code [name, length, sha256]}; leaves stand in the order of names, by UTF-16 code units.
 */
public final class MerkleRoot {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    /** Roots of full subtrees that wait for their right neighbor, the largest at the bottom. */
    private final Deque<byte[]> waiting = new ArrayDeque<>();

    private long leaves;
    private String last = "";

    /** The root over {@code inventory}, given in any order, in hex. */
    public static String of(List<InventoryEntry> inventory) {
        MerkleRoot root = new MerkleRoot();
        inventory.stream().sorted(Comparator.comparing(InventoryEntry::name)).forEach(root::add);
        return root.hex();
    }

    /** Adds the next object; names come in ascending order and never twice. */
    public void add(InventoryEntry entry) {
        if (leaves > 0 && entry.name().compareTo(last) <= 0) {
            throw new IllegalArgumentException("An inventory names each object once, in ascending order");
        }
        last = entry.name();
        ArrayNode leaf = JsonNodeFactory.instance.arrayNode();
        leaf.add(entry.name()).add(entry.length()).add(entry.sha256());
        addLeaf(CanonicalJson.bytes(leaf));
    }

    void addLeaf(byte[] content) {
        byte[] hash = Sha256.of(LEAF, content);
        for (long full = leaves; (full & 1) == 1; full >>= 1) {
            hash = Sha256.of(NODE, waiting.pop(), hash);
        }
        waiting.push(hash);
        leaves++;
    }

    /** The root over all that was added so far, in hex. */
    public String hex() {
        if (waiting.isEmpty()) {
            return Sha256.hex();
        }
        byte[] root = null;
        for (byte[] left : waiting) {
            root = root == null ? left : Sha256.of(NODE, left, root);
        }
        return HexFormat.of().formatHex(root);
    }
}
