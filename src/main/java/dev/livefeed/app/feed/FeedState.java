package dev.livefeed.app.feed;

import dev.livefeed.app.feed.FeedSnapshot.Clock;
import dev.livefeed.app.feed.FeedSnapshot.Data;
import dev.livefeed.app.feed.FeedSnapshot.Link;
import dev.livefeed.app.feed.FeedSnapshot.Losses;
import dev.livefeed.app.feed.FeedSnapshot.Playback;
import dev.livefeed.app.feed.FeedSnapshot.Report;
import dev.livefeed.protocol.codec.EventVisitor;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.RiskEvent;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticated;
import dev.livefeed.protocol.status.AccountConnectionStatus.Authenticating;
import dev.livefeed.protocol.status.AccountConnectionStatus.PrivateDisconnected;
import dev.livefeed.protocol.status.BookSuspect;
import dev.livefeed.protocol.status.ConnectionClosed;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionInfo;
import dev.livefeed.protocol.status.ConnectionRecycled;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.ConnectorLimit;
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
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * State of the feed, updated from the connector's events and the phases of its supervision. Market data is applied by
 * the reader thread without a lock; any thread may read.
 *
 * <p>A {@link FeedSnapshot} has what is decided for the feed as a whole. What belongs to one topic, limit, account or
 * maintenance is read from here when it is asked for: most looks at the feed need none of it.
 */
public final class FeedState {

    private static final long NEVER = Long.MIN_VALUE;
    private static final int MAX_CONNECTIONS = 1_000;
    private static final int MAX_FIGURES = 64;
    private static final int MAX_FIGURE = 100;

    private final LongSupplier millis;
    private final AccountState account = new AccountState(Instant::now);
    private final Maintenances maintenances;

    private final TopicFaults topicFaults = new TopicFaults();
    private final ConnectorLimits limits = new ConnectorLimits();
    private final ReplayReports replay;
    private final Evidence evidence = new Evidence();
    private final FeedStatuses statuses = new FeedStatuses();

    private volatile boolean running;
    private volatile long startedAt = NEVER;
    private volatile long lastLineAt = NEVER;
    private volatile long firstDataAt = NEVER;
    private volatile long lastDataAt = NEVER;
    /** When the connector received the newest market data: before {@link #lastDataAt} by the time it waited. */
    private volatile long lastReceivedAt = NEVER;

    /** For how long the newest market data waited between its receipt and its processing. */
    private volatile long waitedMillis;

    private volatile long lastTimestampMicros = -1;
    /** The routes held a line until this time, so silence before it is not the connector's fault. */
    private volatile long lastHeldAt = NEVER;

    /** The exchange was under maintenance until this time. */
    private volatile long lastMaintenanceAt = NEVER;

    private volatile long endedAt = NEVER;

    /** Whether a {@code subscribed} has arrived that is not about the account. */
    private volatile boolean subscribed;

    private volatile long disconnectedAt = NEVER;
    /**
     * Since when the feed has worked without a break: data or a {@code subscribed} arrived, and the exchange is not
     * lost.
     */
    private volatile long goodSince = NEVER;

    private volatile long longestGood = -1;
    private volatile Phase phase = Phase.IDLE;
    private volatile BooleanSupplier alive = () -> false;
    private volatile Link link = Link.NONE;
    private volatile Report report = Report.NONE;
    private final Object reportLock = new Object();
    /** The offset that was reported before the local clock was set, or null. */
    private Clock earlierClock;

    private volatile Losses losses = Losses.NONE;
    private volatile boolean reportedSynthetic;
    private volatile boolean reportedReplay;

    /** @param millis monotonic clock, milliseconds */
    public FeedState(LongSupplier millis) {
        this(millis, Instant::now);
    }

    /** @param clock the time of day, for announced maintenance */
    public FeedState(LongSupplier millis, Supplier<Instant> clock) {
        this.millis = millis;
        this.maintenances = new Maintenances(clock);
        this.replay = new ReplayReports(millis);
    }

