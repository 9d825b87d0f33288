package io.sluice.tenant;

import java.nio.file.Path;
import java.util.Optional;

/** What is configured for one tenant: its root, e.g. {@code s3a://acme-sluice/lake}, where its key is found, its policy. */
public final class TenantSettings {
    private static final String NO_POLICY = "";

    private final TenantName name;
    private final String root;
    private final KeyReference key;
    private final String policy;

    private TenantSettings(TenantName name, String root, KeyReference key, String policy) {
        this.name = name;
        this.root = root;
        this.key = key;
        this.policy = policy;
    }

    /** A tenant without a configuration file: its root lies below the lake, its key in its own control folder. */
    public static TenantSettings below(String lake, TenantName name) {
        String parent = lake.endsWith("/") ? lake.substring(0, lake.length() - 1) : lake;
        return new TenantSettings(name, parent + "/" + name.value(), new KeyReference.Generated(), NO_POLICY);
    }

    TenantSettings withRoot(String own) {
        return new TenantSettings(name, own, key, policy);
    }

    TenantSettings withKey(KeyReference own) {
        return new TenantSettings(name, root, own, policy);
    }

    TenantSettings withPolicy(String own) {
        return new TenantSettings(name, root, key, own);
    }

    public TenantName name() {
        return name;
    }

    public String root() {
        return root;
    }

    public KeyReference key() {
        return key;
    }

    /** The tenant's own redaction policy, if it has one. */
    public Optional<Path> policy() {
        return policy.isEmpty() ? Optional.empty() : Optional.of(Path.of(policy));
    }
}
