package dev.livefeed.app.paper;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the journal to the disk and looks after it at intervals, apart from the threads that write it. */
final class JournalWatch {

    /** How often a journal that cannot be used is tried again. */
    static final Duration AGAIN = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(JournalWatch.class);

    private final ScheduledExecutorService timer;

    private JournalWatch(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * @param every how often the journal is brought to the disk; zero where each entry is by itself
     * @param sync does that
     * @param look looks after the journal, each {@link #AGAIN}
     */
    static JournalWatch start(Duration every, Runnable sync, Runnable look) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "paper-journal");
            thread.setDaemon(true);
            return thread;
        });
        if (!every.isZero()) {
            repeat(timer, every, sync);
        }
        repeat(timer, AGAIN, look);
        return new JournalWatch(timer);
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
