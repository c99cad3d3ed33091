package dev.livefeed.app.feed;

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
import java.util.function.LongSupplier;

/**
 * What the running connector has shown of itself: lines, heartbeats, market data, connected or not. One thread writes
 * (the one that reads the connector), any thread reads.
 */
public final class Feed {

    private static final long NEVER = Long.MIN_VALUE;
    private static final int MAX_CONNECTIONS = 1_000;
    private static final int MAX_FIGURES = 64;
    /** A healthy connector sends one each 5 s. */
    private static final long HEARTBEAT_MILLIS = 12_000;

    private static final int MAX_FIGURE = 100;

    private final LongSupplier millis;
    private final AccountState account = new AccountState(Instant::now);

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
    private volatile boolean disconnected;
    private volatile long disconnectedAt = NEVER;
    /** Since when the feed has been good: there is evidence that it works, and the exchange is not lost. */
    private volatile long goodSince = NEVER;

    private volatile long longestGood = -1;
    private volatile String disconnectReason;
    /** Connections of the connector that are down, with the reason; without a name where it has but one. */
    private volatile Map<String, String> down = Map.of();

    private volatile boolean heartbeats;
    private volatile Map<String, Object> figures = Map.of();
    private volatile boolean saidSynthetic;
    private volatile boolean saidReplay;
    private volatile long disconnects;
    private volatile boolean clockMeasured;
    private volatile long clockOffsetMicros;
    private volatile long clockUncertaintyMicros;

    /** @param millis a clock that never goes back, milliseconds */
    public Feed(LongSupplier millis) {
        this.millis = millis;
    }

    /** A process has been started: nothing is known of it yet. */
    public void started() {
        long now = millis.getAsLong();
        startedAt = now;
        lastLineAt = now;
        firstDataAt = NEVER;
        lastDataAt = NEVER;
        lastHeldAt = NEVER;
        confirmed = false;
        disconnected = false;
        disconnectedAt = NEVER;
        goodSince = NEVER;
        longestGood = -1;
        disconnectReason = null;
        down = Map.of();
        heartbeats = false;
        figures = Map.of();
        clockMeasured = false;
        clockOffsetMicros = 0;
        account.started();
        running = true;
    }

    /** The process is gone. */
    public void ended() {
        endedAt = millis.getAsLong();
        running = false;
        account.ended();
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
        if (event instanceof Trade trade) {
            data(trade.late() ? lastTimestampMicros : trade.timestampMicros());
        } else if (event instanceof Depth depth) {
            data(depth.timestampMicros());
        } else if (event instanceof MarketEvent further) {
            data(further.timestampMicros());
        } else if (event instanceof Status status) {
            status(status);
        }
    }

    private void data(long timestampMicros) {
        long now = lastLineAt;
        if (firstDataAt == NEVER) {
            firstDataAt = now;
            good();
        }
        lastDataAt = now;
        lastTimestampMicros = timestampMicros;
    }

    /** There is evidence that the feed works; no trade need come for it. */
    private void good() {
        if (goodSince == NEVER && !disconnected && evident()) {
            goodSince = lastLineAt;
        }
    }

    private void lost() {
        if (goodSince != NEVER) {
            longestGood = Math.max(longestGood, lastLineAt - goodSince);
            goodSince = NEVER;
        }
    }

    private void status(Status status) {
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
            disconnected = false;
            disconnectReason = null;
            good();
            isUp(status.connection());
            saidSynthetic |= status.synthetic();
            saidReplay |= status.replay();
            return null;
        }

        @Override
        public Void connectionDown(ConnectionDown status) {
            boolean all = !status.othersOpen();
            if (all && !disconnected) {
                disconnectedAt = lastLineAt;
                lost();
            }
            disconnected = all;
            disconnectReason = status.reason();
            disconnects++;
            isDown(status);
            return null;
        }

