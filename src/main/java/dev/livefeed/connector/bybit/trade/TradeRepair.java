package dev.livefeed.connector.bybit.trade;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.context.RestClient;
import dev.livefeed.connector.bybit.context.Timeouts;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Repaired;
import dev.livefeed.protocol.status.Status.Head;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Fills one hole in a trade stream from {@code recent-trade}: asks until the answers reach back to what is known and
 * forward to the first live trade, then emits everything in order.
 *
 * <p>Live trades wait meanwhile. What the answers do not reach, or do not bring before the deadline, is announced as a
 * {@code gap} with its bounds.
 */
final class TradeRepair implements RestClient.Asker {

    /** After so long without a live trade, an answer is taken as complete. */
    private static final long SETTLED = 2_000_000_000L;

    private static final long ASK_AGAIN = 300_000_000L;

    private static final String LEFT_OUT = "the stream left trades out that REST knows";

    private final TradeStream stream;
    private final Topic topic;
    private final FeedContext context;
    private final boolean synthetic;
    private final GapStart start;
    private final List<Trade> held = new ArrayList<>();
    private final Map<String, Trade> fetched = new LinkedHashMap<>();

    /** Contracts to whose trades the list of their base coin does not reach back. */
    private final Map<String, ContractTrades> apart = new LinkedHashMap<>();

    /** Where fetched trades are known to be missing between two answers, or before the first. */
    private final List<MissedSpan> gaps = new ArrayList<>();

    /** Where in {@link #held} the trades of the present connection begin. */
    private int liveFrom;

    private boolean begun;
    private boolean answered;

    /** Nothing is missing between what was fetched and the live trades. */
    private boolean covered;

    /** Whether the next answer reaches back is to be looked at, though others before it did. */
    private boolean recheck;

    private long begunAt;
    private long liveSince;
    private long deadline;

    /** How much longer live trades may wait, all connections together; time without a connection does not count. */
    private long remaining;

    /**
     * How long a new connection's trades wait at least: long enough for a question that is answered late, but in
     * time.
     */
    private final long leastRemaining;

    /** The wait is used up: this connection's attempt is the last. */
    private boolean lastAttempt;

    private RestClient.Pending pending;
    private long askedAt;
    private boolean askLater;
    private long askAt;
    private String failure;

    private record MissedSpan(String symbol, long from, long to, String reason) {}

    /**
     * @param start up to where every trade is accounted for
     */
    TradeRepair(TradeStream stream, Topic topic, FeedContext context, boolean synthetic, GapStart start) {
        this.stream = stream;
        this.topic = topic;
        this.context = context;
        this.synthetic = synthetic;
        this.start = start;
        Timeouts limits = context.settings().limits();
        this.remaining = limits.repair().limit().toNanos();
        this.leastRemaining = Math.max(
                SETTLED, Math.min(remaining, SETTLED + ASK_AGAIN + limits.rest().toNanos()));
    }

