package dev.livefeed.app.feed;

import dev.livefeed.protocol.codec.EventVisitor;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.TypedEvent;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.Status;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Counts the events of the feed by type and symbol, and the rates of the last minute. One writer, any readers. */
public final class FeedCounters {

    /** What one type of event of one symbol adds up to. */
    public static final class Channel {

        private final String type;
        private final String symbol;
        private volatile long count;
        private volatile long lastTimestampMicros;
        private volatile long lastMillis;

        Channel(String type, String symbol) {
            this.type = type;
            this.symbol = symbol;
        }

        /** One more event; by the one writer. */
        void add(long now, long micros) {
            count = count + 1;
            lastTimestampMicros = micros;
            lastMillis = now;
        }

        public String type() {
            return type;
        }

        /** The symbol, {@code none} for events of no symbol, {@code other} beyond the limit. */
        public String symbol() {
            return symbol;
        }

        public long count() {
            return count;
        }

        /** Exchange time of the last event, microseconds since 1970. */
        public long lastTimestampMicros() {
            return lastTimestampMicros;
        }

        /** When the last event came, on the clock of these counters. */
        public long lastMillis() {
            return lastMillis;
        }
    }

    static final int MAX_CHANNELS = 5_000;
    /** Books of different depths a symbol. */
    static final int MAX_BOOKS = 8;

    private static final int MAX_STATUSES = 200;
    private static final String NO_SYMBOL = "none";
    private static final String UNKNOWN = "unknown";

    private final LongSupplier millis;
    private final RateWindow trades = new RateWindow();
    private final RateWindow depths = new RateWindow();
    private final ConcurrentMap<String, Channel> tradesBySymbol = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Channel> depthsBySymbol = new ConcurrentHashMap<>();
    private final BookCounters books = new BookCounters();
    private final int defaultLevels;
    /** The further types; their names are ours, so that there are few. */
    private final ConcurrentMap<String, ConcurrentMap<String, Channel>> kinds = new ConcurrentHashMap<>();

    private final ConcurrentMap<String, Channel> others = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Long> statuses = new ConcurrentHashMap<>();
    private final Counted counted = new Counted();
    private volatile long firstMillis = -1;
    /** Arrival of the event that is being counted. Only used by the thread that counts. */
    private long now;

    private volatile ChannelListener listener = channel -> {};

    /** Called with each channel when it is first expected or its first event arrives. */
    public interface ChannelListener {

        void added(Channel channel);
    }

    /**
     * @param millis a clock that never goes back, milliseconds
     * @param defaultLevels depth of the channel {@code depth}
     */
    public FeedCounters(LongSupplier millis, int defaultLevels) {
        this.millis = millis;
        this.defaultLevels = defaultLevels;
    }

    /** One listener; set before the first event. */
    public void onChannel(ChannelListener newListener) {
        listener = newListener;
    }

    /** Events of the channel of the protocol are wanted: they are counted from 0, not from the first one on. */
    public void expect(String name, String symbol) {
        if (name.equals("trades")) {
            expect(tradesBySymbol, Trade.TYPE, symbol);
        } else if (name.equals("depth") || name.startsWith("depth.")) {
            expect(depthsBySymbol, Depth.TYPE, symbol);
        } else {
            String kind = kind(name);
            expect(kinds.computeIfAbsent(kind, k -> new ConcurrentHashMap<>()), kind, symbol);
        }
    }

    /** What a connector says of itself is expected of each. */
    public void expectStatuses() {
        expect(others, Status.TYPE, Status.TYPE);
        expect(others, Failure.TYPE, Failure.TYPE);
        expect(others, UNKNOWN, UNKNOWN);
    }

    private void expect(ConcurrentMap<String, Channel> channels, String type, String key) {
        if (!channels.containsKey(key)) {
            add(channels, type, key);
        }
    }

    private static String kind(String channel) {
        return channel.equals(Liquidation.CHANNEL) ? Liquidation.TYPE : channel;
    }

    /** Counts an event. */
    public void event(Event event) {
        now = millis.getAsLong();
        if (firstMillis < 0) {
            firstMillis = now;
        }
        counted.visit(event);
    }

