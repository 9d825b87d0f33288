package io.sluice.tenant;

/** Where the key of a tenant is found. */
public sealed interface KeyReference {
    /** A file that holds the key: base64 on one line. */
    record File(String path) implements KeyReference {}

    /** An environment variable that holds the key: base64. */
    record Variable(String name) implements KeyReference {}

    /** Nothing was configured: a lake on the local disk makes its own key once, any other refuses. */
    record Generated() implements KeyReference {}
}
