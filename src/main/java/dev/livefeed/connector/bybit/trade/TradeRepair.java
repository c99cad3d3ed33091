package dev.livefeed.connector.bybit.trade;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.feed.Timeouts;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Repaired;
import dev.livefeed.protocol.status.Status.Head;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches missed trades of one topic from {@code recent-trade}. It requests the list until the responses cover the time
 * from the last known trade to the first live trade, and then emits everything in order.
 *
 * <p>Meanwhile live trades are held. Trades that the list does not contain, or not before the deadline, are announced
 * as a {@code gap} with its bounds.
 */
final class TradeRepair implements RestClient.Callback {

    private static final Logger LOG = LoggerFactory.getLogger(TradeRepair.class);

    /** After this time without a live trade, a response counts as complete. */
    private static final long SETTLED = 2_000_000_000L;

    private static final long ASK_AGAIN = 300_000_000L;

    private static final int MAX_UNREAD = 1_000;

    private static final String OMITTED = "the stream omitted trades that REST has";

    private final TradeStream stream;
    private final Topic topic;
    private final FeedContext context;
    private final boolean synthetic;
    private final GapStart start;
    private final List<Trade> held = new ArrayList<>();
    private final Map<String, Trade> fetched = new LinkedHashMap<>();

    /** Rows of responses that could not be read, by the key of the trade if its id is known. */
    private final Map<String, RecentTrades.UnreadRow> unread = new LinkedHashMap<>();

    /** Contracts whose known trades are older than the list of their base coin. */
    private final Map<String, ContractTrades> perContract = new LinkedHashMap<>();

    /** Missing trades between two responses, or before the first. */
    private final List<MissedSpan> gaps = new ArrayList<>();

    /** Index in {@link #held} of the first trade of the current connection. */
    private int liveFrom;

    private boolean begun;
    private boolean answered;

    /** Nothing is missing between the fetched and the live trades. */
    private boolean covered;

    /** Whether the next response must be checked again for reaching back, although an earlier one did. */
    private boolean recheck;

    private long begunAt;
    private long liveSince;
    private long deadline;

    /** Time left for holding live trades, over all connections; time without a connection does not count. */
    private long remaining;

    /** Minimum hold time of a new connection, which allows for one slow but timely response. */
    private final long leastRemaining;

    /** The time is used up: the attempt of this connection is the last. */
    private boolean lastAttempt;

    private RestClient.Pending pending;
    private long askedAt;

    /** Number of trades in the window when the last request was sent. */
    private long takenBefore;

    /** The last response; null before the first. */
    private RecentTrades.Rows list;

    private boolean requestLater;
    private long requestAt;
    private String failure;

    private record MissedSpan(String symbol, long from, long to, String reason) {}

    /** @param start up to when every trade is accounted for */
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

    /** The topic is subscribed (again): requests the trades that may be missing before. */
    void begin() {
        cancel();
        requestLater = false;
        begun = true;
        covered = false;
        failure = null;
        lastAttempt = remaining < SETTLED;
        liveFrom = held.size();
        begunAt = context.now();
        liveSince = begunAt;
        deadline = begunAt + Math.max(remaining, leastRemaining);
        if (context.rest().available()) {
            request();
            perContract.values().forEach(ContractTrades::request);
        } else {
            failure = "no REST host is set";
            finish(false);
        }
    }

    /** The connection was lost again before the trades were fetched. Held trades are kept. */
    void interrupted() {
        if (begun) {
            remaining = Math.max(0, remaining - (context.now() - begunAt));
        }
        begun = false;
        requestLater = false;
        cancel();
    }

    private void cancel() {
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
        perContract.values().forEach(ContractTrades::cancel);
    }

    /** Trades of a symbol are also missing from an earlier time on, because a new subscription resumes from there. */
    void reachBack(String symbol, long micros) {
        start.from(symbol, micros);
        if (symbol.equals(topic.name().symbol())) {
            recheck = true;
            covered = false;
            if (begun && pending == null) {
                requestLater();
            }
        } else if (!perContract.containsKey(symbol)) {
            ContractTrades trades = contractTrades(symbol);
            perContract.put(symbol, trades);
            if (begun && context.rest().available()) {
                trades.request();
            }
        }
    }

