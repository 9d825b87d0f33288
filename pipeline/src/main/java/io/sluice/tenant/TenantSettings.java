package io.sluice.tenant;

/** What is configured for one tenant: its root, e.g. {@code s3a://acme-sluice/lake}, and where its key is found. */
public record TenantSettings(TenantName name, String root, KeyReference key) {
    /** A tenant without a configuration file: its root lies below the lake, its key in its own control folder. */
    public static TenantSettings below(String lake, TenantName name) {
        String parent = lake.endsWith("/") ? lake.substring(0, lake.length() - 1) : lake;
        return new TenantSettings(name, parent + "/" + name.value(), new KeyReference.Generated());
    }
}
