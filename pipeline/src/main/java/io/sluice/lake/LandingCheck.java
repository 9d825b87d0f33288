package io.sluice.lake;

import org.jspecify.annotations.Nullable;

/** Whether a landing file can be read as exchanges, and if not, why: {@code code: sentence}; and when those were captured. */
public record LandingCheck(LandingObject object, @Nullable String reason, CapturedSpan captured) {
    static LandingCheck accepted(LandingObject object, CapturedSpan captured) {
        return new LandingCheck(object, null, captured);
    }

    static LandingCheck rejected(LandingObject object, String reason, String detail) {
        return new LandingCheck(object, reason + ": " + detail, CapturedSpan.ANY);
    }

    public boolean isAccepted() {
        return reason == null;
    }
}
