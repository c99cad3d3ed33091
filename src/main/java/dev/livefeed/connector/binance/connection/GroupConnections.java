package dev.livefeed.connector.binance.connection;

import dev.livefeed.connector.binance.stream.StreamName;
import dev.livefeed.connector.binance.stream.VenueStream;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.binance.venue.ConnectionGroup;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.feed.connection.ConnectionPool;
import dev.livefeed.connector.feed.connection.OverlappingConnection;

/** The connections of the feed, one or more per group of streams, and which of them carries a stream. */
public final class GroupConnections {

    private final VenueContext context;
    private final BinanceSettings settings;
    private final OverlappingConnection.Listener<VenueStream> listener;
    private final CombinedProtocol protocol;
    private final ConnectionPool<ConnectionGroup, OverlappingConnection<ConnectionGroup, VenueStream>> pool;

    public GroupConnections(
            VenueContext context, BinanceSettings settings, OverlappingConnection.Listener<VenueStream> listener) {
        this.context = context;
        this.settings = settings;
        this.listener = listener;
        this.protocol = new CombinedProtocol(settings);
        this.pool = new ConnectionPool<>(context.time(), this::make);
    }

    private OverlappingConnection<ConnectionGroup, VenueStream> make(ConnectionGroup group, int number) {
        return new OverlappingConnection<>(
                context, group, number, group.connection(), settings.webSocket(group), protocol, listener);
    }

    public ConnectionPool<ConnectionGroup, OverlappingConnection<ConnectionGroup, VenueStream>> pool() {
        return pool;
    }

    /** The connection for a new stream; a new one if none has room, or null if no more are allowed. */
    public OverlappingConnection<ConnectionGroup, VenueStream> forNew(StreamName name) {
        OverlappingConnection<ConnectionGroup, VenueStream> found = pool.first(
                name.group(), one -> one.size() < settings.connections().topics());
        if (found != null) {
            return found;
        }
        return pool.size() < settings.connections().connections() ? pool.open(name.group()) : null;
    }
}