    /**
     * Called when a process is started; the state of its feed is not known yet.
     *
     * @param isAlive whether it is still running
     */
    public synchronized void started(BooleanSupplier isAlive) {
        long now = millis.getAsLong();
        startedAt = now;
        lastLineAt = now;
        firstDataAt = NEVER;
        lastDataAt = NEVER;
        lastReceivedAt = NEVER;
        waitedMillis = 0;
        lastHeldAt = NEVER;
        subscribed = false;
        disconnectedAt = NEVER;
        goodSince = NEVER;
        longestGood = -1;
        link = Link.NONE;
        synchronized (reportLock) {
            report = Report.NONE;
            earlierClock = null;
        }
        account.started();
        replay.started();
        topicFaults.clear();
        limits.clear();
        alive = isAlive;
        running = true;
        phase = Phase.RUNNING;
    }

    /** Called when the process has ended. */
    public synchronized void ended(String reason) {
        endedAt = millis.getAsLong();
        running = false;
        alive = () -> false;
        link = Link.NONE;
        losses = new Losses(losses.total() + 1, losses.outages() + 1, losses.disconnects(), reason);
        account.ended();
        replay.ended();
    }

    /** Sets the phase of the supervision. */
    public synchronized void phase(Phase reached) {
        phase = reached;
        if (reached == Phase.EXHAUSTED) {
            losses = new Losses(losses.total() + 1, losses.outages(), losses.disconnects(), null);
        }
    }

    /** The phase of the supervision. */
    public Phase phase() {
        return phase;
    }

    /** The state at this moment. */
    public FeedSnapshot snapshot() {
        boolean runs = running;
        long last = lastReceivedAt;
        return new FeedSnapshot(
                phase,
                runs && alive.getAsBoolean(),
                link,
                new Data(
                        evident(),
                        uptimeMillis(),
                        !runs || last == NEVER ? -1 : Math.max(0, millis.getAsLong() - last),
                        waitedMillis,
                        lastTimestampMicros,
                        silenceMillis()),
                report,
                losses,
                reportedSynthetic,
                reportedReplay ? new Playback(true, replay.last(), replay.resumedMillis()) : Playback.NONE);
    }

    /** Called for every line of any type; returns its arrival time. */
    public long line() {
        long now = millis.getAsLong();
        lastLineAt = now;
        return now;
    }

    /**
     * Called while the routes hold a line or lines of the process wait to be processed. Silence of the connector cannot
     * be measured during that time.
     */
    public void held() {
        lastHeldAt = millis.getAsLong();
    }

    public LongSupplier millis() {
        return millis;
    }

    /**
     * How long an event waited for the routes, milliseconds: 0 if it is said to have been received before the running
     * process was started, as recorded events are.
     *
     * @param sinceReceipt milliseconds since its {@code received_at}
     */
    public long waitedMillis(long sinceReceipt) {
        return sinceReceipt > lastLineAt - startedAt ? 0 : sinceReceipt;
    }

    /** Called for every valid event that is processed as soon as it is received. */
    public void event(Event event) {
        event(event, 0);
    }

    /**
     * Called for every valid event.
     *
     * @param waited milliseconds between its receipt by the connector and its processing; market data is that much
     *     older than its line
     */
    public void event(Event event, long waited) {
        evidence.waited = waited;
        evidence.visit(event);
    }

    /** Applies each type of event to the state. */
    private final class Evidence implements EventVisitor<Void> {

        /** How long the current event waited, milliseconds. Only used by the reader thread. */
        private long waited;

        @Override
        public Void trade(Trade trade) {
            return data(trade.late() ? lastTimestampMicros : trade.timestampMicros(), waited);
        }

        @Override
        public Void depth(Depth depth) {
            return data(depth.timestampMicros(), waited);
        }

        @Override
        public Void market(MarketEvent event) {
            return data(event.timestampMicros(), waited);
        }

        /** These come when they change, and say nothing about the market's data. */
        @Override
        public Void risk(RiskEvent event) {
            return null;
        }

        @Override
        public Void status(Status status) {
            fold(status);
            return null;
        }

