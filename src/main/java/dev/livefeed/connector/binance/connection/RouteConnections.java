package dev.livefeed.connector.binance.connection;

import dev.livefeed.connector.binance.stream.CombinedFrameParser;
import dev.livefeed.connector.binance.stream.StreamName;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.binance.venue.Route;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.feed.connection.ConnectionPool;

/** The connections of the feed, one or more per route, and which of them carries a stream. */
public final class RouteConnections {

    private final VenueContext context;
    private final BinanceSettings settings;
    private final OverlappingConnection.Listener listener;
    private final CombinedFrameParser parser = new CombinedFrameParser();
    private final ConnectionPool<Route, OverlappingConnection> pool;

    public RouteConnections(VenueContext context, BinanceSettings settings, OverlappingConnection.Listener listener) {
        this.context = context;
        this.settings = settings;
        this.listener = listener;
        this.pool = new ConnectionPool<>(context.time(), this::make);
    }

    private OverlappingConnection make(Route route, int number) {
        return new OverlappingConnection(
                context,
                route,
                number,
                settings.webSocket(route),
                settings.market().messagesPerSecond(),
                parser,
                listener);
    }

    public ConnectionPool<Route, OverlappingConnection> pool() {
        return pool;
    }

    /** The connection for a new stream; a new one if none has room, or null if no more are allowed. */
    public OverlappingConnection forNew(StreamName name) {
        OverlappingConnection found = pool.first(
                name.route(), one -> one.size() < settings.connections().topics());
        if (found != null) {
            return found;
        }
        return pool.size() < settings.connections().connections() ? pool.open(name.route()) : null;
    }
}
