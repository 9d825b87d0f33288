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
import org.jspecify.annotations.Nullable;

/** The key of a tenant, found where its settings say, or made once for a lake on the local disk when it is needed. */
final class TenantKeys {
    private static final int BYTES = 32;
    private static final String WHAT = "Cannot open the tenant's key";

    private final Path own;
    private @Nullable TenantKey key;

    /** Checks the settings, and writes nothing yet. */
    TenantKeys(TenantSettings settings, TenantRoot root) {
        own = Path.of(root.control().toUri().getPath(), "tenant.key");
        if (settings.key() instanceof KeyReference.File file) {
            key = decode(read(Path.of(file.path())));
        } else if (settings.key() instanceof KeyReference.Variable variable) {
            key = decode(variable(variable.name()));
        } else if (!root.isLocal()) {
            throw SluiceException.settings(
                    WHAT,
                    "no key is configured and " + root + " is not on this machine's disk",
                    "Name a key under tenants." + settings.name() + ".key in the file given with --config");
        }
    }

    synchronized TenantKey key() {
        if (key == null) {
            key = decode(generatedOnce(own));
        }
        return key;
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw SluiceException.settings(
                    WHAT, "the environment variable " + name + " is not set", "Set it to base64 text");
        }
        return value;
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
