package dev.livefeed.app;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread of its own for the files of the HTTP port: a slow disk delays nothing else. */
final class HttpWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpWatch.class);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "livefeed-http-files");
        daemon.setDaemon(true);
        return daemon;
    });

    /** Runs the task every second, whatever becomes of one run. */
    void start(Runnable task) {
        thread.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOG.warn("http_failed reason=\"{}\"", e.toString(), e);
                    }
                },
                0,
                1,
                TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
