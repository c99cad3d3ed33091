package dev.livefeed.app.feed;

import dev.livefeed.protocol.codec.EventVisitor;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.InstrumentId;
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

/** Counts the events of the feed by type and instrument, and the rates of the last minute. One writer, any readers. */
public final class FeedCounters {

    /** What one type of event of one symbol adds up to. */
    public static final class Channel {

        private final String type;
        private final InstrumentId instrument;
        private volatile long count;
        private volatile long lastTimestampMicros;
        private volatile long lastMillis;

        Channel(String type, InstrumentId instrument) {
            this.type = type;
            this.instrument = instrument;
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

        /** The instrument; its symbol is {@code none} for events of no symbol, {@code other} beyond the limit. */
        public InstrumentId instrument() {
            return instrument;
        }

        /** Symbol of the instrument. */
        public String symbol() {
            return instrument.symbol();
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
    private static final InstrumentId NO_SYMBOL = InstrumentId.of(null, null, "none");
    private static final InstrumentId OTHER = InstrumentId.of(null, null, "other");
    private static final String UNKNOWN = "unknown";

    private final LongSupplier millis;
    private final RateWindow trades = new RateWindow();
    private final RateWindow depths = new RateWindow();
    private final ConcurrentMap<InstrumentId, Channel> tradesBySymbol = new ConcurrentHashMap<>();
    private final ConcurrentMap<InstrumentId, Channel> depthsBySymbol = new ConcurrentHashMap<>();
    private final BookCounters books = new BookCounters();
    private final int defaultLevels;
    /** The further types; their names are ours, so that there are few. */
    private final ConcurrentMap<String, ConcurrentMap<InstrumentId, Channel>> kinds = new ConcurrentHashMap<>();

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
    public void expect(String name, InstrumentId instrument) {
        if (name.equals("trades")) {
            expect(tradesBySymbol, Trade.TYPE, instrument);
        } else if (name.equals("depth") || name.startsWith("depth.")) {
            expect(depthsBySymbol, Depth.TYPE, instrument);
        } else {
            String kind = kind(name);
            expect(kinds.computeIfAbsent(kind, k -> new ConcurrentHashMap<>()), kind, instrument);
        }
    }

    /** What a connector says of itself is expected of each. */
    public void expectStatuses() {
        channelOf(Status.TYPE);
        channelOf(Failure.TYPE);
        channelOf(UNKNOWN);
    }

    private void expect(ConcurrentMap<InstrumentId, Channel> channels, String type, InstrumentId key) {
        if (!channels.containsKey(key)) {
            add(channels, type, key);
        }
    }

    /** The channel of what is no market event. */
    private Channel channelOf(String type) {
        Channel channel = others.get(type);
        return channel != null ? channel : others.computeIfAbsent(type, t -> announced(new Channel(t, NO_SYMBOL)));
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
            return count(tradesBySymbol, Trade.TYPE, trade.instrument(), trade.timestampMicros());
        }

        @Override
        public Void depth(Depth depth) {
            depths.add(now);
            books.count(depth.instrument(), depth.levels(), now, depth.timestampMicros());
            return count(depthsBySymbol, Depth.TYPE, depth.instrument(), depth.timestampMicros());
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
            return other(Status.TYPE);
        }

        @Override
        public Void failure(Failure failure) {
            return other(Failure.TYPE);
        }

        @Override
        public Void unknown(Unknown event) {
            return other(UNKNOWN);
        }

        private Void other(String type) {
            channelOf(type).add(now, 0);
            return null;
        }
    }

    private Void typed(TypedEvent event) {
        String kind = event.countedAs();
        InstrumentId instrument = event.instrument() == null ? NO_SYMBOL : event.instrument();
        return count(
                kinds.computeIfAbsent(kind, k -> new ConcurrentHashMap<>()), kind, instrument, event.timestampMicros());
    }

    private Void count(ConcurrentMap<InstrumentId, Channel> channels, String type, InstrumentId key, long micros) {
        Channel channel = channels.get(key);
        if (channel == null) {
            channel = add(channels, type, key);
        }
        channel.add(now, micros);
        return null;
    }

    private Channel add(ConcurrentMap<InstrumentId, Channel> channels, String type, InstrumentId key) {
        InstrumentId place = channels.size() >= MAX_CHANNELS ? OTHER : key;
        return channels.computeIfAbsent(place, k -> announced(new Channel(type, place)));
    }

    private Channel announced(Channel added) {
        listener.added(added);
        return added;
    }

    /** All channels that had an event. */
    public List<Channel> channels() {
        Stream<Channel> ofInstruments = Stream.concat(
                        Stream.of(tradesBySymbol, depthsBySymbol), kinds.values().stream())
                .flatMap(m -> m.values().stream());
        return Stream.concat(ofInstruments, others.values().stream())
                .filter(channel -> channel.count() > 0)
                .toList();
    }

    /** What has come of a channel of the protocol for a symbol, null before the first event. */
    public Channel channel(String name, InstrumentId instrument) {
        if (name.equals("trades")) {
            return begun(tradesBySymbol.get(instrument));
        }
        if (name.equals("depth") || name.startsWith("depth.")) {
            return books.channel(name, instrument, defaultLevels);
        }
        ConcurrentMap<InstrumentId, Channel> kind = kinds.get(kind(name));
        return kind == null ? null : begun(kind.get(instrument));
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