    /**
     * The symbol is not wanted by itself any more: announces its trades that are not fetched. Those of a contract whose
     * base coin is wanted are fetched with those of the coin, and emitted.
     */
    void leave(String symbol, String why) {
        ContractTrades alone = perContract.get(symbol);
        if (!topic.contracts().wants(symbol)) {
            long newest = held.stream()
                    .filter(trade -> topic.subscribedAs(trade.symbol()).equals(symbol)
                            || trade.symbol().equals(symbol))
                    .mapToLong(Trade::timestampMicros)
                    .max()
                    .orElse(0);
            gaps.removeIf(gap -> gap.symbol().equals(symbol));
            skip(alone, symbol, Math.max(newest, context.exchangeMicros()), why);
            return;
        }
        gaps.stream().filter(gap -> gap.symbol().equals(symbol)).forEach(this::announce);
        gaps.removeIf(gap -> gap.symbol().equals(symbol));
        long coin = start.of(topic.name().symbol());
        if (alone != null && alone.answered()) {
            MissedSpan missed = gapOf(alone, coin);
            if (missed != null) {
                announce(missed);
            }
        } else if (alone != null || !answered) {
            skip(alone, symbol, Math.min(coin, oldestFetched(symbol, coin)), why);
        }
    }

    /** Trades of the symbol up to that time are not fetched. */
    private void skip(ContractTrades alone, String symbol, long to, String why) {
        if (alone != null) {
            alone.cancel();
            perContract.remove(symbol);
        }
        if (start.of(symbol) < to) {
            announce(new MissedSpan(symbol, start.of(symbol), to, why));
        }
        if (!symbol.equals(topic.name().symbol())) {
            start.later(symbol, to);
        }
        if (begun) {
            finishIfDone();
        }
    }

    private long oldestFetched(String symbol, long otherwise) {
        return fetched.values().stream()
                .filter(trade -> trade.symbol().equals(symbol))
                .mapToLong(Trade::timestampMicros)
                .min()
                .orElse(otherwise);
    }

    private ContractTrades contractTrades(String symbol) {
        return new ContractTrades(topic, symbol, start.of(symbol), context, synthetic, this::fetchedPerContract);
    }

    /**
     * Whether live trades have been held for so long that later losses need a repair of their own. A new connection
     * always gets one more request, because REST may have failed together with the previous connection.
     */
    boolean exhausted() {
        return lastAttempt;
    }

    /** Announces what was not fetched and emits the held trades. */
    void giveUp() {
        failure = failure == null ? "no complete response in time" : failure;
        finish(false);
    }

    /** Stops fetching: announces the missing trades with the reason and emits the held ones. */
    void abandon(String reason) {
        failure = reason;
        finish(false);
    }

    /**
     * The process stops: emits the held trades and announces the missing ones. If no trades are held, the next process
     * resumes from the last emitted trade.
     */
    void stopped() {
        failure = "the connector was stopped before it was fetched";
        finish(held.isEmpty());
    }

    /** Trades may be missing among those held too; the following ones start a new segment. */
    void suspect() {
        liveFrom = held.size();
        liveSince = context.now();
        if (covered) {
            covered = false;
            requestLater();
        }
    }

    void live(Trade trade) {
        held.add(trade);
        if (held.size() >= context.settings().limits().repair().heldTrades()) {
            failure = held.size() + " newer trades are already held";
            finish(false);
        }
    }

    void tick() {
        if (!begun) {
            return;
        }
        if (context.now() - deadline > 0) {
            giveUp();
        } else if (requestLater && context.now() - requestAt >= 0 && requestUseful()) {
            requestLater = false;
            request();
        }
        if (begun) {
            perContract.values().forEach(ContractTrades::tick);
        }
    }

    /** If nothing was traded since, the response stays the same; it counts once it was requested late enough. */
    private boolean requestUseful() {
        return !answered || liveFrom < held.size() || context.now() - liveSince >= SETTLED;
    }

    private void request() {
        pending = context.rest().get(RecentTrades.query(topic.name()), this);
    }

    /** With many requests, a request may be queued for long. */
    @Override
    public void sent() {
        askedAt = context.now();
        takenBefore = stream.taken();
    }

