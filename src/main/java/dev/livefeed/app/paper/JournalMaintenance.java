package dev.livefeed.app.paper;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Syncs the journal to disk and checks it at intervals, on its own thread. */
final class JournalMaintenance {

    /** Interval of the check, and of the retry while the journal cannot be used. */
    static final Duration CHECK_INTERVAL = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(JournalMaintenance.class);

    private final ScheduledExecutorService timer;

    private JournalMaintenance(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * @param every interval of the sync; zero if each entry is synced by itself
     * @param sync syncs the journal
     * @param check checks the journal, every {@link #CHECK_INTERVAL}
     */
    static JournalMaintenance start(Duration every, Runnable sync, Runnable check) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "paper-journal");
            thread.setDaemon(true);
            return thread;
        });
        if (!every.isZero()) {
            repeat(timer, every, sync);
        }
        repeat(timer, CHECK_INTERVAL, check);
        return new JournalMaintenance(timer);
    }

    private static void repeat(ScheduledExecutorService timer, Duration every, Runnable work) {
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        LOG.warn("paper_journal_watch_failed", e);
                    }
                },
                every.toMillis(),
                every.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    void close() {
        timer.shutdown();
    }
}
