package dev.livefeed.app.route.reload;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs calls that may hang, each on its own thread. A call that exceeds its time is abandoned: its thread is
 * interrupted and the next call does not wait for it. If too many abandoned threads are alive, calls are rejected.
 *
 * <p>A call that computes gets more time than one that waits: on a busy machine, loading files can take longer than
 * any limit that suits a hanging connection.
 */
final class BoundedCall {

    private static final int MAX_ABANDONED = 4;

    /** In these parts of its time it is seen whether a call computes. */
    private static final int SLICES = 4;
    /** The maximum time of a call that computes, as a multiple of that of others. */
    private static final int MORE_TIME = 6;
    /** Share of a slice in CPU time from which on a call computes. */
    private static final double COMPUTES = 0.01;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final String name;
    private final Duration limit;
    private final List<Thread> abandoned = new ArrayList<>();

    /**
     * @param name name of the threads
     * @param limit maximum time of a call that does not compute
     */
    BoundedCall(String name, Duration limit) {
        this.name = name;
        this.limit = limit;
    }

    /** Whether an abandoned call is still running. */
    synchronized boolean hangs() {
        return abandoned.stream().anyMatch(Thread::isAlive);
    }

    /**
     * @return what the call returned
     * @throws TimeoutException if the call took too long
     * @throws RejectedExecutionException if too many abandoned calls still hang
     * @throws ExecutionException if it failed with any exception or error
     */
    synchronized <T> T run(Callable<T> call) throws TimeoutException, ExecutionException, InterruptedException {
        abandoned.removeIf(thread -> !thread.isAlive());
        if (abandoned.size() >= MAX_ABANDONED) {
            throw new RejectedExecutionException(
                    abandoned.size() + " earlier trials still hang; restart the application");
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(call.call());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        try {
            return await(result, thread);
        } catch (TimeoutException e) {
            abandoned.add(thread);
            thread.interrupt();
            throw e;
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
    }

    private <T> T await(CompletableFuture<T> result, Thread thread)
            throws TimeoutException, ExecutionException, InterruptedException {
        long slice = limit.dividedBy(SLICES).toNanos();
        long least = (long) (COMPUTES * slice);
        long cpu = 0;
        for (int i = 1; ; i++) {
            try {
                return result.get(slice, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                long now = THREADS.getThreadCpuTime(thread.getId()); // -1 if unknown
                boolean computes = now - cpu >= least;
                cpu = now;
                if (i >= SLICES && !computes || i >= SLICES * MORE_TIME) {
                    throw new TimeoutException("the trial took longer than "
                            + limit.dividedBy(SLICES).multipliedBy(i).toSeconds() + " s");
                }
            }
        }
    }
}
