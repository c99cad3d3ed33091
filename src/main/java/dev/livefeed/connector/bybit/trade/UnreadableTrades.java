package dev.livefeed.connector.bybit.trade;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.feed.stream.UnreadParts.UnreadTrade;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Repaired;
import dev.livefeed.protocol.status.Status.Head;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fetches the trades of one topic whose rows in the stream could not be read. The trades around them are not held: a
 * fetched trade is emitted late, and one that REST does not have in readable form either is announced as a {@code gap}.
 *
 * <p>Rows that become unreadable within a short time are handled together. The time grows while they keep coming, so
 * that a topic of which nothing can be read causes few requests.
 */
final class UnreadableTrades implements RestClient.Callback {

    private static final long SECOND = 1_000_000_000L;
    private static final long FIRST_WAIT = SECOND;
    private static final long LONGEST_WAIT = 30 * SECOND;
    private static final long CALM = 60 * SECOND;
    private static final int ATTEMPTS = 3;
    private static final int MAX_IDS = 1_000;

    private final TradeStream stream;
    private final Topic topic;
    private final FeedContext context;
    private final Map<String, Hole> holes = new LinkedHashMap<>();
    private RestClient.Pending pending;
    private String failure;
    private int attempts;
    private long dueAt;
    /** When the pending request was made; the venue may have banned requests for minutes. */
    private long askedAt;

    private long wait;
    private long lastAt;

    /** The unreadable trades of one subscribed symbol. */
    private static final class Hole {
        private long from = Long.MAX_VALUE;
        private long to;
        private long rows;
        private long found;
        private final Set<String> ids = new HashSet<>();
    }

    UnreadableTrades(TradeStream stream, Topic topic, FeedContext context) {
        this.stream = stream;
        this.topic = topic;
        this.context = context;
    }

    /**
     * Adds a trade that could not be read.
     *
     * @param before exchange time in microseconds of the trade before it
     * @param after exchange time in microseconds of the trade after it
     */
    void add(UnreadTrade row, long before, long after) {
        boolean contracts = topic.contracts() != null;
        if (contracts && row.symbol() != null && !topic.contracts().wants(row.symbol())) {
            return;
        }
        long now = context.now();
        if (holes.isEmpty()) {
            wait = wait > 0 && now - lastAt < CALM ? Math.min(LONGEST_WAIT, 2 * wait) : FIRST_WAIT;
            dueAt = now + wait;
            attempts = 0;
            failure = null;
        }
        lastAt = now;
        long micros = row.timeMillis() * 1_000L;
        List<String> symbols =
                contracts && row.symbol() != null ? List.of(topic.subscribedAs(row.symbol())) : topic.symbols();
        for (String symbol : symbols) {
            Hole hole = holes.computeIfAbsent(symbol, s -> new Hole());
            hole.from = Math.min(hole.from, micros > 0 ? Math.min(micros, before) : before);
            hole.to = Math.max(hole.to, Math.max(micros, after));
            hole.rows++;
            if (row.id() != null && hole.ids.size() < MAX_IDS) {
                hole.ids.add(stream.key(row.symbol() == null ? topic.name().symbol() : row.symbol(), row.id()));
            }
        }
    }

    /** @param ready whether trades are live, so that none of them is fetched by a repair */
    void tick(boolean ready) {
        if (pending != null
                && context.now() - askedAt
                        > context.settings().limits().repair().limit().toNanos()) {
            giveUp("no complete response in time");
            return;
        }
        if (holes.isEmpty() || pending != null || !ready || context.now() - dueAt < 0) {
            return;
        }
        if (context.rest().available()) {
            attempts++;
            askedAt = context.now();
            pending = context.rest().get(RecentTrades.query(topic.name()), this);
        } else {
            failure = "no REST host is set";
            finish();
        }
    }

    @Override
    public void failed(String reason) {
        pending = null;
        failure = reason;
        againOrFinish();
    }

    @Override
    public void answered(byte[] body) {
        pending = null;
        RecentTrades.Rows rows;
        try {
            rows = RecentTrades.read(body, topic.name(), context.time().micros(), context.synthetic(topic));
        } catch (IOException e) {
            failed("the response cannot be used: " + e.getMessage());
            return;
        }
        failure = null;
        for (Trade row : rows.trades()) {
            Hole hole = holes.get(topic.subscribedAs(row.symbol()));
            if (hole != null && belongs(row, hole) && stream.ours(row) && stream.emit(row)) {
                hole.found++;
            }
        }
        boolean all = holes.values().stream()
                .allMatch(hole -> hole.found >= hole.rows || unreadable(rows, hole) || rows.newestMicros() > hole.to);
        if (all) {
            finish();
        } else {
            againOrFinish();
        }
    }

    private boolean unreadable(RecentTrades.Rows rows, Hole hole) {
        return rows.unread().stream()
                .anyMatch(row -> row.id() != null
                        && hole.ids.contains(
                                stream.key(row.symbol() == null ? topic.name().symbol() : row.symbol(), row.id())));
    }

    private boolean belongs(Trade row, Hole hole) {
        return !stream.seen(row)
                && (hole.ids.contains(stream.key(row))
                        || (row.timestampMicros() >= hole.from && row.timestampMicros() <= hole.to));
    }

    private void againOrFinish() {
        if (attempts < ATTEMPTS) {
            dueAt = context.now() + SECOND;
        } else {
            finish();
        }
    }

    /** The connection was lost; what is open is fetched on the next one. */
    void interrupted() {
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
    }

    /** Announces what was not fetched. */
    void giveUp(String reason) {
        interrupted();
        failure = reason;
        finish();
    }

    /** Announces what was not fetched of one subscribed symbol. */
    void giveUp(String symbol, String reason) {
        Hole hole = holes.remove(symbol);
        if (hole != null) {
            failure = reason;
            announce(symbol, hole);
        }
    }

    private void finish() {
        holes.forEach(this::announce);
        holes.clear();
    }

    private void announce(String symbol, Hole hole) {
        context.figures().repairedTrades += hole.found;
        if (hole.found > 0) {
            context.outbox()
                    .status(new Repaired(
                            head(symbol, "they could not be read from the stream"),
                            topic.name().category().text(),
                            Times.instant(hole.from),
                            Times.instant(hole.to),
                            hole.found));
        }
        long received = hole.ids.stream().filter(stream::received).count();
        if (Math.max(hole.found, received) < hole.rows) {
            context.figures().tradeGaps++;
            long lost = hole.rows - Math.max(hole.found, received);
            context.outbox()
                    .status(new Gap(
                            head(
                                    symbol,
                                    lost + " trades could not be read"
                                            + (failure == null
                                                    ? ", and REST does not have them"
                                                    : " and were not fetched: " + failure)),
                            topic.name().category().text(),
                            Times.instant(hole.from),
                            Times.instant(hole.to),
                            null));
        }
    }

    private Head head(String symbol, String reason) {
        return Head.of(context.outbox().connector(), symbol, topic.name().channel(), reason);
    }
}