    /** What each kind of event adds to. */
    private final class Counted implements EventVisitor<Void> {

        @Override
        public Void other(Event event) {
            return null;
        }

        @Override
        public Void trade(Trade trade) {
            trades.add(now);
            return count(tradesBySymbol, Trade.TYPE, trade.symbol(), trade.timestampMicros());
        }

        @Override
        public Void depth(Depth depth) {
            depths.add(now);
            books.count(depth.symbol(), depth.levels(), now, depth.timestampMicros());
            return count(depthsBySymbol, Depth.TYPE, depth.symbol(), depth.timestampMicros());
        }

        @Override
        public Void market(MarketEvent event) {
            return typed(event);
        }

        @Override
        public Void account(AccountEvent event) {
            return typed(event);
        }

        @Override
        public Void status(Status status) {
            if (statuses.size() < MAX_STATUSES || statuses.containsKey(status.status())) {
                statuses.merge(status.status(), 1L, Long::sum);
            }
            return count(others, Status.TYPE, Status.TYPE, 0);
        }

        @Override
        public Void failure(Failure failure) {
            return count(others, Failure.TYPE, Failure.TYPE, 0);
        }

        @Override
        public Void unknown(Unknown event) {
            return count(others, UNKNOWN, UNKNOWN, 0);
        }
    }

    private Void typed(TypedEvent event) {
        String kind = event.countedAs();
        String symbol = event.symbol() == null ? NO_SYMBOL : event.symbol();
        return count(
                kinds.computeIfAbsent(kind, k -> new ConcurrentHashMap<>()), kind, symbol, event.timestampMicros());
    }

    private Void count(ConcurrentMap<String, Channel> channels, String type, String key, long micros) {
        Channel channel = channels.get(key);
        if (channel == null) {
            channel = add(channels, type, key);
        }
        channel.add(now, micros);
        return null;
    }

    private Channel add(ConcurrentMap<String, Channel> channels, String type, String key) {
        boolean full = channels.size() >= MAX_CHANNELS;
        String symbol = channels == others ? NO_SYMBOL : full ? "other" : key;
        String place = full ? "other" : key;
        return channels.computeIfAbsent(place, k -> {
            Channel added = new Channel(type, symbol);
            listener.added(added);
            return added;
        });
    }

    /** All channels that had an event. */
    public List<Channel> channels() {
        return Stream.concat(Stream.of(tradesBySymbol, depthsBySymbol, others), kinds.values().stream())
                .flatMap(m -> m.values().stream())
                .filter(channel -> channel.count() > 0)
                .toList();
    }

    /** What has come of a channel of the protocol for a symbol, null before the first event. */
    public Channel channel(String name, String symbol) {
        if (name.equals("trades")) {
            return begun(tradesBySymbol.get(symbol));
        }
        if (name.equals("depth") || name.startsWith("depth.")) {
            return books.channel(name, symbol, defaultLevels);
        }
        ConcurrentMap<String, Channel> kind = kinds.get(kind(name));
        return kind == null ? null : begun(kind.get(symbol));
    }

    private static Channel begun(Channel channel) {
        return channel == null || channel.count() == 0 ? null : channel;
    }

    /** How often each status came. */
    public Map<String, Long> statuses() {
        return Map.copyOf(statuses);
    }

    public long trades() {
        return trades.total();
    }

    public long depths() {
        return depths.total();
    }

    /** Trades of the last 60 seconds. */
    public long tradesLastMinute() {
        return trades.lastMinute(millis.getAsLong());
    }

    /** Depth events of the last 60 seconds. */
    public long depthsLastMinute() {
        return depths.lastMinute(millis.getAsLong());
    }

    /** How many of the last 60 seconds have been counted, at least 1. */
    public double countedSeconds() {
        long first = firstMillis;
        long since = first < 0 ? 0 : millis.getAsLong() - first;
        return Math.max(1, Math.min(RateWindow.SECONDS, since / 1000.0));
    }

    /** Milliseconds since the channel's last event. */
    public long ageMillis(Channel channel) {
        return Math.max(0, millis.getAsLong() - channel.lastMillis());
    }
}
