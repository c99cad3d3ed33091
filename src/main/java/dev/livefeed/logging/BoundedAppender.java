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
 * Keeps the log bounded during floods: a limit of lines per second and kind, a limit of stack traces per minute, and
 * what is left out is counted and reported. Lines at DEBUG and TRACE were asked for and are not counted.
 *
 * <p>The lines of this program are of one kind where they have the same format: a flood of one leaves all others
 * alone, and with them each change of state. Other lines, those of log steps of routes included, are of one kind
 * where logger and level are the same. A warning of a library that differs from the one before in its figures only is
 * the same again: ten of them, then one a minute.
 */
final class BoundedAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private static final String OWN = "dev.livefeed.";
    /** Has a budget of its own where it is read. */
    private static final String STDERR = "connector.stderr";

    private static final int MAX_KINDS = 1_000;
    private static final int REPORTS_AT_ONCE = 20;
    private static final int REPEATS = 10;
    private static final double REPEATS_PER_SECOND = 1 / 60.0;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Appender<ILoggingEvent> target;
    private final LongSupplier nanos;
    private final Map<String, LineBudget> budgets = new LinkedHashMap<>(64, 0.75f, true);
    private LogLimits limits = LogLimits.current();
    private long reportsAt;
    private long forgotten;

    BoundedAppender(Appender<ILoggingEvent> target, LongSupplier nanos) {
        this.target = target;
        this.nanos = nanos;
        this.reportsAt = nanos.getAsLong();
    }

    @Override
    protected void append(ILoggingEvent event) {
        report();
        if (!event.getLevel().isGreaterOrEqual(Level.INFO)
                || event.getLoggerName().equals(STDERR)) {
            target.doAppend(event);
        } else if (repeated(event) || !take(kind(event), LogLimits.current().linesPerSecond(), burst(event))) {
            SuppressedLines.LINE.add();
        } else if (event.getThrowableProxy() != null && !traced(event)) {
            SuppressedLines.STACK_TRACE.add();
            target.doAppend(withoutTrace(event));
        } else {
            target.doAppend(event);
        }
    }

    private static boolean own(ILoggingEvent event) {
        return event.getLoggerName().startsWith(OWN);
    }

    private static String kind(ILoggingEvent event) {
        String kind = "logger=" + event.getLoggerName() + " level=" + event.getLevel();
        return own(event) ? kind + " format=\"" + event.getMessage() + '"' : kind;
    }

    private static int burst(ILoggingEvent event) {
        return own(event)
                ? LogLimits.STATES_AT_ONCE
                : Math.max(1, LogLimits.current().linesPerSecond() * LogLimits.BURST_SECONDS);
    }

    /** Loggers of libraries have the names of classes, those of routes have not. */
    private boolean repeated(ILoggingEvent event) {
        return LogLimits.current().linesPerSecond() > 0
                && !own(event)
                && event.getLoggerName().indexOf('.') > 0
                && event.getLevel().isGreaterOrEqual(Level.WARN)
                && !take(
                        "logger=" + event.getLoggerName() + " like=\"" + MessageShape.of(event.getFormattedMessage())
                                + '"',
                        REPEATS_PER_SECOND,
                        REPEATS);
    }

    private boolean traced(ILoggingEvent event) {
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
        if (now - reportsAt < 0) {
            return;
        }
        reportsAt = now + SECOND;
        int reports = 0;
        for (Map.Entry<String, LineBudget> budget : budgets.entrySet()) {
            long lines = budget.getValue().due();
            if (lines > 0) {
                target.doAppend(report("log_left_out count=" + lines + ' ' + budget.getKey()));
                if (++reports == REPORTS_AT_ONCE) {
                    return;
                }
            }
        }
        if (forgotten > 0) {
            target.doAppend(report("log_left_out count=" + forgotten + ": of kinds that have been quiet since"));
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
