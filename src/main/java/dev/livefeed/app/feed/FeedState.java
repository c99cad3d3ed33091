package dev.livefeed.app.feed;

import dev.livefeed.app.feed.FeedSnapshot.Clock;
import dev.livefeed.app.feed.FeedSnapshot.Data;
import dev.livefeed.app.feed.FeedSnapshot.Link;
import dev.livefeed.app.feed.FeedSnapshot.Losses;
import dev.livefeed.app.feed.FeedSnapshot.Report;
import dev.livefeed.protocol.codec.EventVisitor;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ConnectionClosed;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionInfo;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.StatusVisitor;
import dev.livefeed.protocol.status.Subscribed;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The one state of the feed: folds the connector's events and the phase of its supervision. Market data is folded by
 * the thread that reads the connector, without a lock; any thread reads.
 */
public final class FeedState {

    private static final long NEVER = Long.MIN_VALUE;
    private static final int MAX_CONNECTIONS = 1_000;
    private static final int MAX_FIGURES = 64;
    private static final int MAX_FIGURE = 100;

    private final LongSupplier millis;
    private final AccountState account = new AccountState(Instant::now);

    private final Evidence evidence = new Evidence();
    private final FeedStatuses statuses = new FeedStatuses();

    private volatile boolean running;
    private volatile long startedAt = NEVER;
    private volatile long lastLineAt = NEVER;
    private volatile long firstDataAt = NEVER;
    private volatile long lastDataAt = NEVER;
    private volatile long lastTimestampMicros = -1;
    /** Until when the routes held a line, so that silence was not the connector's. */
    private volatile long lastHeldAt = NEVER;

    private volatile long endedAt = NEVER;

    private volatile boolean confirmed;
    private volatile long disconnectedAt = NEVER;
    /** Since when the feed has been good: there is evidence that it works, and the exchange is not lost. */
    private volatile long goodSince = NEVER;

    private volatile long longestGood = -1;
    private volatile Phase phase = Phase.IDLE;
    private volatile BooleanSupplier alive = () -> false;
    private volatile Link link = Link.NONE;
    private volatile Report report = Report.NONE;
    private volatile Losses losses = Losses.NONE;
    private volatile boolean saidSynthetic;
    private volatile boolean saidReplay;

    /** @param millis a clock that never goes back, milliseconds */
    public FeedState(LongSupplier millis) {
        this.millis = millis;
    }

    /**
     * A process has been started: nothing is known of it yet.
     *
     * @param isAlive whether it still runs
     */
    public synchronized void started(BooleanSupplier isAlive) {
        long now = millis.getAsLong();
        startedAt = now;
        lastLineAt = now;
        firstDataAt = NEVER;
        lastDataAt = NEVER;
        lastHeldAt = NEVER;
        confirmed = false;
        disconnectedAt = NEVER;
        goodSince = NEVER;
        longestGood = -1;
        link = Link.NONE;
        report = Report.NONE;
        account.started();
        alive = isAlive;
        running = true;
        phase = Phase.RUNNING;
    }

    /** The process is gone. */
    public synchronized void ended(String reason) {
        endedAt = millis.getAsLong();
        running = false;
        alive = () -> false;
        link = Link.NONE;
        losses = new Losses(losses.total() + 1, losses.outages() + 1, losses.disconnects(), reason);
        account.ended();
    }

    /** The supervision has reached that phase. */
    public synchronized void phase(Phase reached) {
        phase = reached;
        if (reached == Phase.EXHAUSTED) {
            losses = new Losses(losses.total() + 1, losses.outages(), losses.disconnects(), null);
        }
    }

    /** Where the supervision of the connector stands. */
    public Phase phase() {
        return phase;
    }

    /** The state at this moment. */
    public FeedSnapshot snapshot() {
        boolean runs = running;
        long last = lastDataAt;
        return new FeedSnapshot(
                phase,
                runs && alive.getAsBoolean(),
                link,
                new Data(
                        evident(),
                        uptimeMillis(),
                        !runs || last == NEVER ? -1 : Math.max(0, millis.getAsLong() - last),
                        lastTimestampMicros,
                        silenceMillis()),
                report,
                losses,
                saidSynthetic,
                saidReplay);
    }

    /** Any line, of whatever kind; returns when it came. */
    public long line() {
        long now = millis.getAsLong();
        lastLineAt = now;
        return now;
    }

    /**
     * The routes hold a line, or the process's lines wait for their turn: nobody can tell whether the connector is
     * silent.
     */
    public void held() {
        lastHeldAt = millis.getAsLong();
    }

    public LongSupplier millis() {
        return millis;
    }

    /** An event that was read and found right. */
    public void event(Event event) {
        evidence.visit(event);
    }

    /** What each kind of event shows of the feed. */
    private final class Evidence implements EventVisitor<Void> {

        @Override
        public Void other(Event event) {
            return null;
        }

        @Override
        public Void trade(Trade trade) {
            return data(trade.late() ? lastTimestampMicros : trade.timestampMicros());
        }