        @Override
        public Void connectionClosed(ConnectionClosed status) {
            isUp(status.connection());
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
            heartbeats = true;
            figures = figures(status);
            clock(status);
            return null;
        }
    }

    private void isDown(ConnectionDown status) {
        Map<String, String> all = new TreeMap<>(down);
        if (all.size() < MAX_CONNECTIONS) {
            all.put(name(status.connection()), status.reason() == null ? "no reason given" : status.reason());
        }
        down = all;
    }

    private void isUp(ConnectionInfo connection) {
        if (down.isEmpty()) {
            return;
        }
        Map<String, String> all = new TreeMap<>(down);
        all.remove(name(connection));
        down = name(connection).isEmpty() ? Map.of() : all;
    }

    private static String name(ConnectionInfo connection) {
        return connection.connection() == null ? "" : connection.connection();
    }

    /** The connections to the exchange that are down, with the reason for each; others may be open. */
    public Map<String, String> connectionsDown() {
        return running ? down : Map.of();
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
        return figures;
    }

    /** What the running connector's last heartbeat told of itself, its first 64 fields that are no lists or objects. */
    public Map<String, Object> figures() {
        return Collections.unmodifiableMap(figures);
    }

    private void clock(Heartbeat heartbeat) {
        Long offset = heartbeat.clockOffsetMicros();
        if (offset != null) {
            Long uncertainty = heartbeat.clockUncertaintyMicros();
            clockOffsetMicros = offset;
            clockUncertaintyMicros = uncertainty == null ? 0 : uncertainty;
            clockMeasured = true;
        }
    }

    /** Whether the connector has measured the offset between the exchange's clock and the one here. */
    public boolean clockMeasured() {
        return clockMeasured;
    }

    /** What the exchange's clock shows more than the one here, in microseconds; 0 where it is not known. */
    public long clockOffsetMicros() {
        return clockOffsetMicros;
    }

    /** By how much that may be wrong, in microseconds. */
    public long clockUncertaintyMicros() {
        return clockUncertaintyMicros;
    }

    /** How the access to the user's own account is. */
    public AccountState account() {
        return account;
    }

    /** Whether a process runs. */
    public boolean running() {
        return running;
    }

    /** Whether a process runs that has said something, whatever it was. */
    public boolean heard() {
        return running && lastLineAt > startedAt;
    }

    /**
     * Whether the feed is up, on evidence: a process runs, it has delivered market data or had a subscription
     * confirmed, and it has not said since that it lost the exchange.
     */
    public boolean connected() {
        return running && evident() && !disconnected;
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

    /** Whether heartbeats come, and the connector says that all its connections are open: silence is the market's. */
    public boolean well() {
        return connected() && heartbeats && down.isEmpty() && silenceMillis() <= HEARTBEAT_MILLIS;
    }

    /** Whether the connector said that it lost the exchange, all connections of it. */
    public boolean disconnected() {
        return running && disconnected;
    }

    /** Why the connector lost the exchange, or null. */
    public String disconnectReason() {
        return disconnectReason;
    }

    /** Whether the connector itself said that its exchange is no real one. */
    public boolean saidSynthetic() {
        return saidSynthetic;
    }

    /** Whether the connector said that it plays a recording. */
    public boolean saidReplay() {
        return saidReplay;
    }

    /** How often a connector said {@code disconnected}. */
    public long disconnects() {
        return disconnects;
    }

    boolean heartbeats() {
        return heartbeats;
    }

    /** Whether market data has come from the running process, or from the last one. */
    public boolean delivered() {
        return firstDataAt != NEVER;
    }

    /** Exchange time of the last market event, microseconds since 1970, or -1. */
    public long lastTimestampMicros() {
        return lastTimestampMicros;
    }

    /** Milliseconds since the running process was started, or -1. */
    public long uptimeMillis() {
        return running ? millis.getAsLong() - startedAt : -1;
    }

    /** Milliseconds since the last market event of the running process, or -1 where there was none. */
    public long dataAgeMillis() {
        long last = lastDataAt;
        return !running || last == NEVER ? -1 : Math.max(0, millis.getAsLong() - last);
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
        return disconnected ? since(Math.max(disconnectedAt, lastDataAt)) : -1;
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
        long until = heartbeats ? lastLineAt : running ? millis.getAsLong() : endedAt;
        return since == NEVER ? longestGood : Math.max(longestGood, until - since);
    }
}
