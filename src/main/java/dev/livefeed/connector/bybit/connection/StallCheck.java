package dev.livefeed.connector.bybit.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.connector.bybit.book.BookStream;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.DataRow;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.RowFaultException;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicName.Kind;
import dev.livefeed.connector.bybit.trade.RecentTrades;
import dev.livefeed.connector.bybit.trade.TradeStream;
import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.feed.UnreadableDataException;
import dev.livefeed.protocol.model.Symbols;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Distinguishes a quiet market from a connection that answers pings but has stalled: asks REST whether the venue has
 * newer data of one of its topics, at once and then at growing intervals. Without an answer, a book is subscribed
 * again, or one that is not in use for a moment, which shows whether the connection carries data.
 */
final class StallCheck {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Kind> CHECKED = Set.of(Kind.TRADES, Kind.BOOK, Kind.TICKER);
    private static final long SECOND = 1_000_000_000L;
    private static final long FIRST_WAIT = 10 * SECOND;
    private static final long LONGEST_WAIT = 300 * SECOND;
    /** Newer data may still be on its way. */
    private static final long GRACE = SECOND;

    private static final long TICKER_DELAY_MICROS = 1_000_000L;

    private final FeedContext context;
    private final StallProbe probe;
    private RestClient.Pending pending;
    private long silentSince;
    private long nextAt;
    private long wait;
    private int asked;
    private boolean unanswered;
    private String evidence;
    private long evidenceAt;

    /**
     * @param send sends a request on the connection
     * @param inUse whether the connection has a topic of that name
     */
    StallCheck(FeedContext context, Consumer<String> send, Predicate<String> inUse) {
        this.context = context;
        this.probe = new StallProbe(context, send, inUse);
    }

    /**
     * The connection has been silent for an unusual time.
     *
     * @return why it has stalled, or null if nothing shows that
     */
    String silent(Iterable<Topic> topics, long nanos) {
        long now = context.now();
        if (wait == 0 || now - nanos - silentSince > 0) {
            probe.leave();
            clear();
            silentSince = now - nanos;
            nextAt = now;
            wait = FIRST_WAIT;
        }
        if (evidence != null && now - evidenceAt > GRACE) {
            return evidence;
        }
        String failure = probe.failure();
        if (failure != null) {
            return failure;
        }
        if (pending == null && evidence == null && now - nextAt >= 0) {
            nextAt = now + wait;
            wait = Math.min(LONGEST_WAIT, 2 * wait);
            ask(topics);
        }
        return null;
    }

    /** Data of a topic that is not in use was received; returns whether the check has asked for it. */
    boolean received(String topic) {
        return probe.received(topic);
    }

    /** Handles a reply of the venue; returns whether it can only be that to a request of the check. */
    boolean answered(ParsedFrame frame) {
        return probe.answered(frame);
    }

    /** The connection has ended. */
    void end() {
        probe.end();
        clear();
    }

    private void clear() {
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
        wait = 0;
        asked = 0;
        unanswered = false;
        evidence = null;
    }

    private void ask(Iterable<Topic> topics) {
        List<Topic> candidates = candidates(topics);
        if (candidates.isEmpty()) {
            return;
        }
        context.figures().stallChecks++;
        if (unanswered || !context.rest().available()) {
            unanswered = false;
            subscribeAgain(candidates);
            return;
        }
        Topic topic = candidates.get(asked++ % candidates.size());
        boolean book = topic.stream() instanceof BookStream;
        String path = book
                ? "/v5/market/orderbook?category=" + topic.name().category().text() + "&symbol="
                        + Symbols.inAddress(topic.name().symbol()) + "&limit=1"
                : RecentTrades.query(topic.name());
        pending = context.rest().get(path, new RestClient.Callback() {
            @Override
            public void answered(byte[] body) {
                pending = null;
                try {
                    String newer = book ? newerBook(topic, body) : newerTrade(topic, body);
                    if (newer != null) {
                        evidence = newer;
                        evidenceAt = context.now();
                    }
                } catch (UnreadableDataException e) {
                    context.figures().unreadable(e.reason(), 1);
                    unanswered = true;
                } catch (IOException | NumberFormatException e) {
                    unanswered = true;
                }
            }

            @Override
            public void failed(String reason) {
                pending = null;
                unanswered = true;
                nextAt = context.now();
            }
        });
    }

    /** Topics whose data can be compared, the most active first. */
    private static List<Topic> candidates(Iterable<Topic> topics) {
        List<Topic> candidates = new ArrayList<>();
        for (Topic topic : topics) {
            if (CHECKED.contains(topic.name().kind())
                    && topic.wire() == Topic.Wire.ACTIVE
                    && topic.wanted()
                    && topic.expectsData()) {
                candidates.add(topic);
            }
        }
        candidates.sort(Comparator.comparingLong(Topic::heardAt).reversed());
        return candidates;
    }

    /** A stalled connection confirms nothing, or sends no snapshot, and is replaced then. */
    private void subscribeAgain(List<Topic> candidates) {
        for (Topic topic : candidates) {
            if (topic.stream() instanceof BookStream books
                    && books.book().restart("no data on its connection, and REST cannot show whether there is any")) {
                return;
            }
        }
        probe.begin(candidates);
    }

    private String newerTrade(Topic topic, byte[] body) throws IOException {
        RecentTrades.Rows response =
                RecentTrades.read(body, topic.name(), context.time().micros(), context.synthetic(topic));
        List<Trade> rows = response.trades();
        if (rows.isEmpty() && !response.unread().isEmpty()) {
            UnreadableReason reason = response.unread().get(0).reason();
            throw new UnreadableDataException(reason, "no trade of the response can be read: " + reason);
        }
        if (rows.isEmpty()) {
            return null;
        }
        Trade newest = rows.get(rows.size() - 1);
        boolean lacks = topic.stream() instanceof TradeStream trades
                ? trades.lacks(newest)
                : newest.timestampMicros() > heardAtMicros(topic) + TICKER_DELAY_MICROS;
        return lacks
                ? "REST has a trade of " + newest.symbol() + " at " + Times.instant(newest.timestampMicros()) + " that "
                        + topic + " does not have"
                : null;
    }

    private long heardAtMicros(Topic topic) {
        return context.exchangeMicros() - (context.now() - topic.heardAt()) / 1_000L;
    }

    private static String newerBook(Topic topic, byte[] body) throws IOException {
        JsonNode result = JSON.readTree(body).path("result");
        requireSymbol(result, topic);
        long millis = result.path("cts").asLong(result.path("ts").asLong());
        JsonNode bid = result.path("b").path(0);
        JsonNode ask = result.path("a").path(0);
        boolean complete = bid.size() >= 2 && ask.size() >= 2;
        boolean differs = complete
                && topic.stream() instanceof BookStream books
                && books.book()
                        .differs(millis * 1_000L, decimal(bid, 0), decimal(bid, 1), decimal(ask, 0), decimal(ask, 1));
        return differs ? "REST has a newer best price than " + topic : null;
    }

    private static void requireSymbol(JsonNode result, Topic topic) throws UnreadableDataException {
        try {
            new DataRow(result, unused -> {}).requireSymbol("s", topic.name());
        } catch (RowFaultException e) {
            throw new UnreadableDataException(
                    result.isObject() ? UnreadableReason.SYMBOL : UnreadableReason.FORM, e.getMessage());
        }
    }

    private static BigDecimal decimal(JsonNode level, int index) {
        return new BigDecimal(level.path(index).asText());
    }
}