        @Override
        public Void depth(Depth depth) {
            return data(depth.timestampMicros());
        }

        @Override
        public Void market(MarketEvent event) {
            return data(event.timestampMicros());
        }

        @Override
        public Void status(Status status) {
            fold(status);
            return null;
        }
    }

    private Void data(long timestampMicros) {
        long now = lastLineAt;
        if (firstDataAt == NEVER) {
            firstDataAt = now;
            good();
        }
        lastDataAt = now;
        lastTimestampMicros = timestampMicros;
        return null;
    }

    /** There is evidence that the feed works; no trade need come for it. */
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
        status.accept(statuses);
    }

    private final class FeedStatuses implements StatusVisitor<Void> {

        @Override
        public Void other(Status status) {
            return null;
        }

        @Override
        public Void connectionUp(ConnectionUp status) {
            link = new Link(
                    true,
                    false,
                    null,
                    without(status.connection()),
                    status.connection().someDown());
            good();
            saidSynthetic |= status.synthetic();
            saidReplay |= status.replay();
            return null;
        }

        @Override
        public Void connectionDown(ConnectionDown status) {
            boolean all = !status.othersOpen();
            if (all && !link.lost()) {
                disconnectedAt = lastLineAt;
                lost();
            }
            link = new Link(
                    !all,
                    all,
                    status.reason(),
                    with(status),
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
                    status.connection().someDown());
            return null;
        }

        @Override
        public Void subscribed(Subscribed status) {
            // Without a symbol and an id it is about the account.
            if (status.symbol() != null || status.id() != null) {
                confirmed = true;
                good();
            }
            return null;
        }

        @Override
        public Void heartbeat(Heartbeat status) {
            report = new Report(true, figures(status), clock(status));
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

    private Map<String, String> without(ConnectionInfo connection) {
        if (link.down().isEmpty() || name(connection).isEmpty()) {
            return Map.of();
        }
        Map<String, String> all = new TreeMap<>(link.down());
        all.remove(name(connection));
        return Collections.unmodifiableMap(all);
    }

    private static String name(ConnectionInfo connection) {
        return connection.connection() == null ? "" : connection.connection();
    }

    private static Map<String, Object> figures(Heartbeat heartbeat) {
        Map<String, Object> figures = new TreeMap<>();
        heartbeat.figures().forEach((name, value) -> {
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
        Long offset = heartbeat.clockOffsetMicros();
        if (offset == null) {
            return report.clock();
        }
        Long uncertainty = heartbeat.clockUncertaintyMicros();
        return new Clock(offset, uncertainty == null ? 0 : uncertainty);
    }

    /** How far the exchange's clock is ahead of the local one, in microseconds; 0 if it is not known. */
    public long clockOffsetMicros() {
        Clock clock = report.clock();
        return clock == null ? 0 : clock.offsetMicros();
    }

    /** How the access to the user's own account is. */
    public AccountState account() {
        return account;
    }

    /** Whether a process is running and has written at least one line. */
    public boolean heard() {
        return running && lastLineAt > startedAt;
    }

    private boolean evident() {
        return confirmed || firstDataAt != NEVER;
    }

    /**
     * Whether the running process has shown that it works: market data, or a subscription that the exchange has
     * confirmed.
     */
    boolean proved() {
        return running && evident();
    }

    /** Whether the connector itself said that its exchange is no real one. */
    public boolean saidSynthetic() {
        return saidSynthetic;
    }

    /** Whether the connector said that it plays a recording. */
    public boolean saidReplay() {
        return saidReplay;
    }

    boolean heartbeats() {
        return report.received();
    }

    /** Whether market data has come from the running process, or from the last one. */
    public boolean delivered() {
        return firstDataAt != NEVER;
    }

    /** Milliseconds since the running process was started, or -1. */
    long uptimeMillis() {
        return running ? millis.getAsLong() - startedAt : -1;
    }

    /** For how long no line has come although one would have been taken, in milliseconds. */
    long silenceMillis() {
        return since(lastLineAt);
    }

    /** Milliseconds since the start of the running process; what the routes held does not count. */
    long startMillis() {
        return since(startedAt);
    }

    /**
     * For how long the exchange has been lost, in milliseconds, or -1; market data shows that it was not lost until
     * then.
     */
    long disconnectedMillis() {
        return link.lost() ? since(Math.max(disconnectedAt, lastDataAt)) : -1;
    }

    private long since(long at) {
        return Math.max(0, millis.getAsLong() - Math.max(at, lastHeldAt));
    }

    /**
     * For how long the feed has been good without a break, in milliseconds; -1 where it never was. Heartbeats show
     * that it still is; a connector without them is believed.
     */
    public long goodMillis() {
        long since = goodSince;
        long until = report.received() ? lastLineAt : running ? millis.getAsLong() : endedAt;
        return since == NEVER ? longestGood : Math.max(longestGood, until - since);
    }
}
