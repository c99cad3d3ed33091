package dev.livefeed.app.route.timer;

import java.util.Date;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The timer of one route, by the monotonic clock. A {@link Timer} waits by the wall clock: if that is set back by an
 * hour, it does not run for an hour, and if it is set forward, it runs all periods of that hour at once.
 */
final class MonotonicTimer extends Timer {

    private final ScheduledThreadPoolExecutor executor;
    private final BooleanSupplier ended;

    /** @param ended whether the task needs no further run */
    MonotonicTimer(String name, BooleanSupplier ended) {
        super(name, true);
        super.cancel(); // ends the thread of the superclass, which is not used
        this.ended = ended;
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void schedule(TimerTask task, long delay) {
        executor.schedule(task, delay, TimeUnit.MILLISECONDS);
    }

    @Override
    public void schedule(TimerTask task, Date time) {
        schedule(task, until(time));
    }

    @Override
    public void schedule(TimerTask task, long delay, long period) {
        executor.scheduleWithFixedDelay(() -> run(task), delay, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public void schedule(TimerTask task, Date firstTime, long period) {
        schedule(task, until(firstTime), period);
    }

    @Override
    public void scheduleAtFixedRate(TimerTask task, long delay, long period) {
        executor.scheduleAtFixedRate(() -> run(task), delay, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public void scheduleAtFixedRate(TimerTask task, Date firstTime, long period) {
        scheduleAtFixedRate(task, until(firstTime), period);
    }

    private void run(TimerTask task) {
        task.run();
        if (ended.getAsBoolean()) {
            executor.shutdown();
        }
    }

    private static long until(Date time) {
        return Math.max(0, time.getTime() - System.currentTimeMillis());
    }

    @Override
    public void cancel() {
        executor.shutdown();
    }
}
