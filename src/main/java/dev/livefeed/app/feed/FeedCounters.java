package dev.livefeed.app.feed;

import dev.livefeed.protocol.codec.EventVisitor;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.RiskEvent.PriceLimit;
import dev.livefeed.protocol.model.RpiDepth;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.TypedEvent;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.Maintenance;
import dev.livefeed.protocol.status.Status;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Counts the events of the feed by type and instrument, and the rates of the last minute. One writer, any readers. */
public final class FeedCounters {

    /** Counters of one event type of one instrument. */
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

        /** Counts an event that was received at the given time. Called only by the writer. */
        void add(long received, long micros) {
            count = count + 1;
            lastTimestampMicros = micros;
            lastMillis = Math.max(lastMillis, received);
        }

        public String type() {
            return type;
        }

        /** The instrument; its symbol is {@code none} for events without a symbol, {@code other} beyond the limit. */
        public InstrumentId instrument() {
            return instrument;
        }

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

        /** When the connector received the newest event, on the clock of these counters. */
        public long lastMillis() {
            return lastMillis;
        }
    }

    public static final int MAX_CHANNELS = 5_000;
    /** Maximum number of books of different depths per symbol. */
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
    /** The other event types. The application defines their names, so there are few. */
    private final ConcurrentMap<String, ConcurrentMap<InstrumentId, Channel>> kinds = new ConcurrentHashMap<>();

    private final ConcurrentMap<String, Channel> others = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Long> statuses = new ConcurrentHashMap<>();
    private final Counted counted = new Counted();
    private volatile long firstMillis = -1;
    /** When the current event is processed. Only used by the counting thread. */
    private long now;

    /** When the connector received the current event. */
    private long received;

    private volatile ChannelListener listener = channel -> {};

    /** Called with each channel when it is first expected or its first event arrives. */
    public interface ChannelListener {

        void added(Channel channel);

        /** The channel's instrument has ended: it is not counted any more. */
        default void released(Channel channel) {}
    }

    /**
     * @param millis monotonic clock, milliseconds
     * @param defaultLevels depth of the channel {@code depth}
     */
    public FeedCounters(LongSupplier millis, int defaultLevels) {
        this.millis = millis;
        this.defaultLevels = defaultLevels;
    }

    /** Sets the only listener; must be set before the first event. */
    public void onChannel(ChannelListener newListener) {
        listener = newListener;
    }

    /** Registers a wanted channel, so that its counter starts at 0 instead of appearing with the first event. */
    public void expect(String name, InstrumentId instrument) {
        if (name.equals("trades")) {
            expect(tradesBySymbol, Trade.TYPE, instrument);
        } else if (Depth.carriedBy(name)) {
            expect(depthsBySymbol, Depth.TYPE, instrument);
        } else if (!name.equals(Maintenance.CHANNEL)) {
            String kind = kind(name);
            expect(kinds.computeIfAbsent(kind, k -> new ConcurrentHashMap<>()), kind, instrument);
        }
    }

    /** Registers the statuses that every connector sends. */
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

    /** The channel of events that are not market data. */
    private Channel channelOf(String type) {
        Channel channel = others.get(type);
        return channel != null ? channel : others.computeIfAbsent(type, t -> announced(new Channel(t, NO_SYMBOL)));
    }

    private static String kind(String channel) {
        return switch (channel) {
            case Liquidation.CHANNEL -> Liquidation.TYPE;
            case PriceLimit.CHANNEL -> PriceLimit.TYPE;
            case RpiDepth.CHANNEL -> RpiDepth.TYPE;
            default -> channel;
        };
    }

    /** Counts an event that is processed as soon as it is received. */
    public void event(Event event) {
        event(event, 0);
    }

    /** @param waited milliseconds between the receipt of the event by the connector and its processing */
    public void event(Event event, long waited) {
        now = millis.getAsLong();
        received = now - waited;
        if (firstMillis < 0) {
            firstMillis = now;
        }
        counted.visit(event);
    }

    /** Counts each type of event. */
    private final class Counted implements EventVisitor<Void> {

        @Override
        public Void trade(Trade trade) {
            trades.add(now);
            return count(tradesBySymbol, Trade.TYPE, trade.instrument(), trade.timestampMicros());
        }

        @Override
        public Void depth(Depth depth) {
            depths.add(now);
            books.count(depth.instrument(), depth.levels(), received, depth.timestampMicros());
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
            return withoutInstrument(Status.TYPE);
        }

        @Override
        public Void failure(Failure failure) {
            return withoutInstrument(Failure.TYPE);
        }

        @Override
        public Void unknown(Unknown event) {
            return withoutInstrument(UNKNOWN);
        }

        private Void withoutInstrument(String type) {
            channelOf(type).add(received, 0);
            return null;
        }

        @Override
        public Void history(HistoryEvent event) {
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
        channel.add(received, micros);
        return null;
    }

    private Channel add(ConcurrentMap<InstrumentId, Channel> channels, String type, InstrumentId key) {
        InstrumentId place = channels.size() >= MAX_CHANNELS ? OTHER : key;
        return channels.computeIfAbsent(place, k -> announced(new Channel(type, place)));
    }

    /** Whether there is a counter of the instrument. */
    public boolean has(InstrumentId instrument) {
        return tradesBySymbol.containsKey(instrument)
                || depthsBySymbol.containsKey(instrument)
                || kinds.values().stream().anyMatch(channels -> channels.containsKey(instrument));
    }

    /** Gives up the counters of an instrument that has ended. Called by the writer. */
    public void release(InstrumentId instrument) {
        release(tradesBySymbol, instrument);
        release(depthsBySymbol, instrument);
        kinds.values().forEach(channels -> release(channels, instrument));
        books.release(instrument);
    }

    private void release(ConcurrentMap<InstrumentId, Channel> channels, InstrumentId instrument) {
        Channel channel = channels.remove(instrument);
        if (channel != null) {
            listener.released(channel);
        }
    }

    /** The largest number of counted instruments of an event type. */
    public int size() {
        return Stream.concat(Stream.of(tradesBySymbol, depthsBySymbol), kinds.values().stream())
                .mapToInt(Map::size)
                .max()
                .orElse(0);
    }

    /** Number of events of instruments beyond the limit, which are counted as {@code other}. */
    public long uncounted() {
        return Stream.concat(Stream.of(tradesBySymbol, depthsBySymbol), kinds.values().stream())
                .map(channels -> channels.get(OTHER))
                .mapToLong(channel -> channel == null ? 0 : channel.count())
                .sum();
    }

    private Channel announced(Channel added) {
        listener.added(added);
        return added;
    }

    /** All channels with at least one event. */
    public List<Channel> channels() {
        Stream<Channel> ofInstruments = Stream.concat(
                        Stream.of(tradesBySymbol, depthsBySymbol), kinds.values().stream())
                .flatMap(m -> m.values().stream());
        return Stream.concat(ofInstruments, others.values().stream())
                .filter(channel -> channel.count() > 0)
                .toList();
    }

    /**
     * Counters of a protocol channel of an instrument, null before the first event. Those of a base coin are the sum of
     * its contracts.
     */
    public Channel channel(String name, InstrumentId instrument) {
        if (name.equals("trades")) {
            return begun(tradesBySymbol, instrument);
        }
        if (Depth.carriedBy(name)) {
            return instrument.isBaseCoin()
                    ? begun(depthsBySymbol, instrument)
                    : books.channel(name, instrument, defaultLevels);
        }
        ConcurrentMap<InstrumentId, Channel> kind = kinds.get(kind(name));
        return kind == null ? null : begun(kind, instrument);
    }

    private static Channel begun(ConcurrentMap<InstrumentId, Channel> channels, InstrumentId instrument) {
        Channel own = begun(channels.get(instrument));
        if (own != null || !instrument.isBaseCoin()) {
            return own;
        }
        Channel sum = new Channel(null, instrument);
        for (Channel channel : channels.values()) {
            if (channel.count() > 0 && instrument.covers(channel.instrument())) {
                sum.count += channel.count();
                sum.lastMillis = Math.max(sum.lastMillis, channel.lastMillis());
                sum.lastTimestampMicros = Math.max(sum.lastTimestampMicros, channel.lastTimestampMicros());
            }
        }
        return begun(sum);
    }

    private static Channel begun(Channel channel) {
        return channel == null || channel.count() == 0 ? null : channel;
    }

    /** Number of statuses by name. */
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

    /** Seconds counted so far, 1 to 60. */
    public double countedSeconds() {
        long first = firstMillis;
        long since = first < 0 ? 0 : millis.getAsLong() - first;
        return Math.max(1, Math.min(RateWindow.SECONDS, since / 1000.0));
    }

    /** The clock of the counters, on which {@link Channel#lastMillis} is. */
    public long clockMillis() {
        return millis.getAsLong();
    }

    /** Milliseconds since the channel's newest event was received. */
    public long ageMillis(Channel channel) {
        return Math.max(0, millis.getAsLong() - channel.lastMillis());
    }
}
