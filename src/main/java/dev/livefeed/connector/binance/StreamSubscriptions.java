package dev.livefeed.connector.binance;

import dev.livefeed.connector.binance.book.BinanceContinuity;
import dev.livefeed.connector.binance.book.BinanceSnapshots;
import dev.livefeed.connector.binance.book.BookHandler;
import dev.livefeed.connector.binance.connection.GroupConnections;
import dev.livefeed.connector.binance.stream.StreamHandler;
import dev.livefeed.connector.binance.stream.StreamName;
import dev.livefeed.connector.binance.stream.VenueStream;
import dev.livefeed.connector.binance.ticker.CandleHandler;
import dev.livefeed.connector.binance.ticker.LiquidationHandler;
import dev.livefeed.connector.binance.ticker.TickerHandler;
import dev.livefeed.connector.binance.trade.BinanceTradeSource;
import dev.livefeed.connector.binance.trade.TradeHandler;
import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.feed.LiveTrades;
import dev.livefeed.connector.feed.Reconciled;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.feed.book.BookSnapshots;
import dev.livefeed.connector.feed.book.JoinedBook;
import dev.livefeed.connector.feed.connection.OverlappingConnection;
import dev.livefeed.connector.feed.trade.TradeSequence;
import dev.livefeed.connector.feed.trade.TradeSource;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** All subscriptions, and what is done for them one at a time so that their number does not increase the load. */
final class StreamSubscriptions {

    private static final long SECOND = 1_000_000_000L;

    /** Most weight of the requests that compare silent streams with REST, per second. */
    private static final int RECONCILIATION_WEIGHT = 5;

    /** These requests use at most an eighth of the limit per minute. */
    private static final int RECONCILIATION_PART = 8;

    private final VenueContext context;
    private final BinanceSettings settings;
    private final GroupConnections connections;
    private final IntSupplier weightPerMinute;
    private final BookSnapshots snapshots;
    private final TradeSource source;
    private final Map<String, StreamSubscription> all = new LinkedHashMap<>();
    private final Map<VenueStream, StreamSubscription> byStream = new IdentityHashMap<>();
    private final Map<VenueStream, OverlappingConnection<?, VenueStream>> connectionOf = new IdentityHashMap<>();
    private long checkedAt;
    private long reconcileAt;

    /** @param weightPerMinute the limit on the weight of requests */
    StreamSubscriptions(
            VenueContext context, BinanceSettings settings, GroupConnections connections, IntSupplier weightPerMinute) {
        this.context = context;
        this.settings = settings;
        this.weightPerMinute = weightPerMinute;
        this.connections = connections;
        this.snapshots = new BookSnapshots(context, new BinanceSnapshots(settings, weightPerMinute));
        this.source = new BinanceTradeSource(settings);
        this.checkedAt = context.now();
        this.reconcileAt = context.now();
    }

    private static String key(String symbol, ChannelName channel) {
        return symbol + ' ' + channel.streams();
    }

    Collection<StreamSubscription> all() {
        return List.copyOf(all.values());
    }

    /** The subscription that carries the channel, or would; null if there is none. */
    StreamSubscription find(String symbol, ChannelName channel) {
        return all.get(key(symbol, channel));
    }

    StreamSubscription of(VenueStream stream) {
        return byStream.get(stream);
    }

    List<StreamSubscription> of(String symbol) {
        return all.values().stream()
                .filter(one -> one.instrument().symbol().equals(symbol))
                .toList();
    }

