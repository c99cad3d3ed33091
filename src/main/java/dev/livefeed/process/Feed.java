package dev.livefeed.process;

import dev.livefeed.event.Depth;
import dev.livefeed.event.Event;
import dev.livefeed.event.MarketEvent;
import dev.livefeed.event.Status;
import dev.livefeed.event.Trade;
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
    private static final int MAX_FIGURE = 100;

    private final LongSupplier millis;
    private final AccountState account = new AccountState(Instant::now);

    private volatile boolean running;
    private volatile long startedAt = NEVER;
    private volatile long lastLineAt = NEVER;
    private volatile long firstDataAt = NEVER;
    private volatile long lastDataAt = NEVER;
    private volatile long lastTimestampMicros = -1;
    private volatile boolean connectedSeen;
    private volatile boolean disconnected;
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
        connectedSeen = false;
        disconnected = false;
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
        running = false;
        account.ended();
    }

    /** Any line, of whatever kind. */
    public void line() {
        lastLineAt = millis.getAsLong();
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
        }
        lastDataAt = now;
        lastTimestampMicros = timestampMicros;
    }

    private void status(Status status) {
        account.status(status);
        switch (status.status()) {
            case Status.CONNECTED -> {
                connectedSeen = true;
                disconnected = false;
                disconnectReason = null;
                isUp(status);
                if (Boolean.TRUE.equals(status.details().get("synthetic"))) {
                    saidSynthetic = true;
                }
                if (Boolean.TRUE.equals(status.details().get("replay"))) {
                    saidReplay = true;
                }
            }
            case Status.DISCONNECTED -> {
                disconnected = !status.othersOpen();
                disconnectReason = status.reason();
                disconnects++;
                isDown(status);
            }
            case "closed" -> isUp(status);
            case Status.HEARTBEAT -> {
                heartbeats = true;
                figures = figures(status);
                clock(status);
            }
            default -> {
                // Of no meaning for the feed as a whole.
            }
        }
    }

    private void isDown(Status status) {
        Map<String, String> all = new TreeMap<>(down);
        if (all.size() < MAX_CONNECTIONS) {
            all.put(connection(status), status.reason() == null ? "no reason given" : status.reason());
        }
        down = all;
    }

    private void isUp(Status status) {
        if (down.isEmpty()) {
            return;
        }
        Map<String, String> all = new TreeMap<>(down);
        all.remove(connection(status));
        down = connection(status).isEmpty() ? Map.of() : all;
    }

    private static String connection(Status status) {
        return status.details().get("connection") instanceof String name ? name : "";
    }

    /** The connections to the exchange that are down, with the reason for each; others may be open. */
    public Map<String, String> connectionsDown() {
        return running ? down : Map.of();
    }

    private static Map<String, Object> figures(Status heartbeat) {
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
        return figures;
    }

    /** What the running connector's last heartbeat told of itself, its first 64 fields that are no lists or objects. */
    public Map<String, Object> figures() {
        return Collections.unmodifiableMap(figures);
    }

    private void clock(Status heartbeat) {
        if (heartbeat.details().get("clock_offset_ms") instanceof Number offset) {
            clockOffsetMicros = Math.round(offset.doubleValue() * 1_000);
            clockUncertaintyMicros = heartbeat.details().get("clock_uncertainty_ms") instanceof Number uncertainty
                    ? Math.round(uncertainty.doubleValue() * 1_000)
                    : 0;
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

    /**
     * Whether the feed is up, on evidence: a process runs, it has delivered market data, and it has not said since that
     * it lost the exchange.
     */
    public boolean connected() {
        return running && firstDataAt != NEVER && !disconnected;
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

    /** Whether market data has come from the running process. */
    public boolean delivered() {
        return running && firstDataAt != NEVER;
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

    /** Milliseconds since the last line of the running process, or since its start. */
    long lineAgeMillis() {
        return Math.max(0, millis.getAsLong() - lastLineAt);
    }

    /** For how long market data has been coming, first to last event, in milliseconds; -1 where there was none. */
    long deliveringMillis() {
        long first = firstDataAt;
        return first == NEVER ? -1 : lastDataAt - first;
    }
}
