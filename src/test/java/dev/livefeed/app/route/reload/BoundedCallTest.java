package dev.livefeed.app.route.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class BoundedCallTest {

    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final BoundedCall calls = new BoundedCall("test", LIMIT);

    private static boolean compute(Duration time) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < time.toNanos()
                && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        return true;
    }

    @Test
    void aCallThatWaitsIsAbandonedAtTheLimit() {
        CountDownLatch never = new CountDownLatch(1);
        assertThatThrownBy(() -> calls.run(() -> {
                    never.await();
                    return null;
                }))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("the trial took longer than 1 s");
        await().until(() -> !calls.hangs());
    }

    @Test
    void aCallThatComputesMayTakeLonger() throws Exception {
        assertThat(calls.<Boolean>run(() -> compute(LIMIT.multipliedBy(2)))).isTrue();
    }

    @Test
    void aCallThatComputesForEverIsAbandonedToo() {
        assertThatThrownBy(() -> calls.run(() -> compute(Duration.ofDays(1))))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("the trial took longer than 6 s");
        await().until(() -> !calls.hangs());
    }
}