    private void requestLater() {
        requestLater = true;
        requestAt = context.now() + ASK_AGAIN;
    }

    @Override
    public void failed(String reason) {
        pending = null;
        failure = reason;
        requestLater();
    }

    @Override
    public void answered(byte[] body) {
        pending = null;
        RecentTrades.Rows rows;
        try {
            rows = RecentTrades.read(body, topic.name(), context.time().micros(), synthetic);
        } catch (IOException e) {
            failed("the response cannot be used: " + e.getMessage());
            return;
        }
        list = rows;
        take(rows);
        covered = covered(rows);
        if (!covered) {
            requestLater();
        }
        finishIfDone();
    }

    private void fetchedPerContract(ContractTrades trades) {
        trades.unread().forEach(this::unreadable);
        trades.rows().forEach(row -> fetched.putIfAbsent(stream.key(row), row));
        finishIfDone();
    }

    private void finishIfDone() {
        if (covered && perContract.values().stream().allMatch(ContractTrades::answered)) {
            finish(true);
        }
    }

    private void take(RecentTrades.Rows response) {
        response.unread().forEach(this::unreadable);
        List<Trade> rows = response.trades();
        boolean again = !fetched.isEmpty() && rows.stream().anyMatch(row -> fetched.containsKey(stream.key(row)));
        if ((recheck || !again)
                && !rows.isEmpty()
                && response.size() >= topic.name().category().recentTrades()) {
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

    /** Whether the rows go back to the last known trade of the symbol. */
    private boolean joins(List<Trade> rows, String symbol) {
        if (rows.get(0).timestampMicros() < start.of(symbol)) {
            return true;
        }
        boolean all = symbol.equals(topic.name().symbol());
        return rows.stream()
                .anyMatch(row -> start.has(symbol)
                        ? (all || symbol.equals(row.symbol())) && stream.settled(row)
                        : stream.seen(row));
    }

    private void unreached(String symbol, List<Trade> rows, boolean again) {
        if ((answered && !again) || symbol.equals(topic.name().symbol())) {
            gaps.add(new MissedSpan(
                    symbol,
                    again ? start.of(symbol) : newestFetched(symbol),
                    rows.get(0).timestampMicros(),
                    "the missing trades go back further than REST"));
        } else if (!perContract.containsKey(symbol)) {
            ContractTrades trades = contractTrades(symbol);
            perContract.put(symbol, trades);
            trades.request();
        }
    }

    /** Counts a row once, and remembers it for the announcement. */
    private void unreadable(RecentTrades.UnreadRow row) {
        String symbol = row.symbol() == null ? topic.name().symbol() : row.symbol();
        boolean counts = unread.size() < MAX_UNREAD && row.micros() >= start.of(symbol);
        if (counts
                && unread.putIfAbsent(row.id() == null ? "at " + row.micros() : stream.key(symbol, row.id()), row)
                        == null) {
            context.figures().unreadable(row.reason(), 1);
            if (unread.size() == 1) {
                LOG.warn(
                        "recent_trade_unreadable topic={} field={} id={} symbol={}: the others are used",
                        topic,
                        row.reason(),
                        row.id(),
                        InstrumentId.market(topic.name().category().text(), row.symbol()));
            }
        }
    }

    /** Whether nothing can be missing between the rows and the live trades. */
    private boolean covered(RecentTrades.Rows response) {
        List<Trade> rows = response.trades();
        if (liveFrom == held.size()) {
            return askedAt - liveSince >= SETTLED;
        }
        if (!rows.isEmpty()
                && rows.get(0).timestampMicros() > held.get(liveFrom).timestampMicros()) {
            return true;
        }
        return held.subList(liveFrom, held.size()).stream()
                .anyMatch(trade -> fetched.containsKey(stream.key(trade))
                        || unread.containsKey(stream.key(trade))
                        || stream.settled(trade));
    }

    private void finish(boolean complete) {
        cancel();
        long to = liveFrom < held.size() ? held.get(liveFrom).timestampMicros() : context.exchangeMicros();
        perContract.values().stream()
                .map(trades -> gapOf(trades, to))
                .filter(Objects::nonNull)
                .forEach(gaps::add);
        if (!complete && !covered) {
            for (String symbol : topic.symbols()) {
                gaps.add(new MissedSpan(symbol, Math.min(newestFetched(symbol), to), to, failure));
            }
        }
        gaps.addAll(unreadGaps());
        gaps.forEach(this::announce);
        long emittedUntil = stream.knownUntil();
        Set<String> late = new HashSet<>();
        Map<String, Long> counts = emitAll(emittedUntil, late);
        if (answered) {
            counts.values().forEach(count -> context.figures().repairedTrades += count);
            for (String symbol : topic.symbols()) {
                if (!stream.reported(symbol)) {
                    continue;
                }
                context.outbox()
                        .status(new Repaired(
                                head(symbol, late.contains(symbol) ? OMITTED : null),
                                topic.name().category().text(),
                                Times.instant(start.of(symbol)),
                                Times.instant(Math.max(start.of(symbol), stream.knownUntil())),
                                counts.getOrDefault(symbol, 0L)));
            }
        }
        stream.repaired(this);
        if (complete && list != null) {
            stream.repairedFrom(list, takenBefore);
        }
    }

    /** One gap per wanted symbol for the rows that neither the stream nor REST had in readable form. */
    private Collection<MissedSpan> unreadGaps() {
        Set<String> known = new HashSet<>();
        held.forEach(trade -> known.add(stream.key(trade)));
        Map<String, MissedSpan> spans = new LinkedHashMap<>();
        unread.forEach((key, row) -> {
            boolean unwanted = row.symbol() != null
                    && topic.contracts() != null
                    && !topic.contracts().wants(row.symbol());
            if (unwanted || known.contains(key) || fetched.containsKey(key) || stream.received(key)) {
                return;
            }
            for (String symbol : row.symbol() == null ? topic.symbols() : List.of(topic.subscribedAs(row.symbol()))) {
                MissedSpan span = spans.get(symbol);
                long from = span == null ? row.micros() : Math.min(span.from(), row.micros());
                long to = span == null ? row.micros() : Math.max(span.to(), row.micros());
                spans.put(symbol, new MissedSpan(symbol, from, to, "rows of the response could not be read"));
            }
        });
        return spans.values();
    }

    /** The trades of a contract that are missing before its first fetched one; null if there are none. */
    private MissedSpan gapOf(ContractTrades trades, long to) {
        if (trades.reached()) {
            return null;
        }
        long first = oldestFetched(trades.symbol(), to);
        long from = Math.min(start.of(trades.symbol()), first);
        String reason = trades.failure() != null ? trades.failure() : failure;
        return new MissedSpan(trades.symbol(), from, first, reason);
    }

    /**
     * Emits fetched and held trades in order; returns per symbol the number of trades that only REST had.
     *
     * @param emittedUntil exchange time of the last trade emitted before
     * @param late receives the symbols of trades that are older: contracts of a topic share its list, so a request for
     *     one of them may find trades that the stream omitted of another
     */
    private Map<String, Long> emitAll(long emittedUntil, Set<String> late) {
        Set<String> heldIds = new HashSet<>();
        held.forEach(trade -> heldIds.add(stream.key(trade)));
        List<Trade> rows = new ArrayList<>();
        if (perContract.isEmpty()) {
            rows.addAll(fetched.values());
        } else {
            // Rows of a contract come first, so that at equal times they stay before those of the base coin's list.
            perContract.values().forEach(trades -> rows.addAll(trades.rows()));
            rows.addAll(fetched.values());
            rows.sort(Comparator.comparingLong(Trade::timestampMicros));
        }
        Map<String, Long> counts = new HashMap<>();
        int row = 0;
        int live = 0;
        while (true) {
            // Rows that were already emitted from the other list.
            while (row < rows.size() && stream.settled(rows.get(row))) {
                row++;
            }
            while (live < held.size() && stream.settled(held.get(live))) {
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
     * Whether a fetched trade comes before a held one. Times are not sufficient, since all trades of a sweep have the
     * same time; a trade in both lists marks where they meet.
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
        stream.lost(
                gap.symbol(),
                gap.from(),
                gap.to(),
                gap.reason() == null ? "no complete response in time" : gap.reason());
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