    /** Creates a subscription with its streams; null if all connections are full. */
    StreamSubscription create(String symbol, ChannelName channel) {
        BinanceMarket market = settings.market();
        InstrumentId instrument = market.instrument(symbol);
        StreamHandler handler =
                switch (channel.kind()) {
                    case TRADES -> new TradeHandler(instrument, new TradeSequence(context, instrument, source));
                    case BOOK ->
                        new BookHandler(
                                context,
                                new JoinedBook(
                                        context,
                                        instrument,
                                        market.futures() ? BinanceContinuity.FUTURES : BinanceContinuity.SPOT,
                                        snapshots));
                    case TICKER -> new TickerHandler(context, instrument);
                    case KLINE -> new CandleHandler(context, instrument, channel.interval());
                    case LIQUIDATIONS -> new LiquidationHandler(context, instrument);
                };
        StreamSubscription created = new StreamSubscription(instrument, handler);
        for (StreamName name : names(symbol, channel)) {
            OverlappingConnection<?, VenueStream> connection = connections.forNew(name);
            if (connection == null) {
                remove(created);
                return null;
            }
            VenueStream stream = new VenueStream(name, handler);
            created.add(stream);
            byStream.put(stream, created);
            connectionOf.put(stream, connection);
            connection.add(stream);
        }
        all.put(key(symbol, channel), created);
        return created;
    }

    private List<StreamName> names(String symbol, ChannelName channel) {
        BinanceMarket market = settings.market();
        return switch (channel.kind()) {
            case TRADES -> List.of(StreamName.trades(market, settings.singleTrades(), symbol));
            case BOOK -> List.of(StreamName.depth(market, symbol));
            case TICKER -> {
                List<StreamName> names = new ArrayList<>(
                        List.of(StreamName.bookTicker(market, symbol), StreamName.ticker(market, symbol)));
                if (market.futures()) {
                    names.add(StreamName.markPrice(market, symbol));
                }
                yield names;
            }
            case KLINE -> List.of(StreamName.kline(market, channel.interval(), symbol));
            case LIQUIDATIONS -> List.of(StreamName.liquidations(market, symbol));
        };
    }

    /** Unsubscribes the streams. */
    void remove(StreamSubscription subscription) {
        all.values().removeIf(one -> one == subscription);
        for (VenueStream stream : subscription.streams()) {
            connectionOf.remove(stream).remove(stream);
            byStream.remove(stream);
        }
    }

    void tick() {
        all().forEach(one -> one.handler().tick());
        long now = context.now();
        if (now - checkedAt >= SECOND) {
            checkedAt = now;
            compareBooks();
        }
        if (now - reconcileAt >= 0 && context.rest().available()) {
            reconcile(now);
        }
    }

    /** Compares each book with the trades of its instrument. */
    private void compareBooks() {
        for (StreamSubscription one : all.values()) {
            if (one.book() != null && one.isCarried() && expectsData(one)) {
                LiveTrades trades = trades(one.instrument().symbol());
                if (trades != null) {
                    one.book().compare(trades);
                }
            }
        }
    }

    private static boolean expectsData(StreamSubscription one) {
        return one.streams().stream().allMatch(VenueStream::expectsData);
    }

    private LiveTrades trades(String symbol) {
        StreamSubscription trades = all.get(symbol + ' ' + ChannelName.TRADES);
        return trades != null && trades.isCarried() ? trades.trades().live() : null;
    }

    private void reconcile(long now) {
        Reconciled most = null;
        long overdue = 0;
        for (StreamSubscription one : all.values()) {
            Reconciled candidate = one.reconciled();
            long by = candidate == null ? -1 : candidate.reconciliationOverdue();
            if (by > overdue) {
                overdue = by;
                most = candidate;
            }
        }
        if (most != null) {
            double perSecond = Math.min(RECONCILIATION_WEIGHT, weightPerMinute.getAsInt() / 60.0 / RECONCILIATION_PART);
            reconcileAt = now + (long) (SECOND * most.reconciliationWeight() / perSecond);
            most.reconcile();
        }
    }

    /** Adds how many books are right to the figures of the heartbeat. */
    void show(Map<String, Object> figures) {
        long books = all.values().stream().filter(one -> one.book() != null).count();
        long synced = all.values().stream()
                .filter(one -> one.book() != null && one.book().synced())
                .count();
        figures.put("books", books);
        figures.put("books_synced", synced);
        figures.put("snapshots_waiting", snapshots.waiting());
    }
}
