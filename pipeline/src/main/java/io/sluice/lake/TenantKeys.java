package io.sluice.lake;

import io.sluice.tenant.KeyReference;
import io.sluice.tenant.SluiceException;
import io.sluice.tenant.TenantKey;
import io.sluice.tenant.TenantSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Finds the key of a tenant where its settings say, or makes one for a lake on the local disk. */
final class TenantKeys {
    private static final int BYTES = 32;
    private static final String WHAT = "Cannot open the tenant's key";

    private TenantKeys() {}

    static TenantKey resolve(TenantSettings settings, TenantRoot root) {
        if (settings.key() instanceof KeyReference.File file) {
            return decode(read(Path.of(file.path())));
        }
        if (settings.key() instanceof KeyReference.Variable variable) {
            String value = System.getenv(variable.name());
            if (value == null || value.isBlank()) {
                throw SluiceException.settings(
                        WHAT, "the environment variable " + variable.name() + " is not set", "Set it to base64 text");
            }
            return decode(value);
        }
        if (!root.isLocal()) {
            throw SluiceException.settings(
                    WHAT,
                    "no key is configured and " + root + " is not on this machine's disk",
                    "Name a key under tenants." + settings.name() + ".keys in the file given with --config");
        }
        return decode(generatedOnce(Path.of(root.control().toUri().getPath(), "tenant.key")));
    }

    private static String generatedOnce(Path file) {
        if (Files.exists(file)) {
            return read(file);
        }
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(
                    file.getParent(),
                    "tenant",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(fresh, Base64.getEncoder().encodeToString(secret) + "\n", StandardOpenOption.WRITE);
                Files.createLink(file, fresh); // fails if another run was first: there is one key per tenant
                System.err.println("A key for this tenant was made in " + file
                        + ". Keep a copy: without it pseudonyms cannot be made again.");
            } catch (FileAlreadyExistsException e) {
                return read(file);
            } finally {
                Files.delete(fresh);
            }
            return read(file);
        } catch (IOException e) {
            throw SluiceException.failed(
                            "Cannot make a key for the tenant",
                            "the folder " + file.getParent() + " cannot be written",
                            "Give --lake a folder that can be written")
                    .causedBy(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw SluiceException.settings(
                            WHAT,
                            "the file " + file + " cannot be read",
                            "Give a readable file with one line of base64")
                    .causedBy(e);
        }
    }

    private static TenantKey decode(String text) {
        try {
            return new TenantKey(Base64.getDecoder().decode(text.strip()), 1);
        } catch (IllegalArgumentException e) {
            throw SluiceException.settings(
                    WHAT, "it is not base64", "Make one with: head -c 32 /dev/urandom | base64"); // never its text
        }
    }
}
