package dev.livefeed.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits the log during floods: lines per second and kind, and stack traces per minute. Suppressed lines are counted
 * and reported. DEBUG and TRACE lines are not limited.
 *
 * <p>Lines of this program are of one kind if they have the same format, so that a flood of one kind does not suppress
 * others, such as changes of state. Other lines, including the log steps of routes, are of one kind if logger and level
 * are the same. Warnings of a library that differ only in their numbers are limited to ten, then one a minute.
 */
final class BoundedAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private static final String OWN_LOGGERS = "dev.livefeed.";

    private static final int MAX_KINDS = 1_000;
    private static final int MAX_REPORTS_PER_SECOND = 20;
    private static final int REPEAT_BURST = 10;
    private static final double REPEATS_PER_SECOND = 1 / 60.0;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Appender<ILoggingEvent> target;
    private final LongSupplier nanos;
    private final Map<String, LineBudget> budgets = new LinkedHashMap<>(64, 0.75f, true);
    private LogLimits limits = LogLimits.current();
    private long nextReportAt;
    private long forgotten;

    BoundedAppender(Appender<ILoggingEvent> target, LongSupplier nanos) {
        this.target = target;
        this.nanos = nanos;
        this.nextReportAt = nanos.getAsLong();
    }

    @Override
    protected void append(ILoggingEvent event) {
        report();
        if (!event.getLevel().isGreaterOrEqual(Level.INFO)
                // The lines of a connector are limited where they are read.
                || event.getLoggerName().equals(LogLevels.STDERR)) {
            target.doAppend(event);
        } else if (isRepeated(event) || !take(kind(event), LogLimits.current().linesPerSecond(), burst(event))) {
            SuppressedLines.LINE.add();
        } else if (event.getThrowableProxy() != null && !allowsTrace(event)) {
            SuppressedLines.STACK_TRACE.add();
            target.doAppend(withoutTrace(event));
        } else {
            target.doAppend(event);
        }
    }

    private static boolean isOwn(ILoggingEvent event) {
        return event.getLoggerName().startsWith(OWN_LOGGERS);
    }

    private static String kind(ILoggingEvent event) {
        String kind = "logger=" + event.getLoggerName() + " level=" + event.getLevel();
        return isOwn(event) ? kind + " format=\"" + event.getMessage() + '"' : kind;
    }

    private static int burst(ILoggingEvent event) {
        return isOwn(event)
                ? LogLimits.STATES_AT_ONCE
                : Math.max(1, LogLimits.current().linesPerSecond() * LogLimits.BURST_SECONDS);
    }

    /** Loggers of libraries have class names, unlike loggers of routes. */
    private boolean isRepeated(ILoggingEvent event) {
        return LogLimits.current().linesPerSecond() > 0
                && !isOwn(event)
                && event.getLoggerName().indexOf('.') > 0
                && event.getLevel().isGreaterOrEqual(Level.WARN)
                && !take(
                        "logger=" + event.getLoggerName() + " like=\"" + MessageShape.of(event.getFormattedMessage())
                                + '"',
                        REPEATS_PER_SECOND,
                        REPEAT_BURST);
    }

    private boolean allowsTrace(ILoggingEvent event) {
        int perMinute = LogLimits.current().tracesPerMinute();
        return take(
                "logger=" + event.getLoggerName() + " stack_traces_of="
                        + event.getThrowableProxy().getClassName(),
                perMinute / 60.0,
                Math.max(1, perMinute));
    }

    private synchronized boolean take(String kind, double perSecond, int burst) {
        if (limits != LogLimits.current()) {
            limits = LogLimits.current();
            budgets.clear();
        }
        LineBudget budget = budgets.get(kind);
        if (budget == null) {
            if (budgets.size() == MAX_KINDS) {
                var eldest = budgets.entrySet().iterator();
                forgotten += eldest.next().getValue().rest();
                eldest.remove();
            }
            budget = new LineBudget(perSecond, burst, nanos);
            budgets.put(kind, budget);
        }
        return budget.take();
    }

    private synchronized void report() {
        long now = nanos.getAsLong();
        if (now - nextReportAt < 0) {
            return;
        }
        nextReportAt = now + SECOND;
        int reports = 0;
        for (Map.Entry<String, LineBudget> budget : budgets.entrySet()) {
            long lines = budget.getValue().due();
            if (lines > 0) {
                target.doAppend(report("log_left_out count=" + lines + ' ' + budget.getKey()));
                if (++reports == MAX_REPORTS_PER_SECOND) {
                    return;
                }
            }
        }
        if (forgotten > 0) {
            target.doAppend(report("log_left_out count=" + forgotten + ": of kinds without recent lines"));
            forgotten = 0;
        }
    }

    private LoggingEvent withoutTrace(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        LoggingEvent line = line(MessageShape.firstLine(event.getFormattedMessage()) + ": " + thrown.getClassName()
                + ": " + MessageShape.firstLine(String.valueOf(thrown.getMessage())) + " (stack trace left out)");
        line.setLoggerName(event.getLoggerName());
        line.setLevel(event.getLevel());
        return line;
    }

    private LoggingEvent report(String message) {
        LoggingEvent line = line(message);
        line.setLoggerName(BoundedAppender.class.getName());
        line.setLevel(Level.WARN);
        return line;
    }

    private LoggingEvent line(String message) {
        LoggingEvent line = new LoggingEvent();
        line.setLoggerContext((LoggerContext) getContext());
        line.setMessage(message);
        line.setThreadName(Thread.currentThread().getName());
        line.setInstant(Instant.now());
        return line;
    }
}