        @Override
        public Void account(AccountEvent event) {
            return null;
        }

        @Override
        public Void failure(Failure failure) {
            replay.failed(failure);
            return null;
        }

        @Override
        public Void history(HistoryEvent event) {
            return null;
        }

        @Override
        public Void unknown(Unknown event) {
            return null;
        }
    }

    private Void data(long timestampMicros, long waited) {
        long now = lastLineAt;
        if (firstDataAt == NEVER) {
            firstDataAt = now;
            good();
        }
        lastDataAt = now;
        if (now - waited >= lastReceivedAt) {
            lastReceivedAt = now - waited;
            waitedMillis = waited;
        }
        lastTimestampMicros = timestampMicros;
        return null;
    }

    /** Called when an event shows that the feed works; an illiquid symbol may have no trades. */
    private void good() {
        if (goodSince == NEVER && !link.lost() && evident()) {
            goodSince = lastLineAt;
        }
    }

    private void lost() {
        if (goodSince != NEVER) {
            longestGood = Math.max(longestGood, lastLineAt - goodSince);
            goodSince = NEVER;
        }
    }

    private synchronized void fold(Status status) {
        account.status(status);
        topicFaults.status(status);
        status.accept(statuses);
    }

    private final class FeedStatuses implements StatusVisitor<Void> {

        @Override
        public Void connectionUp(ConnectionUp status) {
            link = new Link(
                    true,
                    false,
                    null,
                    without(status.connection()),
                    link.downSince(),
                    link.lastLoss(),
                    status.connection().someDown());
            good();
            reportedSynthetic |= status.synthetic();
            reportedReplay |= status.replay();
            return null;
        }

        @Override
        public Void connectionDown(ConnectionDown status) {
            boolean all = status.feedLost();
            if (all && !link.lost()) {
                disconnectedAt = lastLineAt;
                lost();
            }
            link = new Link(
                    !all,
                    all,
                    status.reason(),
                    with(status),
                    link.down().isEmpty() ? lastLineAt : link.downSince(),
                    wasOpen(status.connection()) ? lastLineAt : link.lastLoss(),
                    status.connection().someDown());
            losses = new Losses(
                    losses.total() + (all ? 1 : 0),
                    losses.outages() + 1,
                    losses.disconnects() + 1,
                    all ? status.reason() : losses.reason());
            return null;
        }

        @Override
        public Void connectionClosed(ConnectionClosed status) {
            link = new Link(
                    link.up(),
                    link.lost(),
                    link.reason(),
                    without(status.connection()),
                    link.downSince(),
                    link.lastLoss(),
                    status.connection().someDown());
            return null;
        }

        @Override
        public Void connectorLimit(ConnectorLimit status) {
            limits.reported(status);
            return null;
        }

        @Override
        public Void maintenance(Maintenance status) {
            maintenances.announced(status);
            return null;
        }

        @Override
        public Void subscribed(Subscribed status) {
            maintenances.subscribed(status.category());
            boolean ofAccount = status.symbol() == null
                    && status.id() == null
                    && status.channel() != null
                    && AccountEvent.carriedBy(status.channel());
            if (!ofAccount) {
                subscribed = true;
                good();
            }
            return null;
        }

        @Override
        public Void heartbeat(Heartbeat status) {
            synchronized (reportLock) {
                report = new Report(status, shown(status), clock(status));
            }
            return null;
        }

        @Override
        public Void connectionRecycled(ConnectionRecycled status) {
            return null;
        }

        @Override
        public Void throttled(Throttled status) {
            return null;
        }

        @Override
        public Void degraded(Degraded status) {
            return null;
        }

        @Override
        public Void unsubscribed(Unsubscribed status) {
            return null;
        }

        @Override
        public Void resyncing(Resyncing status) {
            return null;
        }

        @Override
        public Void synced(Synced status) {
            return null;
        }

        @Override
        public Void bookSuspect(BookSuspect status) {
            return null;
        }

        @Override
        public Void repaired(Repaired status) {
            return null;
        }

