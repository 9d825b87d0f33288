package io.sluice.lake;

import org.jspecify.annotations.Nullable;

/** Whether a landing file can be read as exchanges, and if not, why: {@code code: sentence}. */
public record LandingCheck(LandingObject object, @Nullable String reason) {
    static LandingCheck accepted(LandingObject object) {
        return new LandingCheck(object, null);
    }

    static LandingCheck rejected(LandingObject object, String reason, String detail) {
        return new LandingCheck(object, reason + ": " + detail);
    }

    public boolean isAccepted() {
        return reason == null;
    }
}
