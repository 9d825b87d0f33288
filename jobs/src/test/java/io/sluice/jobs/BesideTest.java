package io.sluice.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.tenant.SluiceException;
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
    void itFailsAsTheStepDid() {
        SluiceException refusal = SluiceException.refused("Cannot", "for a reason", "Do something");
        Beside<Boolean> step = Beside.start("step", (Runnable) () -> {
            throw refusal;
        });
        assertThatThrownBy(step::get).isSameAs(refusal);
        assertThatThrownBy(step::close).isSameAs(refusal);
    }

    @Test
    void whateverFailsBesideItItIsWaitedFor() {
        AtomicBoolean ended = new AtomicBoolean();
        Runnable slow = () -> {
            awaitOther();
            ended.set(true);
        };
        assertThatThrownBy(() -> {
                    try (Beside<Boolean> step = Beside.start("step", slow)) {
                        other.countDown();
                        assertThat(step).isNotNull();
                        throw new IllegalStateException("beside");
                    }
                })
                .hasMessage("beside");
        assertThat(ended).isTrue();
    }

    private void awaitOther() {
        try {
            other.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