        @Override
        public Void gap(Gap status) {
            return null;
        }

        @Override
        public Void topicSilent(TopicSilent status) {
            return null;
        }

        @Override
        public Void topicHeard(TopicHeard status) {
            return null;
        }

        @Override
        public Void topicUnreadable(TopicUnreadable status) {
            return null;
        }

        @Override
        public Void instrumentInfo(InstrumentInfo status) {
            return null;
        }

        @Override
        public Void delisting(Delisting status) {
            return null;
        }

        @Override
        public Void instrumentEnded(InstrumentEnded status) {
            return null;
        }

        @Override
        public Void authenticating(Authenticating status) {
            return null;
        }

        @Override
        public Void authenticated(Authenticated status) {
            return null;
        }

        @Override
        public Void privateDisconnected(PrivateDisconnected status) {
            return null;
        }

        @Override
        public Void replayProgress(ReplayProgress status) {
            replay.reported(status);
            return null;
        }

        @Override
        public Void recordingEnded(RecordingEnded status) {
            return null;
        }

        @Override
        public Void exhausted(Exhausted status) {
            return null;
        }

        @Override
        public Void historyDone(HistoryDone status) {
            return null;
        }

        @Override
        public Void unknownStatus(UnknownStatus status) {
            return null;
        }
    }

    private Map<String, String> with(ConnectionDown status) {
        Map<String, String> all = new TreeMap<>(link.down());
        if (all.size() < MAX_CONNECTIONS) {
            all.put(name(status.connection()), status.reason() == null ? "no reason given" : status.reason());
        }
        return Collections.unmodifiableMap(all);
    }

    /** The connections that are down after this one was opened or given up. */
    private Map<String, String> without(ConnectionInfo connection) {
        String name = name(connection);
        // A connector that does not count its connections reports either one or all of them.
        boolean only = connection.open() == null && link.lost();
        if (link.down().isEmpty() || connection.allOpen() || only || name.isEmpty() && !connection.someDown()) {
            return Map.of();
        }
        Map<String, String> all = new TreeMap<>(link.down());
        if (!name.isEmpty()) {
            all.remove(name);
        }
        if (!connection.someDown()) {
            all.remove("");
        }
        return Collections.unmodifiableMap(all);
    }

    /** Whether the connection that is down was open before. Those without a name cannot be told apart. */
    private boolean wasOpen(ConnectionInfo connection) {
        return name(connection).isEmpty() || !link.down().containsKey(name(connection));
    }

    private static String name(ConnectionInfo connection) {
        return connection.connection() == null ? "" : connection.connection();
    }

    private static Map<String, Object> shown(Heartbeat heartbeat) {
        Map<String, Object> figures = new TreeMap<>();
        heartbeat.details().forEach((name, value) -> {
            boolean plain = value instanceof Number || value instanceof Boolean || value instanceof String;
            if (plain
                    && figures.size() < MAX_FIGURES
                    && name.length() <= MAX_FIGURE
                    && value.toString().length() <= MAX_FIGURE) {
                figures.put(name, value);
            }
        });
        return Collections.unmodifiableMap(figures);
    }

    private Clock clock(Heartbeat heartbeat) {
        Double offsetMillis = heartbeat.clock().clockOffsetMs();
        Clock now = report.clock();
        if (offsetMillis == null) {
            return now;
        }
        long offset = micros(offsetMillis);
        if (now != null && earlierClock != null && isEarlier(offset, now)) {
            return now;
        }
        earlierClock = null;
        Double uncertainty = heartbeat.clock().clockUncertaintyMs();
        return new Clock(offset, uncertainty == null ? 0 : micros(uncertainty));
    }

    private static long micros(double millis) {
        return Math.round(millis * 1_000);
    }

    /** Whether an offset is the one from before the local clock was set: the connector has not noticed it yet. */
    private boolean isEarlier(long offset, Clock now) {
        return Math.abs(offset - earlierClock.offsetMicros()) < Math.abs(offset - now.offsetMicros());
    }

