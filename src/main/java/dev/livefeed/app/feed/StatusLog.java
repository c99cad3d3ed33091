package dev.livefeed.app.feed;

import dev.livefeed.logging.LineBudget;
import dev.livefeed.logging.LogLimits;
import dev.livefeed.logging.Occurrences;
import dev.livefeed.logging.SuppressedLines;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticated;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticating;
import dev.livefeed.protocol.status.AccountConnectionStatus.PrivateDisconnected;
import dev.livefeed.protocol.status.BookSuspect;
import dev.livefeed.protocol.status.ConnectionClosed;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionRecycled;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.ConnectorLimit;
import dev.livefeed.protocol.status.ConnectorLimit.Stage;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Delisting;
import dev.livefeed.protocol.status.Exhausted;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.HistoryDone;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.InstrumentInfo;
import dev.livefeed.protocol.status.Maintenance;
import dev.livefeed.protocol.status.Repaired;
import dev.livefeed.protocol.status.ReplayStatus.RecordingEnded;
import dev.livefeed.protocol.status.ReplayStatus.ReplayProgress;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.StatusVisitor;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Synced;
import dev.livefeed.protocol.status.Throttled;
import dev.livefeed.protocol.status.TopicStatus.TopicHeard;
import dev.livefeed.protocol.status.TopicStatus.TopicSilent;
import dev.livefeed.protocol.status.TopicStatus.TopicUnreadable;
import dev.livefeed.protocol.status.UnknownStatus;
import dev.livefeed.protocol.status.Unsubscribed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each change of the feed's state with one line. Repeated failures are counted, not repeated. */
public final class StatusLog {

