package dev.livefeed.connector.replay;

import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.model.RiskEvent;
import dev.livefeed.protocol.model.RpiDepth;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.status.Maintenance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The subscriptions and how many events of each have been played. */
final class ReplaySubscriptions {

    static final String TRADES = "trades";
    static final String DEPTH = "depth";

    /** Limits the memory that a flood of commands can take. */
    private static final int MAX_SUBSCRIPTIONS = 50_000;

    private final Map<String, Map<String, Stream>> bySymbol = new LinkedHashMap<>();
    /** The {@code depth.N} channel that {@code depth} stands for, by symbol. */
    private final Map<String, String> defaultBooks = new HashMap<>();

    private final int defaultDepth;
    private int size;

    /** One subscription. */
    static final class Stream {

        private final String channel;
        private final String symbol;
        private long events;

        private Stream(String channel, String symbol) {
            this.channel = channel;
            this.symbol = symbol;
        }

        String channel() {
            return channel;
        }

        String symbol() {
            return symbol;
        }

        /** Counts a played event. */
        void countEvent() {
            events++;
        }
    }

    /** @param defaultDepth levels per side of the channel {@code depth} */
    ReplaySubscriptions(int defaultDepth) {
        this.defaultDepth = defaultDepth;
    }

    /** Why the subscription is not possible; null if it is. */
    String refusal(String channel, String symbol) {
        boolean supported = channel.equals(TRADES)
                || channel.equals(DEPTH)
                || channel.matches("depth\\.\\d{1,5}")
                || channel.equals(Ticker.TYPE)
                || channel.equals(Maintenance.CHANNEL)
                || RiskEvent.carriedBy(channel)
                || channel.equals(RpiDepth.CHANNEL)
                || (channel.startsWith("kline.") && KlineInterval.of(channel.substring("kline.".length())) != null);
        if (!supported) {
            return "channel is \"" + channel
                    + "\", must be trades, depth, depth.N, depth.rpi, ticker, liquidations, adl, insurance, "
                    + "price-limit, system or "
                    + "kline.I with I one of "
                    + KlineInterval.names();
        }
        return size >= MAX_SUBSCRIPTIONS && !has(channel, symbol)
                ? "there are already " + MAX_SUBSCRIPTIONS + " subscriptions, which is the limit"
                : null;
    }

    void add(String channel, String symbol) {
        if (bySymbol.computeIfAbsent(symbol, s -> new LinkedHashMap<>(4))
                        .putIfAbsent(channel, new Stream(channel, symbol))
                == null) {
            size++;
        }
    }

    void remove(String channel, String symbol) {
        Map<String, Stream> streams = bySymbol.get(symbol);
        if (streams != null && streams.remove(channel) != null) {
            size--;
            if (streams.isEmpty()) {
                bySymbol.remove(symbol);
            }
        }
    }

    void clear() {
        bySymbol.clear();
        size = 0;
    }

    int size() {
        return size;
    }

    boolean has(String channel, String symbol) {
        return stream(channel, symbol) != null;
    }

    /** Whether any channel of the symbol is subscribed. */
    boolean has(String symbol) {
        return bySymbol.containsKey(symbol);
    }

    /** The subscription of a channel and symbol, or null. */
    Stream stream(String channel, String symbol) {
        Map<String, Stream> streams = bySymbol.get(symbol);
        return streams == null ? null : streams.get(channel);
    }

    /**
     * The subscription that a book belongs to, or null. The channel {@code depth} stands for the book of the default
     * depth. If the first recorded book of the symbol has another depth, it stands for that book, since the recording
     * may have no other.
     */
    Stream book(RecordedBook book, int levels) {
        Map<String, Stream> streams = bySymbol.get(book.symbol());
        if (streams == null) {
            return null;
        }
        Stream named = streams.get(book.channel());
        if (named != null) {
            return named;
        }
        Stream defaultStream = streams.get(DEPTH);
        return defaultStream != null && defaultBook(book, levels).equals(book.channel()) ? defaultStream : null;
    }

    private String defaultBook(RecordedBook book, int levels) {
        String channel = defaultBooks.get(book.symbol());
        if (channel == null) {
            channel = book.channel();
            defaultBooks.put(book.symbol(), channel);
        } else if (levels == defaultDepth && !channel.equals(book.channel()) && defaultUnused(book.symbol())) {
            channel = book.channel();
            defaultBooks.put(book.symbol(), channel);
        }
        return channel;
    }

    private boolean defaultUnused(String symbol) {
        Stream defaultStream = stream(DEPTH, symbol);
        return defaultStream == null || defaultStream.events == 0;
    }

    /** The subscriptions of which nothing has been played. */
    List<Stream> withoutEvents() {
        List<Stream> withoutEvents = new ArrayList<>();
        bySymbol.values().forEach(streams -> streams.values().stream()
                .filter(stream -> stream.events == 0)
                .forEach(withoutEvents::add));
        return withoutEvents;
    }
}
