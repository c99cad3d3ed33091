package dev.livefeed.connector.feed.connection;

import dev.livefeed.connector.session.NetworkLink;
import java.net.URI;

/**
 * A connection with its streams, one of a {@link ConnectionPool}.
 *
 * @param <P> path of the venue that it belongs to, such as a product category; connections of a path carry the same
 *     kinds of streams
 */
public abstract class PooledConnection<P> {

    /** Number of a connection without market data: it is not counted, and its end is no outage. */
    public static final int ASIDE = 0;

    private final P path;
    private final int number;
    private boolean empty;
    private long emptySince;

    /** @param number distinguishes the connections of one path, from 1, or is {@link #ASIDE} */
    protected PooledConnection(P path, int number) {
        this.path = path;
        this.number = number;
    }

    public final P path() {
        return path;
    }

    final int number() {
        return number;
    }

    /** Whether it carries no market data, such as one for the venue's announcements. */
    public final boolean aside() {
        return number == ASIDE;
    }

    /** The name, such as {@code linear}, and {@code linear-2} if there are several. */
    protected final String numbered(String name) {
        return number <= 1 ? name : name + '-' + number;
    }

    /** Name in logs and statuses. */
    public abstract String name();

    public abstract URI uri();

    public abstract boolean isOpen();

    /** Whether the server reports its data as synthetic. */
    public abstract boolean synthetic();

    /** Number of streams that it carries or is to carry. */
    public abstract int size();

    /** Whether the network link belongs to this connection. */
    public abstract boolean has(int link);

    /** Takes what happens to its links. */
    public abstract NetworkLink networkLink();

    /** Opens the connection as soon as it is allowed. */
    protected abstract void begin();

    /** Closes the connection permanently. */
    protected abstract void stop();

    /** Called at a regular interval. */
    protected abstract void tick();

    /** Notes whether it has streams. */
    final void noteSize(long now) {
        if (size() > 0) {
            empty = false;
        } else if (!empty) {
            empty = true;
            emptySince = now;
        }
    }

    /** Nanoseconds without a stream; 0 if there is one. */
    final long emptyFor(long now) {
        return empty ? now - emptySince : 0;
    }
}
