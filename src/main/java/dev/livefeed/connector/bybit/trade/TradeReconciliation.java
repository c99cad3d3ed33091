package dev.livefeed.connector.bybit.trade;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.feed.trade.TradeWindow;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Repaired;
import dev.livefeed.protocol.status.Status.Head;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;

/**
 * Compares one trade stream with the venue's list at intervals. Trades carry no sequence number, so trades that the
 * venue omits from the stream can only be detected this way.
 *
 * <p>The comparison uses ids and the order of the list, not clocks. A row was omitted if it was not emitted although a
 * newer one was. A row newer than all emitted trades may still be in transit; it counts as omitted if it is still
 * missing at the next reconciliation, even if the list does not contain it any more. Omitted trades are emitted late,
 * with a {@code repaired} status. If the oldest row of a full list was omitted, older ones may have been omitted too:
 * the time since the previous reconciliation is announced as a {@code gap}.
 *
 * <p>The last response to a {@link TradeRepair} is compared as well, since the next one may not reach back as far.
 */
final class TradeReconciliation implements RestClient.Callback {

    /** Minimum interval between reconciliations of a stream. */
    static final long INTERVAL = 15_000_000_000L;

    /** The start of a subscription by the exchange's clock is known with this accuracy, in microseconds. */
    private static final long CLOCK = 1_000_000L;

    private static final String UNLISTED = "the stream omitted trades, and the missing ones go back further than REST";

    private final TradeStream stream;
    private final Topic topic;
    private final FeedContext context;
    private RestClient.Pending pending;
    private boolean looked;
    private boolean begun;
    private long lookedAt;

    /** Number of trades in the window when the request was sent. */
    private long takenBefore;

    /** Whether the pending request was sent. */
    private boolean sent;

    /** Number of trades in the window when the last list that was compared was requested. */
    private long compared;

    /**
     * Rows of the first reconciliation that precede all emitted trades; they are older than the subscription and not
     * emitted.
     */
    private final Set<String> before = new HashSet<>();

    /** Rows of the previous reconciliation that were newer than all emitted trades, by id, oldest first. */
    private Map<String, Trade> underWay = Map.of();

    /** The newest row of the previous reconciliation; null if there was none. */
    private Trade newestCompared;

    /** What is missing if the oldest row of the previous list, which was newer than all emitted trades, was omitted. */
    private UnlistedSpan unlisted;

    /**
     * A time that the list does not contain any more.
     *
     * @param from exchange time in microseconds of the newest row compared before
     * @param oldest the oldest row of the list
     */
    private record UnlistedSpan(long from, Trade oldest) {}

    TradeReconciliation(TradeStream stream, Topic topic, FeedContext context) {
        this.stream = stream;
        this.topic = topic;
        this.context = context;
    }

    /** Nanoseconds since a reconciliation became due; negative if none is due. */
    long overdue() {
        if (pending != null) {
            return -1;
        }
        return looked ? context.now() - lookedAt - INTERVAL : Long.MAX_VALUE;
    }

    void request() {
        sent = false;
        pending = context.rest().get(RecentTrades.query(topic.name()), this);
    }

    /**
     * The connection was lost: if trades have come since the last comparison, others may have been omitted between
     * them. In the background, since the requests of other streams' repairs are more urgent.
     */
    void connectionLost() {
        if (pending == null && stream.taken() > compared && context.rest().available()) {
            sent = false;
            pending = context.rest().getInBackground(RecentTrades.query(topic.name()), this);
        }
    }

    @Override
    public void sent() {
        sent = true;
        takenBefore = stream.taken();
    }

    /**
     * The symbol has ended, so there is no next reconciliation: its trades of the last list that the stream has not
     * had are emitted.
     */
    void ending(String symbol) {
        emit(underWay.values().stream()
                .filter(trade -> trade.symbol().equals(symbol) && !stream.seen(trade))
                .toList());
    }

    /** The subscription has ended. */
    void cancel() {
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
    }

    @Override
    public void failed(String reason) {
        done();
    }

    @Override
    public void answered(byte[] body) {
        done();
        try {
            compare(
                    RecentTrades.read(body, topic.name(), context.time().micros(), context.synthetic(topic)),
                    takenBefore);
        } catch (IOException e) {
            context.figures().restFailures++;
        }
    }

    /** Compares the last list of a repair. A request that is not sent yet would not have more. */
    void repaired(RecentTrades.Rows response, long taken) {
        if (pending != null && !sent) {
            cancel();
        }
        compare(response, taken);
    }

    /**
     * Compares a list with the emitted trades.
     *
     * @param taken number of trades in the window when the list was requested
     */
    private void compare(RecentTrades.Rows response, long taken) {
        compared = Math.max(compared, taken);
        // Otherwise the window may have dropped ids of trades in the list; the next reconciliation starts over.
        if (stream.taken() - taken
                <= TradeWindow.LARGEST - topic.name().category().recentTrades()) {
            compare(response);
        }
    }

