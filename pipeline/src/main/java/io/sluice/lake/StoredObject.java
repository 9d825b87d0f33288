package io.sluice.lake;

import java.io.Serializable;

/** An object below the root of a tenant, by its name from there, as it was when it was listed. */
public record StoredObject(String name, long bytes, long modifiedMillis) implements Serializable {
    private static final long serialVersionUID = 1L;
}
