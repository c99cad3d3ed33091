package dev.livefeed.strategy.paper;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the journal to the disk at intervals, apart from the threads that write it. */
final class JournalSync {

    private static final Logger LOG = LoggerFactory.getLogger(JournalSync.class);

    private final ScheduledExecutorService timer;

    private JournalSync(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** @param every zero where each entry is brought to the disk by itself */
    static JournalSync start(Journal journal, Duration every) {
        if (every.isZero()) {
            return new JournalSync(null);
        }
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "paper-journal-sync");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        journal.sync();
                    } catch (IOException e) {
                        LOG.warn("paper_journal_sync_failed {}", e.toString());
                    }
                },
                every.toMillis(),
                every.toMillis(),
                TimeUnit.MILLISECONDS);
        return new JournalSync(timer);
    }

    void close() {
        if (timer != null) {
            timer.shutdown();
        }
    }
}
