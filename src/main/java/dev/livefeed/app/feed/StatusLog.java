package dev.livefeed.app.feed;

import dev.livefeed.logging.LineBudget;
import dev.livefeed.logging.LogLimits;
import dev.livefeed.logging.SuppressedLines;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.status.AccountConnectionStatus.PrivateDisconnected;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.ConnectorLimit;
import dev.livefeed.protocol.status.ConnectorLimit.Stage;
import dev.livefeed.protocol.status.Degraded;
import dev.livefeed.protocol.status.Delisting;
import dev.livefeed.protocol.status.Exhausted;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.HistoryDone;
import dev.livefeed.protocol.status.InstrumentInfo;
import dev.livefeed.protocol.status.Maintenance;
import dev.livefeed.protocol.status.Repaired;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.StatusVisitor;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Synced;
import dev.livefeed.protocol.status.Unsubscribed;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Logs each change of the feed's state with one line. Repeated failures are counted, not repeated. */
public final class StatusLog {

    private static final Logger LOG = LoggerFactory.getLogger(StatusLog.class);
    private static final int MAX_TEXTS = 200;
    private static final long SAME_LIMIT_NANOS = 600_000_000_000L;
    /** Statuses with a budget of their own, so that a flood of one does not suppress the others. */
    private static final Set<String> KNOWN = Set.of(
            ConnectionUp.STATUS,
            ConnectionDown.STATUS,
            Subscribed.STATUS,
            Unsubscribed.STATUS,
            Resyncing.STATUS,
            Synced.STATUS,
            Repaired.STATUS,
            Gap.STATUS,
            Degraded.STATUS,
            PrivateDisconnected.STATUS,
            Maintenance.STATUS,
            Delisting.STATUS,
            InstrumentInfo.STATUS);

    private static final Set<String> QUIET = Set.of(Heartbeat.STATUS, HistoryDone.STATUS, "command");

    private final UnaryOperator<String> redact;
    private final LongSupplier nanos;
    private final Map<String, LineBudget> statusBudgets = new HashMap<>();
    private final LineBudget otherStatuses;
    private final LineBudget failureBudget;
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong repairedTrades = new AtomicLong();
    private final CountedStatuses counted = new CountedStatuses();
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
        int perSecond = LogLimits.current().linesPerSecond();
        for (String name : KNOWN) {
            statusBudgets.put(name, new LineBudget(perSecond, LogLimits.STATES_AT_ONCE, nanos));
        }
        int burst = Math.max(1, perSecond * LogLimits.BURST_SECONDS);
        otherStatuses = new LineBudget(perSecond, burst, nanos);
        failureBudget = new LineBudget(perSecond, burst, nanos);
    }

    /** Logs a status within a budget; heartbeats are not logged. */
    public void status(Status status) {
        String name = status.status();
        report();
        if (QUIET.contains(name)) {
            return;
        }
        status.accept(counted);
        if (status instanceof Maintenance maintenance && !changes(maintenance)
                || status instanceof ConnectorLimit limit && !changes(limit)) {
            return;
        }
        if (!statusBudgets.getOrDefault(name, otherStatuses).take()) {
            SuppressedLines.STATUS.add();
            return;
        }
        String text = redact.apply(describe(status));
        switch (name) {
            case ConnectionUp.STATUS -> LOG.info("connector_connected {}", text);
            case ConnectionDown.STATUS ->
                LOG.atLevel("stopped".equals(status.reason()) ? Level.INFO : Level.WARN)
                        .log("connector_disconnected {}", text);
            // The name is part of the format because the log's rate limit applies per format.
            case Gap.STATUS, Degraded.STATUS, PrivateDisconnected.STATUS -> LOG.warn("connector_" + name + " {}", text);
            case ConnectorLimit.STATUS -> LOG.warn("connector_limit {}", text);
            case Maintenance.STATUS -> LOG.warn("exchange_maintenance {}", text);
            case Delisting.STATUS -> LOG.warn("instrument_delisting {}", text);
            case InstrumentInfo.STATUS ->
                LOG.atLevel(status.reason() == null ? Level.DEBUG : Level.WARN).log("instrument {}", text);
            case Exhausted.STATUS -> LOG.debug("connector_exhausted {}", text);
            default -> {
                if (KNOWN.contains(name)) {
                    LOG.info("connector_status " + name + " {}", text);
                } else {
                    LOG.info("connector_status {} {}", name, text);
                }
            }
        }
    }

    /**
     * Logs how many lines were suppressed, if a report is due. Called with each status and every second. Thread-safe.
     */
    public void report() {
        long statuses = otherStatuses.due();
        for (LineBudget budget : statusBudgets.values()) {
            statuses += budget.due();
        }
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

    /** The use of a limit is told again when it has changed; it is logged with its stage, or after a while. */
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

    /** The statuses that are counted, whether or not they are logged. */
    private final class CountedStatuses implements StatusVisitor<Void> {

        @Override
        public Void other(Status status) {
            return null;
        }

        @Override
        public Void gap(Gap status) {
            gapListener.accept(status.channel() == null ? "none" : status.channel());
            return null;
        }

        @Override
        public Void repaired(Repaired status) {
            if (status.count() != null) {
                repairedTrades.addAndGet(Math.max(0, status.count()));
            }
            return null;
        }
    }

    /**
     * Sets the only listener, called with the channel of each gap, or {@code none} if the gap names none; must be set
     * before the first event.
     */
    public void onGap(Consumer<String> listener) {
        gapListener = listener;
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
        if (!powerOfTen(count)) {
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

    private static boolean powerOfTen(long count) {
        long n = count;
        while (n % 10 == 0) {
            n /= 10;
        }
        return n == 1;
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
