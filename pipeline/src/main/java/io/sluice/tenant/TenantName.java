package io.sluice.tenant;

import java.util.regex.Pattern;

/** The name of a tenant, checked before any path is built from it. */
public record TenantName(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9][a-z0-9-]{1,62}");

    public TenantName {
        if (!ALLOWED.matcher(value).matches()) {
            throw SluiceException.settings(
                    "Cannot open the tenant",
                    "its name must be 2 to 63 lower-case letters, digits and hyphens, beginning with a letter or digit",
                    "Give --tenant a name such as acme or acme-eu");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
