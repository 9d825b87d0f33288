package io.sluice.scrub.parquet;

import java.util.Objects;

/** Says why a file is left as it is: rewriting it would mean to guess. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String reason) {
        super(reason);
    }

    String reason() {
        return Objects.requireNonNull(getMessage());
    }
}
