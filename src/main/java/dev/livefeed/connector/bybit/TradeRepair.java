package dev.livefeed.connector.bybit;

import dev.livefeed.event.Status;
import dev.livefeed.event.Times;
import dev.livefeed.event.Trade;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fills one hole in a trade stream from {@code recent-trade}: asks until the answers reach back to what is known and forward to
 * the first live trade, then emits everything in order.
 *
 * <p>Live trades wait meanwhile. What the answers do not reach, or do not bring before the deadline, is announced as a
 * {@code gap} with its bounds.
 */
final class TradeRepair implements RestDesk.Asker {

    /** After so long without a live trade, an answer is taken as complete. */
    private static final long SETTLED = 2_000_000_000L;

    private static final long ASK_AGAIN = 300_000_000L;

    private final TradeStream stream;
    private final Topic topic;
    private final Context context;
    private final boolean synthetic;
    private final long from;
    private final List<Trade> held = new ArrayList<>();
    private final Map<String, Trade> fetched = new LinkedHashMap<>();

    /** Where fetched trades are known to be missing between two answers, or before the first. */
    private final List<long[]> gaps = new ArrayList<>();

    /** Where in {@link #held} the trades of the present connection begin. */
    private int liveFrom;

    private boolean begun;
    private boolean answered;
    private long begunAt;
    private long liveSince;
    private long deadline;

    /** How much longer live trades may wait, all connections together; time without a connection does not count. */
    private long remaining;

    /** How long a new connection's trades wait at least: long enough for a question that is answered late, but in time. */
    private final long leastRemaining;

    /** The wait is used up: this connection's attempt is the last. */
    private boolean lastAttempt;

    private RestDesk.Pending pending;
    private long askedAt;
    private boolean askLater;
    private long askAt;
    private String failure;

    /**
     * @param from exchange time, microseconds, up to which every trade is accounted for
     */
    TradeRepair(TradeStream stream, Topic topic, Context context, boolean synthetic, long from) {
        this.stream = stream;
        this.topic = topic;
        this.context = context;
        this.synthetic = synthetic;
        this.from = from;
        Limits limits = context.settings().limits();
        this.remaining = limits.repair().toNanos();
        this.leastRemaining = Math.max(
                SETTLED, Math.min(remaining, SETTLED + ASK_AGAIN + limits.rest().toNanos()));
    }

    /** The subscription works (again): asks for what may be missing before it. */
    void begin() {
        cancel();
        askLater = false;
        begun = true;
        failure = null;
        lastAttempt = remaining < SETTLED;
        liveFrom = held.size();
        begunAt = context.now();
        liveSince = begunAt;
        deadline = begunAt + Math.max(remaining, leastRemaining);
        if (context.rest().available()) {
            ask();
        } else {
            failure = "no REST host is set";
            finish(false);
        }
    }

    /** The connection has gone again before the hole was filled; what is held is kept. */
    void interrupted() {
        if (begun) {
            remaining = Math.max(0, remaining - (context.now() - begunAt));
        }
        begun = false;
        askLater = false;
        cancel();
    }

    private void cancel() {
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
    }

    /**
     * Whether live trades have waited so long that the next hole should be one of its own. A connection that is new is worth one
     * more question, whatever the wait has been: REST may have failed together with the one before.
     */
    boolean exhausted() {
        return lastAttempt;
    }

    /** Announces what is not fetched, and lets the held trades go. */
    void giveUp() {
        failure = failure == null ? "no complete answer came in time" : failure;
        finish(false);
    }

    /** Nobody will fetch it any more: announces it with the reason, and lets the held trades go. */
    void abandon(String reason) {
        failure = reason;
        finish(false);
    }

    /**
     * The process ends: what is here is emitted, and what is missing before it is announced. Where nothing waits, another process
     * goes on from the last trade that was emitted.
     */
    void stopped() {
        failure = "the connector was stopped before it was fetched";
        finish(held.isEmpty());
    }

    /** Of the trades that came while this is under way some may be missing too: the next ones begin anew. */
    void suspect() {
        liveFrom = held.size();
        liveSince = context.now();
    }

    void live(Trade trade) {
        held.add(trade);
        if (held.size() >= context.settings().limits().heldTrades()) {
            failure = held.size() + " newer trades wait already";
            finish(false);
        }
    }

    void tick() {
        if (!begun) {
            return;
        }
        if (context.now() - deadline > 0) {
            giveUp();
        } else if (askLater && context.now() - askAt >= 0 && worthAsking()) {
            askLater = false;
            ask();
        }
    }

    /** Where nothing was traded since, the same answer would come again; it counts once it is asked for late enough. */
    private boolean worthAsking() {
        return !answered || liveFrom < held.size() || context.now() - liveSince >= SETTLED;
    }

    private void ask() {
        pending = context.rest().ask(RecentTrades.query(topic.name()), this);
    }

    /** Where many ask together the question may wait long for its turn. */
    @Override
    public void sent() {
        askedAt = context.now();
    }