    /**
     * Called when the local clock was set: until the connector reports another offset, the one that it has measured is
     * corrected.
     *
     * @param byMicros how far it was set forward; negative if it was set back
     */
    public void clockSet(long byMicros) {
        synchronized (reportLock) {
            Report before = report;
            Clock clock = before.clock();
            if (clock != null) {
                earlierClock = earlierClock == null ? clock : earlierClock;
                report = new Report(
                        before.heartbeat(),
                        before.shown(),
                        new Clock(clock.offsetMicros() - byMicros, clock.uncertaintyMicros()));
            }
        }
    }

    /** Whether the offset of the exchange's clock is known. */
    public boolean clockMeasured() {
        return report.clock() != null;
    }

    /** How far the exchange's clock is ahead of the local one, in microseconds; 0 if unknown. */
    public long clockOffsetMicros() {
        Clock clock = report.clock();
        return clock == null ? 0 : clock.offsetMicros();
    }

    /** Topics that cannot be read and books that may be wrong. */
    public TopicFaults topicFaults() {
        return topicFaults;
    }

    /** One line for each limit that the connector has nearly reached. */
    public List<String> limitAlarms() {
        return limits.alarms();
    }

    /** State of the access to the user's account. */
    public AccountState account() {
        return account;
    }

    /** What a connector that plays a recording has reported about it. */
    public ReplayReports replay() {
        return replay;
    }

    /** The maintenance that the exchange has announced. */
    public Maintenances maintenances() {
        return maintenances;
    }

    /** Called by the watchdog while a maintenance lasts: an outage that it explains is not counted. */
    void excused() {
        lastMaintenanceAt = millis.getAsLong();
    }

    /** Whether a process is running and has written at least one line. */
    public boolean hasOutput() {
        return running && lastLineAt > startedAt;
    }

    private boolean evident() {
        return subscribed || firstDataAt != NEVER;
    }

    /** Whether the running process has been shown to work: it sent market data or a {@code subscribed}. */
    boolean shownToWork() {
        return running && evident();
    }

    /** Whether the connector reported that its exchange is not a real one. */
    public boolean reportedSynthetic() {
        return reportedSynthetic;
    }

    /** Whether the connector reported that it plays a recording. */
    public boolean reportedReplay() {
        return reportedReplay;
    }

    boolean heartbeats() {
        return report.received();
    }

    /** Whether the running process, or else the last one, has sent market data. */
    public boolean delivered() {
        return firstDataAt != NEVER;
    }

    /** When the first market data of the process came, on the clock of {@link #millis()}; null if none has come. */
    public Long firstDataAt() {
        long at = firstDataAt;
        return at == NEVER ? null : at;
    }

    /** Milliseconds since the running process was started, or -1. */
    long uptimeMillis() {
        return running ? millis.getAsLong() - startedAt : -1;
    }

    /** Milliseconds without a line. Time in which the routes did not read any is excluded. */
    long silenceMillis() {
        return since(lastLineAt);
    }

    /**
     * Milliseconds since the start of the running process, without the time for which the routes held lines and that of
     * maintenance.
     */
    long startMillis() {
        return since(Math.max(startedAt, lastMaintenanceAt));
    }

    /**
     * Milliseconds since the exchange was lost, or -1. Market data that arrives later moves the start of the loss
     * forward, and maintenance too.
     */
    long disconnectedMillis() {
        return link.lost() ? since(Math.max(Math.max(disconnectedAt, lastDataAt), lastMaintenanceAt)) : -1;
    }

    private long since(long at) {
        return Math.max(0, millis.getAsLong() - Math.max(at, lastHeldAt));
    }

    /**
     * Milliseconds for which the feed has worked without a break, or -1. With heartbeats the time counts up to the last
     * one; a connector without heartbeats is assumed to work.
     */
    public long goodMillis() {
        long since = goodSince;
        long until = report.received() ? lastLineAt : running ? millis.getAsLong() : endedAt;
        return since == NEVER ? longestGood : Math.max(longestGood, until - since);
    }
}