    private void done() {
        pending = null;
        looked = true;
        lookedAt = context.now();
    }

    private void compare(RecentTrades.Rows response) {
        List<Trade> rows = response.trades();
        if (!begun) {
            begun = true;
            rows.stream()
                    .takeWhile(row -> !stream.seen(row) && row.timestampMicros() < owedFrom(row) + CLOCK)
                    .map(stream::key)
                    .forEach(before::add);
        }
        boolean full = response.size() >= topic.name().category().recentTrades();
        int oldest = full ? rows.size() : 0;
        int newest = -1;
        boolean reachesBefore = false;
        for (int i = 0; i < rows.size(); i++) {
            String id = stream.key(rows.get(i));
            boolean emitted = stream.seen(rows.get(i));
            boolean wasBefore = before.contains(id) || !stream.ours(rows.get(i));
            reachesBefore |= wasBefore;
            oldest = emitted || wasBefore || underWay.containsKey(id) ? Math.min(oldest, i) : oldest;
            newest = emitted ? i : newest;
        }
        if (!reachesBefore) {
            before.clear();
        }
        Map<String, Trade> newer = new LinkedHashMap<>();
        Map<String, Trade> leftOut = new LinkedHashMap<>();
        underWay.forEach((id, trade) -> {
            if (!stream.seen(trade)) {
                leftOut.put(id, trade);
            }
        });
        for (int i = 0; i < rows.size(); i++) {
            Trade row = rows.get(i);
            String id = stream.key(row);
            if (stream.seen(row) || before.contains(id) || !stream.ours(row)) {
                continue;
            }
            if (i < newest && (i > oldest || oldest == 0 || row.timestampMicros() >= owedFrom(row))) {
                leftOut.put(id, row);
            } else if (i > newest && !leftOut.containsKey(id)) {
                newer.put(id, row);
            }
        }
        underWay = newer;
        if (unlisted != null && leftOut.containsKey(stream.key(unlisted.oldest()))) {
            announce(unlisted);
        }
        unlisted = null;
        if (full) {
            unlisted(rows, leftOut.keySet());
        }
        newestCompared = rows.isEmpty() ? newestCompared : rows.get(rows.size() - 1);
        emit(List.copyOf(leftOut.values()));
    }

    /** Trades before an omitted oldest row are unknown, unless the previous list is continued. */
    private void unlisted(List<Trade> rows, Set<String> leftOut) {
        Trade oldest = rows.get(0);
        String id = stream.key(oldest);
        boolean continues =
                newestCompared != null && rows.stream().map(stream::key).anyMatch(stream.key(newestCompared)::equals);
        // If the newest row of the previous list was omitted, so may be what followed it.
        boolean endOmitted = newestCompared != null && leftOut.contains(stream.key(newestCompared));
        if (continues || !leftOut.contains(id) && !underWay.containsKey(id) && !endOmitted) {
            return;
        }
        UnlistedSpan span = new UnlistedSpan(newestCompared == null ? 0 : newestCompared.timestampMicros(), oldest);
        if (leftOut.contains(id) || endOmitted) {
            announce(span);
        } else {
            unlisted = span;
        }
    }

    private void announce(UnlistedSpan span) {
        long to = span.oldest().timestampMicros();
        for (String symbol : topic.symbols()) {
            long from = Math.max(span.from(), stream.owedFrom(symbol));
            if (from <= to) {
                stream.lost(symbol, from, to, UNLISTED);
            }
        }
    }

    private long owedFrom(Trade row) {
        return stream.owedFrom(row.symbol());
    }

    private void emit(List<Trade> leftOut) {
        Map<String, List<Trade>> emitted = new LinkedHashMap<>();
        for (Trade trade : leftOut) {
            if (stream.emit(trade)) {
                emitted.computeIfAbsent(topic.subscribedAs(trade.symbol()), symbol -> new ArrayList<>())
                        .add(trade);
            }
        }
        emitted.forEach(this::announce);
    }

    private void announce(String symbol, List<Trade> trades) {
        context.figures().repairedTrades += trades.size();
        TopicName name = topic.name();
        // Those of several contracts are not in the order of time.
        LongSummaryStatistics times =
                trades.stream().mapToLong(Trade::timestampMicros).summaryStatistics();
        context.outbox()
                .status(new Repaired(
                        Head.of(
                                context.outbox().connector(),
                                symbol,
                                name.channel(),
                                "the stream omitted trades that REST has"),
                        name.category().text(),
                        Times.instant(times.getMin()),
                        Times.instant(times.getMax()),
                        (long) trades.size()));
    }
}