    private void askLater() {
        askLater = true;
        askAt = context.now() + ASK_AGAIN;
    }

    @Override
    public void failed(String reason) {
        pending = null;
        failure = reason;
        askLater();
    }

    @Override
    public void answered(byte[] body) {
        pending = null;
        List<Trade> rows;
        try {
            rows = RecentTrades.read(body, topic.name(), context.time().micros(), synthetic);
        } catch (IOException e) {
            failed("the answer cannot be used: " + e.getMessage());
            return;
        }
        take(rows);
        if (covered(rows)) {
            finish(true);
        } else {
            askLater();
        }
    }

    private void take(List<Trade> rows) {
        if (!joins(rows)) {
            long before = fetched.isEmpty() ? from : newestFetched();
            gaps.add(new long[] {before, rows.get(0).timestampMicros()});
        }
        answered = true;
        for (Trade row : rows) {
            if (row.timestampMicros() >= from) {
                fetched.putIfAbsent(row.id(), row);
            }
        }
    }

    /** Whether the rows reach back to what is known from before, or are all there are. */
    private boolean joins(List<Trade> rows) {
        if (rows.size() < topic.name().category().recentTrades()) {
            return true;
        }
        if (rows.get(0).timestampMicros() < from) {
            return true;
        }
        return rows.stream().anyMatch(row -> stream.emitted(row.id()) || fetched.containsKey(row.id()));
    }

    /** Whether nothing can be missing between the rows and the live trades. */
    private boolean covered(List<Trade> rows) {
        if (liveFrom == held.size()) {
            return askedAt - liveSince >= SETTLED;
        }
        if (!rows.isEmpty()
                && rows.get(0).timestampMicros() > held.get(liveFrom).timestampMicros()) {
            return true;
        }
        return held.subList(liveFrom, held.size()).stream()
                .anyMatch(trade -> fetched.containsKey(trade.id()) || stream.emitted(trade.id()));
    }

    private void finish(boolean complete) {
        cancel();
        if (!complete) {
            long to = liveFrom < held.size() ? held.get(liveFrom).timestampMicros() : context.exchangeMicros();
            gaps.add(new long[] {Math.min(newestFetched(), to), to});
        }
        gaps.forEach(gap -> announce(gap[0], gap[1]));
        long count = emitAll();
        if (answered) {
            context.figures().repairedTrades += count;
            context.outbox()
                    .status(status(Status.REPAIRED, null)
                            .with("from", Times.instant(from).toString())
                            .with("to", Times.instant(stream.knownUntil()).toString())
                            .with("count", count));
        }
        stream.repaired(this);
    }

    /** Emits fetched and held trades in their order; returns how many of them only REST could tell of. */
    private long emitAll() {
        Set<String> heldIds = new HashSet<>();
        held.forEach(trade -> heldIds.add(trade.id()));
        List<Trade> rows = new ArrayList<>(fetched.values());
        long count = 0;
        int row = 0;
        int live = 0;
        while (true) {
            // What either list has already given stands in the other one's way no longer.
            while (row < rows.size() && stream.emitted(rows.get(row).id())) {
                row++;
            }
            while (live < held.size() && stream.emitted(held.get(live).id())) {
                live++;
            }
            if (row == rows.size() && live == held.size()) {
                break;
            }
            boolean takesRow = live == held.size() || (row < rows.size() && rowFirst(rows.get(row), live, heldIds));
            Trade trade = takesRow ? rows.get(row++) : held.get(live++);
            if (stream.emit(trade) && !heldIds.contains(trade.id())) {
                count++;
            }
        }
        return count;
    }

    /**
     * Whether a fetched trade comes before a held one. Times alone do not tell, since a sweep has one time: a trade that both
     * have is where the two lists meet.
     */
    private boolean rowFirst(Trade row, int live, Set<String> heldIds) {
        Trade trade = held.get(live);
        boolean heldIsFetched = fetched.containsKey(trade.id());
        boolean rowIsHeld = heldIds.contains(row.id());
        if (heldIsFetched != rowIsHeld) {
            return heldIsFetched;
        }
        if (row.timestampMicros() != trade.timestampMicros()) {
            return row.timestampMicros() < trade.timestampMicros();
        }
        return live >= liveFrom;
    }

    private void announce(long gapFrom, long gapTo) {
        context.figures().tradeGaps++;
        String why = failure == null ? "the hole is longer than REST reaches back" : failure;
        context.outbox()
                .status(status(Status.GAP, why)
                        .with("from", Times.instant(gapFrom).toString())
                        .with("to", Times.instant(gapTo).toString()));
    }

    private long newestFetched() {
        long newest = from;
        for (Trade trade : fetched.values()) {
            newest = Math.max(newest, trade.timestampMicros());
        }
        return newest;
    }

    private Status status(String status, String reason) {
        TopicName name = topic.name();
        return new Status(status, context.outbox().connector(), name.symbol(), name.channel(), null, reason, Map.of())
                .with("category", name.category().text());
    }
}
