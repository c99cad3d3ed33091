package dev.livefeed.connector.bybit.trade;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.feed.RestClient;
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
 * missing at the next reconciliation, even if the list does not contain it any more. Rows of the list that follow known
 * ones were missed as well. Omitted trades are emitted late, with a {@code repaired} status.
 */
final class TradeReconciliation implements RestClient.Callback {

    /** Minimum interval between reconciliations of a stream. */
    static final long INTERVAL = 15_000_000_000L;

    private final TradeStream stream;
    private final Topic topic;
    private final FeedContext context;
    private RestClient.Pending pending;
    private boolean looked;
    private boolean begun;
    private long lookedAt;

    /** Number of trades in the window when the request was sent. */
    private long takenBefore;

    /**
     * Rows of the first reconciliation that precede all emitted trades; they are older than the subscription and not
     * emitted.
     */
    private final Set<String> before = new HashSet<>();

    /** Rows of the previous reconciliation that were newer than all emitted trades, by id, oldest first. */
    private Map<String, Trade> underWay = Map.of();

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
        pending = context.rest().get(RecentTrades.query(topic.name()), this);
    }

    @Override
    public void sent() {
        takenBefore = stream.taken();
    }

    /** The connection was lost: missing trades are handled by the repair. */
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
        if (stream.taken() - takenBefore
                > TradeWindow.LARGEST - topic.name().category().recentTrades()) {
            // The window may have dropped ids of trades in the list; the next reconciliation starts over.
            return;
        }
        try {
            compare(RecentTrades.read(body, topic.name(), context.time().micros(), context.synthetic(topic)));
        } catch (IOException e) {
            context.figures().restFailures++;
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
            rows.stream().takeWhile(row -> !stream.seen(row)).map(stream::key).forEach(before::add);
        }
        int oldest = response.size() < topic.name().category().recentTrades() ? 0 : rows.size();
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
            if (i < newest && (i > oldest || oldest == 0)) {
                leftOut.put(id, row);
            } else if (i > newest && !leftOut.containsKey(id)) {
                newer.put(id, row);
            }
        }
        underWay = newer;
        emit(List.copyOf(leftOut.values()));
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
