package dev.livefeed.app.process;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets the connectors that run side by side take turns: one line at a time is in the routes, whichever connector it is
 * from, in the order of arrival. So the steps of the routes, and all behind them, see one thread at a time.
 */
public final class LineTurn {

    private static final long POLL_MILLIS = 100;

    private final Semaphore turn = new Semaphore(1, true);

    /** Waits for the turn; false if it is not wanted any more. An interrupt is kept for the line. */
    boolean take(BooleanSupplier wanted) {
        if (turn.tryAcquire()) {
            return true;
        }
        boolean interrupted = false;
        try {
            while (wanted.getAsBoolean()) {
                try {
                    if (turn.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                        return true;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The next one may enter. */
    void pass() {
        turn.release();
    }
}