    /** The subscription works (again): asks for what may be missing before it. */
    void begin() {
        cancel();
        askLater = false;
        begun = true;
        covered = false;
        failure = null;
        lastAttempt = remaining < SETTLED;
        liveFrom = held.size();
        begunAt = context.now();
        liveSince = begunAt;
        deadline = begunAt + Math.max(remaining, leastRemaining);
        if (context.rest().available()) {
            ask();
            apart.values().forEach(ContractTrades::ask);
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
        apart.values().forEach(ContractTrades::cancel);
    }

    /**
     * The trades of the symbol are missing from an earlier time on: one who knows up to when it has them wants it
     * now.
     */
    void reachBack(String symbol, long micros) {
        start.from(symbol, micros);
        if (symbol.equals(topic.name().symbol())) {
            recheck = true;
            covered = false;
            if (begun && pending == null) {
                askLater();
            }
        } else if (!apart.containsKey(symbol)) {
            ContractTrades trades = contractTrades(symbol);
            apart.put(symbol, trades);
            if (begun && context.rest().available()) {
                trades.ask();
            }
        }
    }

    private ContractTrades contractTrades(String symbol) {
        return new ContractTrades(topic, symbol, start.of(symbol), context, synthetic, this::fetchedApart);
    }

    /**
     * Whether live trades have waited so long that the next hole should be one of its own. A connection that is new
     * is worth one more question, whatever the wait has been: REST may have failed together with the one before.
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
     * The process ends: what is here is emitted, and what is missing before it is announced. Where nothing waits,
     * another process goes on from the last trade that was emitted.
     */
    void stopped() {
        failure = "the connector was stopped before it was fetched";
        finish(held.isEmpty());
    }

    /** Of the trades that came while this is under way some may be missing too: the next ones begin anew. */
    void suspect() {
        liveFrom = held.size();
        liveSince = context.now();
        if (covered) {
            covered = false;
            askLater();
        }
    }

    void live(Trade trade) {
        held.add(trade);
        if (held.size() >= context.settings().limits().repair().heldTrades()) {
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
        if (begun) {
            apart.values().forEach(ContractTrades::tick);
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
        covered = covered(rows);
        if (!covered) {
            askLater();
        }
        finishIfDone();
    }

    private void fetchedApart(ContractTrades trades) {
        trades.rows().forEach(row -> fetched.putIfAbsent(stream.key(row), row));
        finishIfDone();
    }

    private void finishIfDone() {
        if (covered && apart.values().stream().allMatch(ContractTrades::answered)) {
            finish(true);
        }
    }

    private void take(List<Trade> rows) {
        boolean again = !fetched.isEmpty() && rows.stream().anyMatch(row -> fetched.containsKey(stream.key(row)));
        if ((recheck || !again) && rows.size() >= topic.name().category().recentTrades()) {
            topic.symbols().stream()
                    .filter(symbol -> !joins(rows, symbol))
                    .forEach(symbol -> unreached(symbol, rows, again));
        }
        answered = true;
        recheck = false;
        for (Trade row : rows) {
            if (row.timestampMicros() >= start.of(row.symbol())) {
                fetched.putIfAbsent(stream.key(row), row);
            }
        }
    }

    /** Whether the rows reach back to what is known from before of the symbol. */
    private boolean joins(List<Trade> rows, String symbol) {
        if (rows.get(0).timestampMicros() < start.of(symbol)) {
            return true;
        }
        boolean all = symbol.equals(topic.name().symbol());
        return rows.stream()
                .anyMatch(row -> start.has(symbol)
                        ? (all || symbol.equals(row.symbol())) && stream.dealtWith(row)
                        : stream.seen(row));
    }

    private void unreached(String symbol, List<Trade> rows, boolean again) {
        if ((answered && !again) || symbol.equals(topic.name().symbol())) {
            gaps.add(new MissedSpan(
                    symbol,
                    again ? start.of(symbol) : newestFetched(symbol),
                    rows.get(0).timestampMicros(),
                    "the hole is longer than REST reaches back"));
        } else if (!apart.containsKey(symbol)) {
            ContractTrades trades = contractTrades(symbol);
            apart.put(symbol, trades);
            trades.ask();
        }
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
                .anyMatch(trade -> fetched.containsKey(stream.key(trade)) || stream.dealtWith(trade));
    }

    private void finish(boolean complete) {
        cancel();
        long to = liveFrom < held.size() ? held.get(liveFrom).timestampMicros() : context.exchangeMicros();
        apart.values().stream()
                .map(trades -> gapOf(trades, to))
                .filter(Objects::nonNull)
                .forEach(gaps::add);
        if (!complete && !covered) {
            for (String symbol : topic.symbols()) {
                gaps.add(new MissedSpan(symbol, Math.min(newestFetched(symbol), to), to, failure));
            }
        }
        gaps.forEach(this::announce);
        long emittedUntil = stream.knownUntil();
        Set<String> late = new HashSet<>();
        Map<String, Long> counts = emitAll(emittedUntil, late);
        if (answered) {
            counts.values().forEach(count -> context.figures().repairedTrades += count);
            for (String symbol : topic.symbols()) {
                context.outbox()
                        .status(new Repaired(
                                head(symbol, late.contains(symbol) ? LEFT_OUT : null),
                                topic.name().category().text(),
                                Times.instant(start.of(symbol)),
                                Times.instant(stream.knownUntil()),
                                counts.getOrDefault(symbol, 0L)));
            }
        }
        stream.repaired(this);
    }

    /** What is missing of a contract before the first trade of it that was fetched; null where nothing is. */
    private MissedSpan gapOf(ContractTrades trades, long to) {
        if (trades.reached()) {
            return null;
        }
        long first = fetched.values().stream()
                .filter(trade -> trade.symbol().equals(trades.symbol()))
                .mapToLong(Trade::timestampMicros)
                .min()
                .orElse(to);
        long from = Math.min(start.of(trades.symbol()), first);
        String reason = trades.failure() != null ? trades.failure() : failure;
        return new MissedSpan(trades.symbol(), from, first, reason);
    }

    /**
     * Emits fetched and held trades in their order; returns how many of each symbol only REST could tell of.
     *
     * @param emittedUntil exchange time up to which trades were emitted before
     * @param late receives the symbols of trades that come behind these: contracts of one topic share its list, and
     *     the reach
     *     back for one of them may find what the stream left out of another
     */
    private Map<String, Long> emitAll(long emittedUntil, Set<String> late) {
        Set<String> heldIds = new HashSet<>();
        held.forEach(trade -> heldIds.add(stream.key(trade)));
        List<Trade> rows = new ArrayList<>();
        if (apart.isEmpty()) {
            rows.addAll(fetched.values());
        } else {
            // Those of a contract come first, so that of one time they stay before those of the base coin's list.
            apart.values().forEach(trades -> rows.addAll(trades.rows()));
            rows.addAll(fetched.values());
            rows.sort(Comparator.comparingLong(Trade::timestampMicros));
        }
        Map<String, Long> counts = new HashMap<>();
        int row = 0;
        int live = 0;
        while (true) {
            // What either list has already given stands in the other one's way no longer.
            while (row < rows.size() && stream.dealtWith(rows.get(row))) {
                row++;
            }
            while (live < held.size() && stream.dealtWith(held.get(live))) {
                live++;
            }
            if (row == rows.size() && live == held.size()) {
                break;
            }
            boolean takesRow = live == held.size() || (row < rows.size() && rowFirst(rows.get(row), live, heldIds));
            Trade trade = takesRow ? rows.get(row++) : held.get(live++);
            if (stream.emit(trade) && !heldIds.contains(stream.key(trade))) {
                counts.merge(topic.subscribedAs(trade.symbol()), 1L, Long::sum);
                if (topic.name().mixesSymbols() && trade.timestampMicros() <= emittedUntil) {
                    late.add(topic.subscribedAs(trade.symbol()));
                }
            }
        }
        return counts;
    }

    /**
     * Whether a fetched trade comes before a held one. Times alone do not tell, since a sweep has one time: a trade
     * that both have is where the two lists meet.
     */
    private boolean rowFirst(Trade row, int live, Set<String> heldIds) {
        Trade trade = held.get(live);
        boolean heldIsFetched = fetched.containsKey(stream.key(trade));
        boolean rowIsHeld = heldIds.contains(stream.key(row));
        if (heldIsFetched != rowIsHeld) {
            return heldIsFetched;
        }
        if (row.timestampMicros() != trade.timestampMicros()) {
            return row.timestampMicros() < trade.timestampMicros();
        }
        return live >= liveFrom;
    }

    private void announce(MissedSpan gap) {
        context.figures().tradeGaps++;
        String why = gap.reason() == null ? "no complete answer came in time" : gap.reason();
        context.outbox()
                .status(new Gap(
                        head(gap.symbol(), why),
                        topic.name().category().text(),
                        Times.instant(gap.from()),
                        Times.instant(gap.to()),
                        null));
    }

    private long newestFetched(String symbol) {
        long newest = start.of(symbol);
        for (Trade trade : fetched.values()) {
            newest = Math.max(newest, trade.timestampMicros());
        }
        return newest;
    }

    private Head head(String symbol, String reason) {
        return Head.of(context.outbox().connector(), symbol, topic.name().channel(), reason);
    }
}
