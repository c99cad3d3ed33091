package dev.livefeed.app.backfill;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Wakes a thread that waits for what statuses bring: the first line of a process, the facts of an instrument. */
final class StatusSignal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final long longestNanos;

    /** @param longest the condition is also checked at this interval, since a process may begin with other lines */
    StatusSignal(Duration longest) {
        this.longestNanos = longest.toNanos();
    }

    /** A status has been processed. */
    void signal() {
        lock.lock();
        try {
            came.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the condition holds; it must become true before the signal. */
    void await(BooleanSupplier condition) throws InterruptedException {
        await(condition, Duration.ofNanos(Long.MAX_VALUE));
    }

    /** Like {@link #await(BooleanSupplier)}, for no longer than the limit. */
    void await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (left > 0 && !condition.getAsBoolean()) {
                long wait = Math.min(left, longestNanos);
                left -= wait - Math.max(0, came.awaitNanos(wait));
            }
        } finally {
            lock.unlock();
        }
    }
}
