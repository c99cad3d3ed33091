package dev.livefeed.connector.replay;

import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.Ticker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is subscribed, and how much of it the recording held so far. */
final class ReplaySubscriptions {

    static final String TRADES = "trades";
    static final String DEPTH = "depth";

    /** Bounds what a flood of commands can make it hold. */
    private static final int MOST = 50_000;

    private final Map<String, Map<String, Stream>> bySymbol = new LinkedHashMap<>();
    /** The stream that the channel {@code depth} of a symbol means. */
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

        /** One of its events has gone out. */
        void passed() {
            events++;
        }
    }

    /** @param defaultDepth levels of the channel {@code depth} */
    ReplaySubscriptions(int defaultDepth) {
        this.defaultDepth = defaultDepth;
    }

    /** Why there can be no such subscription, or null. */
    String refusal(String channel, String symbol) {
        boolean known = channel.equals(TRADES)
                || channel.equals(DEPTH)
                || channel.matches("depth\\.\\d{1,5}")
                || channel.equals(Ticker.TYPE)
                || channel.equals(Liquidation.CHANNEL)
                || (channel.startsWith("kline.") && KlineInterval.of(channel.substring("kline.".length())) != null);
        if (!known) {
            return "channel is \"" + channel
                    + "\", must be trades, depth, depth.N, ticker, liquidations or kline.I with I " + "one of "
                    + KlineInterval.names();
        }
        return size >= MOST && !has(channel, symbol) ? "there are " + MOST + " subscriptions, which is the most" : null;
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

    /** Whether anything of the symbol is subscribed. */
    boolean has(String symbol) {
        return bySymbol.containsKey(symbol);
    }

    /** The subscription that an event of the channel belongs to, or null. */
    Stream stream(String channel, String symbol) {
        Map<String, Stream> streams = bySymbol.get(symbol);
        return streams == null ? null : streams.get(channel);
    }

    /**
     * The subscription that a book belongs to, or null. The channel {@code depth} is the book of the default depth;
     * where the recording's first book of the symbol has another depth it is that one, since there may be no other.
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
        Stream usual = streams.get(DEPTH);
        return usual != null && meant(book, levels).equals(book.channel()) ? usual : null;
    }

    private String meant(RecordedBook book, int levels) {
        String chosen = defaultBooks.get(book.symbol());
        if (chosen == null) {
            chosen = book.channel();
            defaultBooks.put(book.symbol(), chosen);
        } else if (levels == defaultDepth && !chosen.equals(book.channel()) && unused(book.symbol())) {
            chosen = book.channel();
            defaultBooks.put(book.symbol(), chosen);
        }
        return chosen;
    }

    private boolean unused(String symbol) {
        Stream usual = stream(DEPTH, symbol);
        return usual == null || usual.events == 0;
    }

    /** The subscriptions that nothing has come of. */
    List<Stream> silent() {
        List<Stream> silent = new ArrayList<>();
        bySymbol.values().forEach(streams -> streams.values().stream()
                .filter(stream -> stream.events == 0)
                .forEach(silent::add));
        return silent;
    }
}
