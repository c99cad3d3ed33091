package dev.livefeed.connector.bybit;

import dev.livefeed.book.BookSide;
import dev.livefeed.book.OrderBook;
import dev.livefeed.connector.bybit.topic.FrameParser;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.feed.stream.StreamTable;
import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.stream.ClientConnection;
import dev.livefeed.exchange.stream.StreamSession;
import dev.livefeed.exchange.wire.TextFrame;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Receives everything that the exchange sends, over a connection without faults: all states of each book, and all
 * trades.
 */
final class BookTradeRecorder implements ClientConnection {

    private final FrameParser parser = new FrameParser();
    private final StreamTable<Topic> topics = new StreamTable<>();
    private final Map<String, OrderBook> books = new HashMap<>();
    private final Map<String, Map<Long, Set<Long>>> states = new HashMap<>();
    private final TickerKlineRecorder further = new TickerKlineRecorder();
    private final Map<String, Long> newest = new HashMap<>();

    /** Time in microseconds by id, in the order of the trades; by symbol. */
    private final Map<String, Map<String, Long>> trades = new LinkedHashMap<>();

    private final dev.livefeed.connector.bybit.topic.ParsedFrame read =
            new dev.livefeed.connector.bybit.topic.ParsedFrame();

    BookTradeRecorder(
            Exchange exchange,
            dev.livefeed.exchange.market.ProductCategory category,
            List<TopicName> names,
            long millis) {
        StreamSession session = exchange.connect(category, this);
        for (TopicName name : names) {
            topics.add(new Topic(name));
            books.put(name.text(), new OrderBook(name.kind() == TopicName.Kind.BOOK ? name.depth() : 1));
            exchange.receive(session, "{\"op\":\"subscribe\",\"args\":[\"" + name.text() + "\"]}", millis);
        }
    }

    /** Whether the book of the topic had these levels at that update id. */
    boolean knows(String topic, long updateId, OrderBook book) {
        return states.getOrDefault(topic, Map.of())
                .getOrDefault(updateId, Set.of())
                .contains(state(book));
    }

    /** The newest update id of the topic. */
    long newest(String topic) {
        return newest.get(topic);
    }

    TickerKlineRecorder further() {
        return further;
    }

    Map<String, Long> trades(String symbol) {
        return trades.getOrDefault(symbol, Map.of());
    }

    @Override
    public void send(TextFrame sent) {
        byte[] bytes = sent.text().getBytes(StandardCharsets.UTF_8);
        String unreadable = parser.parse(bytes, 0, bytes.length, Long.MAX_VALUE / 2, topics, read);
        if (unreadable != null) {
            throw new AssertionError(unreadable + ": " + sent.text());
        }
        if (read.topic == null) {
            return;
        }
        String topic = read.topic.name().text();
        if (read.topic.name().kind() == TopicName.Kind.TRADES) {
            Map<String, Long> known = trades.computeIfAbsent(read.topic.name().symbol(), key -> new LinkedHashMap<>());
            for (int i = 0; i < read.tradeCount; i++) {
                known.put(read.trades.get(i).id, read.trades.get(i).timeMillis * 1_000L);
            }
            return;
        }
        if (read.topic.name().kind() != TopicName.Kind.BOOK) {
            further.take(read);
            return;
        }
        OrderBook book = books.get(topic);
        if (read.snapshot) {
            book.snapshot(read.bids, read.asks);
        } else {
            book.apply(read.bids, read.asks);
        }
        newest.put(topic, read.updateId);
        states.computeIfAbsent(topic, key -> new HashMap<>())
                .computeIfAbsent(read.updateId, key -> new HashSet<>())
                .add(state(book));
    }

    private static long state(OrderBook book) {
        return 31 * state(book.bids()) + state(book.asks());
    }

    private static long state(BookSide side) {
        long state = side.size();
        for (int i = 0; i < side.size(); i++) {
            state = mix(state, side.priceUnscaled(i), side.priceScale());
            state = mix(state, side.qtyUnscaled(i), side.qtyScale());
        }
        return state;
    }

    /** Adds a number; equal numbers of different scales count the same. */
    private static long mix(long state, long unscaled, int scale) {
        long digits = unscaled;
        int places = scale;
        while (digits % 10 == 0 && digits != 0) {
            digits /= 10;
            places--;
        }
        return state * 0x9E3779B97F4A7C15L + 64 * digits + (digits == 0 ? 0 : places);
    }

    @Override
    public void flush() {}

    @Override
    public void resetWithin(TextFrame sent) {}

    @Override
    public void setReadingPaused(boolean frozen) {}

    @Override
    public void close() {}
}
