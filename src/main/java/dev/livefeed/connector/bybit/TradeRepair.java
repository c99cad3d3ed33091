package dev.livefeed.connector.bybit;

import dev.livefeed.event.Status;
import dev.livefeed.event.Times;
import dev.livefeed.event.Trade;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    private Trade firstLive;
    private boolean begun;
    private boolean answered;
    private long liveSince;
    private long deadline;
    private RestDesk.Pending pending;
    private long askedAt;
    private boolean askLater;
    private long askAt;
    private String failure;

    TradeRepair(TradeStream stream, Topic topic, Context context, boolean synthetic) {
        this.stream = stream;
        this.topic = topic;
        this.context = context;
        this.synthetic = synthetic;
        this.from = stream.knownUntil();
    }

    /** The subscription works (again): asks for what may be missing before it. */
    void begin() {
        begun = true;
        firstLive = null;
        liveSince = context.now();
        deadline = liveSince + context.settings().limits().repair().toNanos();
        if (context.rest().available()) {
            ask();
        } else {
            failure = "no REST host is set";
            finish(false);
        }
    }

    /** The connection has gone again before the hole was filled; what is held is kept. */
    void interrupted() {
        begun = false;
        askLater = false;
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
    }

    void live(Trade trade) {
        if (firstLive == null) {
            firstLive = trade;
        }
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
            failure = failure == null ? "no complete answer came in time" : failure;
            finish(false);
        } else if (askLater && context.now() - askAt >= 0) {
            askLater = false;
            ask();
        }
    }

    private void ask() {
        TopicName name = topic.name();
        askedAt = context.now();
        pending = context.rest()
                .ask(
                        "/v5/market/recent-trade?category=" + name.category().text() + "&symbol=" + name.symbol()
                                + "&limit=" + name.category().recentTrades(),
                        this);
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
        if (!answered && rows.get(0).timestampMicros() < from) {
            return true;
        }
        return rows.stream().anyMatch(row -> stream.emitted(row.id()) || fetched.containsKey(row.id()));
    }

    /** Whether nothing can be missing between the rows and the live trades. */
    private boolean covered(List<Trade> rows) {
        if (firstLive == null) {
            return askedAt - liveSince >= SETTLED;
        }
        return fetched.containsKey(firstLive.id())
                || stream.emitted(firstLive.id())
                || (!rows.isEmpty() && rows.get(0).timestampMicros() > firstLive.timestampMicros());
    }

    private void finish(boolean complete) {
        if (pending != null) {
            pending.cancel();
        }
        if (!complete) {
            long to = firstLive == null ? context.exchangeMicros() : firstLive.timestampMicros();
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
        stream.repaired();
    }

    /** Emits fetched and held trades by their time; returns how many of them only REST could tell of. */
    private long emitAll() {
        List<Trade> all = new ArrayList<>(fetched.values());
        held.stream().filter(trade -> !fetched.containsKey(trade.id())).forEach(all::add);
        all.sort((a, b) -> Long.compare(a.timestampMicros(), b.timestampMicros()));
        held.forEach(trade -> fetched.remove(trade.id()));
        long count = 0;
        for (Trade trade : all) {
            if (stream.emit(trade) && fetched.containsKey(trade.id())) {
                count++;
            }
        }
        return count;
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