    static final Logger LOG = LoggerFactory.getLogger(StatusLog.class);
    private static final int MAX_TEXTS = 200;
    private static final long SAME_LIMIT_NANOS = 600_000_000_000L;
    private final UnaryOperator<String> redact;
    private final LongSupplier nanos;
    private final StatusLines lines;
    private final LineBudget failureBudget;
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong repairedTrades = new AtomicLong();
    private final FaultsOfToday today = new FaultsOfToday();
    private final LoggedStatuses logged = new LoggedStatuses();
    private volatile Consumer<String> gapListener = channel -> {};
    private final Map<String, Long> repeats = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_TEXTS;
        }
    };

    /** The announced stage of each limit of the connector, and when it was logged. */
    private final Map<String, LoggedStage> limits = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LoggedStage> eldest) {
            return size() > MAX_TEXTS;
        }
    };

    private record LoggedStage(Stage stage, long at) {}

    private final Map<String, Maintenance> announced = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Maintenance> eldest) {
            return size() > MAX_TEXTS;
        }
    };

    public StatusLog(UnaryOperator<String> redact) {
        this(redact, System::nanoTime);
    }

    /** @param nanos monotonic clock */
    public StatusLog(UnaryOperator<String> redact, LongSupplier nanos) {
        this.redact = redact;
        this.nanos = nanos;
        lines = new StatusLines(LogLimits.current().linesPerSecond(), nanos);
        failureBudget = lines.shared();
    }

    /** Logs a status within a budget; heartbeats are not logged. */
    public void status(Status status) {
        report();
        StatusLines.Line line = status.accept(logged);
        if (line == null) {
            return;
        }
        if (line.budget().take()) {
            line.log(redact.apply(describe(status)));
        } else {
            SuppressedLines.STATUS.add();
        }
    }

    /**
     * Logs how many lines were suppressed, if a report is due. Called with each status and every second. Thread-safe.
     */
    public void report() {
        long statuses = lines.due();
        if (statuses > 0) {
            LOG.warn("connector_status_left_out count={}: more than LOG_LINES_PER_SECOND", statuses);
        }
        long errors = failureBudget.due();
        if (errors > 0) {
            LOG.warn("connector_error_left_out count={}: more than LOG_LINES_PER_SECOND", errors);
        }
    }

    /** A connector with several categories, and each new one, tells the same announcement again. */
    private synchronized boolean changes(Maintenance maintenance) {
        String id = maintenance.announcement() == null ? "" : maintenance.announcement();
        return !maintenance.equals(announced.put(id, maintenance));
    }

    /** Each change in the use of a limit is reported; it is logged when the stage changes, or after a while. */
    private synchronized boolean changes(ConnectorLimit limit) {
        if (limit.used() == null || limit.max() == null) {
            return true;
        }
        String key = limit.limit() + ' ' + limit.category();
        LoggedStage last = limits.get(key);
        Stage stage = (last == null ? Stage.NONE : last.stage()).next(limit.used(), limit.max());
        if (last != null && last.stage() == stage && nanos.getAsLong() - last.at() < SAME_LIMIT_NANOS) {
            return false;
        }
        limits.put(key, new LoggedStage(stage, nanos.getAsLong()));
        return true;
    }

    /** Counts gaps and repaired trades, logged or not; null for a status that is not logged. */
    private final class LoggedStatuses implements StatusVisitor<StatusLines.Line> {

        @Override
        public StatusLines.Line connectionUp(ConnectionUp status) {
            return lines.connected;
        }

        @Override
        public StatusLines.Line subscribed(Subscribed status) {
            return lines.subscribed;
        }

        @Override
        public StatusLines.Line unsubscribed(Unsubscribed status) {
            return lines.unsubscribed;
        }

        @Override
        public StatusLines.Line resyncing(Resyncing status) {
            today.resync();
            return lines.resyncing;
        }

        @Override
        public StatusLines.Line synced(Synced status) {
            return lines.synced;
        }

        @Override
        public StatusLines.Line degraded(Degraded status) {
            return lines.degraded;
        }

        @Override
        public StatusLines.Line privateDisconnected(PrivateDisconnected status) {
            return lines.privateDisconnected;
        }

        @Override
        public StatusLines.Line delisting(Delisting status) {
            return lines.delisting;
        }

        @Override
        public StatusLines.Line exhausted(Exhausted status) {
            return lines.exhausted;
        }

        @Override
        public StatusLines.Line connectionDown(ConnectionDown status) {
            if ("stopped".equals(status.reason())) {
                return lines.stopped;
            }
            today.disconnected();
            return lines.disconnected;
        }

        @Override
        public StatusLines.Line instrumentInfo(InstrumentInfo status) {
            return status.reason() == null ? lines.instrument : lines.troubled;
        }

        @Override
        public StatusLines.Line maintenance(Maintenance status) {
            return changes(status) ? lines.maintenance : null;
        }

        @Override
        public StatusLines.Line connectorLimit(ConnectorLimit status) {
            return changes(status) ? lines.limit : null;
        }

        @Override
        public StatusLines.Line gap(Gap status) {
            today.gap();
            gapListener.accept(status.channel() == null ? "none" : status.channel());
            return lines.gap;
        }

        @Override
        public StatusLines.Line repaired(Repaired status) {
            if (status.count() != null) {
                repairedTrades.addAndGet(Math.max(0, status.count()));
                today.repaired(Math.max(0, status.count()));
            }
            return lines.repaired;
        }

        @Override
        public StatusLines.Line heartbeat(Heartbeat status) {
            return null;
        }

        @Override
        public StatusLines.Line historyDone(HistoryDone status) {
            return null;
        }

        /** A connector may report each command that it takes. */
        @Override
        public StatusLines.Line unknownStatus(UnknownStatus status) {
            return status.status().equals("command") ? null : lines.other(status);
        }

        @Override
        public StatusLines.Line connectionClosed(ConnectionClosed status) {
            return lines.other(status);
        }

        @Override
        public StatusLines.Line connectionRecycled(ConnectionRecycled status) {
            return lines.other(status);
        }

        @Override
        public StatusLines.Line throttled(Throttled status) {
            return lines.other(status);
        }

        @Override
        public StatusLines.Line bookSuspect(BookSuspect status) {
            return lines.other(status);
        }

        @Override
        public StatusLines.Line topicSilent(TopicSilent status) {
            return lines.other(status);
        }

        @Override
        public StatusLines.Line topicHeard(TopicHeard status) {
            return lines.other(status);
        }

        @Override
        public StatusLines.Line topicUnreadable(TopicUnreadable status) {
            return lines.other(status);
        }

        @Override
        public StatusLines.Line instrumentEnded(InstrumentEnded status) {
            return lines.other(status);
        }

        @Override
        public StatusLines.Line authenticating(Authenticating status) {
            return lines.other(status);
        }

        @Override
        public StatusLines.Line authenticated(Authenticated status) {
            return lines.other(status);
        }

        @Override
        public StatusLines.Line replayProgress(ReplayProgress status) {
            return lines.replay;
        }

        @Override
        public StatusLines.Line recordingEnded(RecordingEnded status) {
            return lines.other(status);
        }
    }

    /**
     * Sets the only listener, called with the channel of each gap, or {@code none} if the gap names none; must be set
     * before the first event.
     */
    public void onGap(Consumer<String> listener) {
        gapListener = listener;
    }

    /** Gaps, repairs and the like since 00:00 UTC. */
    public FaultsOfToday today() {
        return today;
    }

    /** Number of trades that connectors fetched after an outage. */
    public long repairedTrades() {
        return repairedTrades.get();
    }

    /** Logs a failure within a budget: a text's first, tenth, hundredth occurrence and so on. */
    public void failure(Failure failure) {
        report();
        if (Failure.UNSUPPORTED.equals(failure.code())) {
            return; // the reply to a history request; its sender handles it
        }
        failures.incrementAndGet();
        String text = redact.apply(failure.error())
                + where(failure, failure.channel())
                + (failure.code() == null ? "" : " code=" + failure.code());
        long count;
        synchronized (repeats) {
            count = repeats.merge(text, 1L, Long::sum);
        }
        if (!Occurrences.isLogged(count)) {
            return;
        }
        if (!failureBudget.take()) {
            SuppressedLines.ERROR.add();
        } else {
            LOG.warn("connector_error count={} error=\"{}\"", count, text);
        }
    }

    /** Number of failures since the application started. */
    public long failures() {
        return failures.get();
    }

    private static String describe(Status status) {
        StringBuilder text = new StringBuilder();
        if (status.connector() != null) {
            text.append("connector=").append(status.connector());
        }
        text.append(where(status, status.channel()));
        if (status.reason() != null) {
            text.append(" reason=\"").append(status.reason()).append('"');
        }
        status.details().forEach((field, value) -> {
            boolean named = field.equals("category") && status.category() != null && status.symbol() != null;
            if (!named) {
                text.append(' ').append(field).append('=').append(value);
            }
        });
        String line = text.toString().strip();
        return line.length() <= 500 ? line : line.substring(0, 500) + "…";
    }

    private static String where(Event event, String channel) {
        return (event.symbol() == null ? "" : " symbol=" + InstrumentId.market(event.category(), event.symbol()))
                + (channel == null ? "" : " channel=" + channel);
    }
}
