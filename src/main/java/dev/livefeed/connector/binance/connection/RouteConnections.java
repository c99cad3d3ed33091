package dev.livefeed.connector.binance.connection;

import dev.livefeed.connector.binance.stream.CombinedFrameParser;
import dev.livefeed.connector.binance.stream.StreamName;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.binance.venue.Route;
import dev.livefeed.connector.feed.VenueContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The connections of the feed: one per route, and more if one cannot carry all of its streams. A connection without
 * streams is closed after some time, except the last one of all.
 */
public final class RouteConnections {

    private static final long EMPTY_NANOS = 10_000_000_000L;

    private final VenueContext context;
    private final BinanceSettings settings;
    private final OverlappingConnection.Listener listener;
    private final CombinedFrameParser parser = new CombinedFrameParser();
    private final List<OverlappingConnection> all = new ArrayList<>();

    public RouteConnections(VenueContext context, BinanceSettings settings, OverlappingConnection.Listener listener) {
        this.context = context;
        this.settings = settings;
        this.listener = listener;
    }

    public List<OverlappingConnection> all() {
        return List.copyOf(all);
    }

    public int size() {
        return all.size();
    }

    /** Number of open connections. */
    public int open() {
        return (int) all.stream().filter(OverlappingConnection::isOpen).count();
    }

    public int streams() {
        return all.stream().mapToInt(one -> one.streams().size()).sum();
    }

    /** Whether the server of a connection reports its data as synthetic. */
    public boolean synthetic() {
        return all.stream().anyMatch(OverlappingConnection::synthetic);
    }

    /** The connection of a network link, or null. */
    public OverlappingConnection byLink(int link) {
        for (OverlappingConnection one : all) {
            if (one.has(link)) {
                return one;
            }
        }
        return null;
    }

    /** Opens a connection for a route, if there is none yet. */
    public void begin(Route route) {
        if (all.stream().noneMatch(one -> one.route() == route)) {
            open(route);
        }
    }

    /** The connection for a new stream; a new one if none has room, or null if no more are allowed. */
    public OverlappingConnection forNew(StreamName name) {
        for (OverlappingConnection one : all) {
            if (one.route() == name.route()
                    && one.streams().size() < settings.connections().topics()) {
                return one;
            }
        }
        return all.size() < settings.connections().connections() ? open(name.route()) : null;
    }

    private OverlappingConnection open(Route route) {
        OverlappingConnection created = new OverlappingConnection(
                context,
                route,
                freeNumber(route),
                settings.webSocket(route),
                settings.market().messagesPerSecond(),
                parser,
                listener);
        all.add(created);
        created.begin();
        return created;
    }

    private int freeNumber(Route route) {
        int number = 1;
        while (taken(route, number)) {
            number++;
        }
        return number;
    }

    private boolean taken(Route route, int number) {
        return all.stream().anyMatch(one -> one.route() == route && one.number() == number);
    }

    public void tick() {
        all().forEach(OverlappingConnection::tick);
    }

    /** Closes and returns a connection that has had no streams for some time; null if there is none. */
    public OverlappingConnection closeEmpty() {
        for (OverlappingConnection one : all) {
            if (one.emptyFor() > EMPTY_NANOS && all.size() > 1) {
                one.stop();
                all.remove(one);
                return one;
            }
        }
        return null;
    }

    public void stop() {
        all.forEach(OverlappingConnection::stop);
    }
}
