package io.sluice.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.tenant.SluiceException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class BesideTest {
    private final CountDownLatch other = new CountDownLatch(1);

    @Test
    void aStepIsTakenWhileOthersAre() {
        try (Beside<String> step = Beside.start("step", () -> {
            awaitOther();
            return "done";
        })) {
            other.countDown();
            assertThat(step.get()).isEqualTo("done");
        }
    }

    @Test
    void itFailsAsTheStepDidAndTellsOnce() {
        SluiceException refusal = SluiceException.refused("Cannot", "for a reason", "Do something");
        assertThatThrownBy(() -> {
                    try (Beside<String> step = failing(refusal)) {
                        step.get();
                    }
                })
                .isSameAs(refusal);
        assertThatThrownBy(() -> failing(refusal).close()).isSameAs(refusal);
    }

    @Test
    void aFailureThatNobodyDeclaredIsTheCause() {
        IOException full = new IOException("full");
        assertThatThrownBy(() -> failing(full).get()).cause().isSameAs(full);
    }

    @Test
    void whateverFailsBesideItItIsWaitedFor() {
        AtomicBoolean ended = new AtomicBoolean();
        assertThatThrownBy(() -> {
                    try (Beside<Boolean> step = Beside.start("step", () -> {
                        awaitOther();
                        ended.set(true);
                        return true;
                    })) {
                        assertThat(step).isNotNull();
                        other.countDown();
                        throw new IllegalStateException("beside");
                    }
                })
                .hasMessage("beside");
        assertThat(ended).isTrue();
    }

    private static Beside<String> failing(Exception failure) {
        return Beside.start("step", () -> BesideTest.<RuntimeException>thrown(failure));
    }

    /** As Scala does, which declares nothing. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> String thrown(Exception failure) throws E {
        throw (E) failure;
    }

    private void awaitOther() {
        try {
            other.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
