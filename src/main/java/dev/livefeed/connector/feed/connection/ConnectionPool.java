package dev.livefeed.connector.feed.connection;

import dev.livefeed.connector.sdk.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The connections of a feed: one per path, and more if one cannot carry all of its streams. A stream stays on its
 * connection. A connection without streams is closed after some time, except the last one: it shows whether the
 * exchange can be reached.
 *
 * @param <P> path, see {@link PooledConnection}
 */
public final class ConnectionPool<P, C extends PooledConnection<P>> {

    private static final long EMPTY_NANOS = 10_000_000_000L;

    private final TimeSource time;
    private final Maker<P, C> maker;

    /** Replaced when it changes, so that it can be iterated meanwhile. */
    private List<C> all = List.of();

    /** Creates a connection; the number distinguishes those of one path. */
    public interface Maker<P, C> {

        C make(P path, int number);
    }

    public ConnectionPool(TimeSource time, Maker<P, C> maker) {
        this.time = time;
        this.maker = maker;
    }

    public List<C> all() {
        return all;
    }

    /** Number of connections with market data. */
    public int size() {
        int size = 0;
        for (C one : all) {
            size += one.aside() ? 0 : 1;
        }
        return size;
    }

    /** Number of connections with market data of the path. */
    public int size(P path) {
        int size = 0;
        for (C one : all) {
            size += carries(one, path) ? 1 : 0;
        }
        return size;
    }

    /** Number of open connections with market data. */
    public int open() {
        int open = 0;
        for (C one : all) {
            open += one.isOpen() && !one.aside() ? 1 : 0;
        }
        return open;
    }

    /** Number of streams on all connections. */
    public int streams() {
        int streams = 0;
        for (C one : all) {
            streams += one.size();
        }
        return streams;
    }

    /** Whether the server of a connection reports its data as synthetic. */
    public boolean synthetic() {
        return all.stream().anyMatch(PooledConnection::synthetic);
    }

    /** The connection of a network link, or null. */
    public C byLink(int link) {
        List<C> now = all;
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).has(link)) {
                return now.get(i);
            }
        }
        return null;
    }

    /** The first connection with market data of the path that suits, or null. */
    public C first(P path, Predicate<C> suits) {
        for (C one : all) {
            if (carries(one, path) && suits.test(one)) {
                return one;
            }
        }
        return null;
    }

    private boolean carries(C one, P path) {
        return one.path() == path && !one.aside();
    }

    /** Opens the first connection of the path if there is none. */
    public void begin(P path) {
        if (size(path) == 0) {
            open(path);
        }
    }

    /** Opens a further connection of the path. */
    public C open(P path) {
        int number = 1;
        while (taken(path, number)) {
            number++;
        }
        return open(path, number);
    }

    /** The connection of the path without market data, which is opened if there is none. */
    public C aside(P path) {
        for (C one : all) {
            if (one.path() == path && one.aside()) {
                return one;
            }
        }
        return open(path, PooledConnection.ASIDE);
    }

    private boolean taken(P path, int number) {
        return all.stream().anyMatch(one -> one.path() == path && one.number() == number);
    }

    private C open(P path, int number) {
        C created = maker.make(path, number);
        List<C> more = new ArrayList<>(all);
        more.add(created);
        all = List.copyOf(more);
        created.begin();
        return created;
    }

    /** Called at a regular interval. */
    public void tick() {
        for (C one : all) {
            one.noteSize(time.nanos());
            one.tick();
        }
    }

    /** Closes and returns a connection that has had no streams for some time; null if there is none. */
    public C closeEmpty() {
        for (C one : all) {
            if (one.emptyFor(time.nanos()) > EMPTY_NANOS && (one.aside() || size() > 1)) {
                one.stop();
                all = all.stream().filter(other -> other != one).toList();
                return one;
            }
        }
        return null;
    }

    /** Closes all connections permanently. */
    public void stop() {
        all.forEach(PooledConnection::stop);
    }
}
