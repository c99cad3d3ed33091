package dev.livefeed.app.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StatusSignalTest {

    private final AtomicBoolean holds = new AtomicBoolean();
    private final AtomicInteger checks = new AtomicInteger();
    private final CountDownLatch waits = new CountDownLatch(1);

    private boolean condition() {
        boolean held = holds.get();
        checks.incrementAndGet();
        waits.countDown();
        return held;
    }

    private CompletableFuture<Void> waiting(StatusSignal signal, Duration limit) throws InterruptedException {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                signal.await(this::condition, limit);
                end.complete(null);
            } catch (InterruptedException e) {
                end.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
        return end;
    }

    /** The interval is an hour, so only the signal can end the wait. */
    @Test
    void theConditionIsCheckedWhenAStatusHasComeAndNotBefore() throws Exception {
        StatusSignal signal = new StatusSignal(Duration.ofHours(1));
        CompletableFuture<Void> end = waiting(signal, Duration.ofHours(2));

        holds.set(true);
        signal.signal();

        end.get(10, TimeUnit.SECONDS);
        assertThat(checks).hasValue(2);
    }

    @Test
    void withoutAStatusTheConditionIsCheckedAtTheInterval() throws Exception {
        CompletableFuture<Void> end = waiting(new StatusSignal(Duration.ofMillis(1)), Duration.ofHours(2));

        holds.set(true);

        end.get(10, TimeUnit.SECONDS);
    }

    @Test
    void theWaitEndsAtTheLimit() throws Exception {
        waiting(new StatusSignal(Duration.ofHours(1)), Duration.ofMillis(1)).get(10, TimeUnit.SECONDS);

        assertThat(checks).hasValue(1);
    }
}
