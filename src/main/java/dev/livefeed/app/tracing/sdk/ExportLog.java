package dev.livefeed.app.tracing.sdk;

import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the library logs, as at most one line a minute and without stack traces: a receiver that is down fails each
 * batch.
 */
final class ExportLog extends Handler {

    private static final Logger LOG = LoggerFactory.getLogger(ExportLog.class);
    /** Referred to, because loggers of the JDK lose their handlers when they are collected. */
    private static final java.util.logging.Logger LIBRARY = java.util.logging.Logger.getLogger("io.opentelemetry");

    private static final long INTERVAL_NANOS = 60_000_000_000L;
    private static final int MAX_LENGTH = 300;

    private final UnaryOperator<String> redact;
    private final LongSupplier nanos;
    private long warnings;
    private long loggedAt;

    ExportLog(UnaryOperator<String> redact, LongSupplier nanos) {
        this.redact = redact;
        this.nanos = nanos;
    }

    void open() {
        LIBRARY.setUseParentHandlers(false);
        LIBRARY.addHandler(this);
    }

    @Override
    public synchronized void publish(LogRecord line) {
        if (line.getLevel().intValue() < Level.WARNING.intValue()) {
            return;
        }
        warnings++;
        if (warnings == 1 || nanos.getAsLong() - loggedAt >= INTERVAL_NANOS) {
            loggedAt = nanos.getAsLong();
            LOG.warn("tracing_failed warnings={}: {}; the feed goes on, spans are dropped", warnings, text(line));
        }
    }

    private String text(LogRecord line) {
        String message = String.valueOf(line.getMessage());
        Throwable cause = line.getThrown();
        if (cause != null && cause.getMessage() == null) {
            message += " (" + cause.getClass().getSimpleName() + ")";
        }
        String clean = redact.apply(message).replaceAll("\\p{Cntrl}+", " ");
        return clean.length() <= MAX_LENGTH ? clean : clean.substring(0, MAX_LENGTH) + "…";
    }

    @Override
    public void flush() {
        // Nothing is kept.
    }

    @Override
    public void close() {
        LIBRARY.removeHandler(this);
    }
}
