package io.sluice.capture;

/** Leaves the reading of one entry, with the reason why it cannot become an exchange. */
final class RejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectReason reason;
    private final String detail;

    RejectedException(RejectReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    Rejected at(long position, long offset) {
        return new Rejected(reason, detail, position, offset);
    }
}
