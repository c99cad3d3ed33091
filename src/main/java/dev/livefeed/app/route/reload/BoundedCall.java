package dev.livefeed.app.route.reload;

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
 */
final class BoundedCall {

    private static final int MAX_ABANDONED = 4;

    private final String name;
    private final Duration limit;
    private final List<Thread> abandoned = new ArrayList<>();

    /**
     * @param name name of the threads
     * @param limit maximum time of a call
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
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            abandoned.add(thread);
            thread.interrupt();
            throw new TimeoutException("the trial took longer than " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
    }
}
