package dev.livefeed.connector.binance.connection;

import dev.livefeed.connector.binance.stream.CombinedFrame;
import dev.livefeed.connector.binance.stream.CombinedFrameParser;
import dev.livefeed.connector.binance.stream.VenueStream;
import dev.livefeed.connector.binance.venue.Route;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.feed.connection.PooledConnection;
import dev.livefeed.connector.feed.stream.SilentStreams;
import dev.livefeed.connector.feed.stream.StreamTable;
import dev.livefeed.connector.feed.stream.UnreadableStreams;
import dev.livefeed.connector.session.NetworkLink;
import dev.livefeed.connector.session.SessionEnd;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.net.URI;
import java.util.List;

/**
 * A connection with its streams. It is one {@link StreamLink}, and for some seconds two: a link that grows too old,
 * that the venue announces to end, or that may have stalled is replaced by another one, which first carries all streams
 * beside it. Since every stream says which frames follow each other, nothing is missed and nothing doubled.
 */
public final class OverlappingConnection extends PooledConnection<Route> implements NetworkLink {

    static final int SAMPLE = 200;

    private static final long SECOND = 1_000_000_000L;

    /** Frames that were made before the new link carried their streams arrive on the old one within this time. */
    private static final long OVERLAP = 2 * SECOND;

    private static final long FIRST_WAIT = 10 * SECOND;
    private static final long LONGEST_WAIT = 300 * SECOND;

    private final VenueContext context;
    private final URI uri;
    private final int messages;
    private final CombinedFrameParser parser;
    private final Listener listener;
    private final StreamTable<VenueStream> streams = new StreamTable<>();
    private final UnreadableStreams<VenueStream> unreadable;
    private final SilentStreams<VenueStream> silences;
    private StreamLink current;
    private StreamLink next;

    // The replacement that is under way.
    private String reason;
    private boolean suspected;
    private long replacingSince;
    private long carriedSince;
    private boolean carried;

    private long recycleAt;
    private long stallWait;
    private long nextStallAt;

    /** Receives changes of the connection. */
    public interface Listener {

        void up(OverlappingConnection connection);

        /** The connection has ended or could not be opened. */
        void down(OverlappingConnection connection, SessionEnd end);

        /** The connection was replaced by an overlapping one. */
        void replaced(OverlappingConnection connection, long ageMillis, String reason);

        /** The connection cannot be opened until the venue's limit of new connections allows it. */
        void budgetUsedUp(OverlappingConnection connection, long waitMillis);

        /** The venue has accepted a stream. */
        void active(VenueStream stream);

        void refused(VenueStream stream, String text);
    }

    /**
     * @param number distinguishes the connections of one route, from 1
     * @param uri address of the route
     * @param messages messages that the venue allows per second
     */
    OverlappingConnection(
            VenueContext context,
            Route route,
            int number,
            URI uri,
            int messages,
            CombinedFrameParser parser,
            Listener listener) {
        super(route, number);
        this.context = context;
        this.uri = uri;
        this.messages = messages;
        this.parser = parser;
        this.listener = listener;
        this.unreadable = new UnreadableStreams<>(context);
        this.silences =
                new SilentStreams<>(context, new StreamSilence(context.limits().silence(), this::again));
        this.current = link();
        this.nextStallAt = context.now();
    }

    private StreamLink link() {
        return new StreamLink(context, this, uri, parser, messages);
    }

    @Override
    protected void begin() {
        current.session().start();
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public String name() {
        return numbered(path().connection());
    }

    @Override
    public int size() {
        return streams.size();
    }

    @Override
    public NetworkLink networkLink() {
        return this;
    }

    @Override
    public boolean isOpen() {
        return current.session().isOpen();
    }

    @Override
    public boolean synthetic() {
        return current.session().synthetic();
    }

    public StreamTable<VenueStream> streams() {
        return streams;
    }

    /** Adds a stream, which is subscribed with the next {@link #flush}. */
    public void add(VenueStream stream) {
        stream.connection(name());
        stream.overlapping(next != null);
        streams.add(stream);
        current.requests().want(stream);
        if (next != null) {
            next.requests().want(stream);
        }
        topicsChanged();
    }

    /** Unsubscribes a stream; its frames are not handled any more. */
    public void remove(VenueStream stream) {
        silences.ended(List.of(stream));
        unreadable.ended(stream);
        streams.remove(stream);
        current.requests().leave(stream);
        if (next != null) {
            next.requests().leave(stream);
        }
        topicsChanged();
    }

    private void topicsChanged() {
        current.session().topicsChanged();
        carried = false;
    }

    private void again(VenueStream stream) {
        current.requests().again(stream);
    }

    /** Sends the queued requests. */
    public void flush() {
        current.requests().flush();
        if (next != null) {
            next.requests().flush();
        }
    }

    @Override
    public boolean has(int link) {
        return current.session().has(link) || (next != null && next.session().has(link));
    }

    /** The link of that network link. */
    private StreamLink of(int link) {
        return next != null && next.session().has(link) ? next : current;
    }

    @Override
    public void opened(int link, boolean synthetic) {
        of(link).session().opened(link, synthetic);
    }

    @Override
    public void frame(int link, byte[] bytes, int offset, int length, long receivedAt) {
        of(link).session().frame(link, bytes, offset, length, receivedAt);
    }

    @Override
    public void pongFrame(int link) {
        of(link).session().pongFrame(link);
    }

    @Override
    public void pinged(int link) {
        of(link).pinged();
    }

    @Override
    public void closed(int link, String why, int httpStatus) {
        of(link).session().closed(link, why, httpStatus);
    }

    /** Closes the connection because it is no longer usable, and reconnects. */
    public void fail(String why) {
        current.session().fail(why);
    }

    @Override
    protected void stop() {
        current.stop();
        if (next != null) {
            next.stop();
            next = null;
        }
    }

    @Override
    protected void tick() {
        current.session().tick();
        if (next != null) {
            next.session().tick();
        }
        List<VenueStream> all = List.copyOf(streams.all());
        silences.tick(all);
        unreadable.tick(all);
        if (next != null) {
            replaceIfCarried();
        } else if (current.session().isOpen() && recycles() && context.now() - recycleAt >= 0) {
            replace("it has reached its age", false);
        }
    }

    private boolean recycles() {
        return !context.limits().session().recycle().isZero();
    }

    void opened(StreamLink link) {
        if (link == current) {
            scheduleRecycle();
            listener.up(this);
        }
    }

    private void scheduleRecycle() {
        recycleAt = context.now()
                + (long) (context.limits().session().recycle().toNanos()
                        * (1 - 0.1 * context.random().nextDouble()));
    }

    /** Opens the link that is to replace the current one. */
    private void replace(String why, boolean isSuspected) {
        if (next != null || !current.session().isOpen()) {
            return;
        }
        reason = why;
        suspected = isSuspected;
        replacingSince = context.now();
        carried = false;
        next = link();
        streams.all().forEach(stream -> stream.overlapping(true));
        next.session().start();
    }

    private void replaceIfCarried() {
        if (!next.session().isOpen() || !next.requests().carries(streams.all())) {
            carried = false;
            return;
        }
        if (!carried) {
            carried = true;
            carriedSince = context.now();
        }
        if (context.now() - carriedSince >= OVERLAP) {
            take(current.age() / 1_000_000L);
        }
    }

    /** The next link takes the place of the current one. */
    private void take(long ageMillis) {
        StreamLink old = current;
        boolean stalled = suspected && !old.dataSince(replacingSince) && next.dataSince(replacingSince);
        current = next;
        next = null;
        String why = reason;
        if (stalled) {
            context.figures().stalledConnections++;
            why = reason + "; a new connection receives data, so it had stalled";
            listener.down(this, new SessionEnd(why, 0, true, 0, 0));
        }
        old.stop();
        streams.all().forEach(stream -> stream.overlapping(false));
        context.figures().recycles++;
        scheduleRecycle();
        if (stalled) {
            stallWait = 0;
            listener.up(this);
        } else {
            listener.replaced(this, ageMillis, why);
        }
    }

    /** The venue ends the server that a link is connected to. */
    void shutdownAnnounced(StreamLink link) {
        if (link == current) {
            replace("the venue announced that it shuts its server down", false);
        }
    }

    /** A link has been silent for an unusual time, though pings are answered. */
    void silent(StreamLink link, long nanos) {
        long now = context.now();
        if (link != current || next != null || now - nextStallAt < 0) {
            return;
        }
        context.figures().stallChecks++;
        stallWait = stallWait == 0 ? FIRST_WAIT : Math.min(LONGEST_WAIT, 2 * stallWait);
        nextStallAt = now + stallWait;
        replace("no market data for " + nanos / 1_000_000L + " ms, though pings are answered", true);
    }

    /** A link has ended, or could not be opened. */
    void ended(StreamLink link, SessionEnd end) {
        if (link == next) {
            next.requests().ended();
            return;
        }
        if (next == null) {
            current.requests().ended();
            listener.down(this, end);
            return;
        }
        // The one that was to replace it does so now.
        StreamLink old = current;
        current = next;
        next = null;
        boolean complete = current.session().isOpen() && current.requests().carries(streams.all());
        old.stop();
        streams.all().forEach(stream -> stream.overlapping(false));
        scheduleRecycle();
        if (complete) {
            context.figures().recycles++;
            listener.replaced(this, 0, end.reason());
        } else {
            listener.down(this, end);
            if (current.session().isOpen()) {
                listener.up(this);
            }
        }
    }

    void budgetUsedUp(long waitMillis) {
        listener.budgetUsedUp(this, waitMillis);
    }

    void active(VenueStream stream) {
        listener.active(stream);
    }

    void refused(VenueStream stream, String text) {
        if (streams.get(stream.name().text()) == stream) {
            listener.refused(stream, text);
        }
    }

    void read(VenueStream stream) {
        if (stream.reading() != null) {
            unreadable.read(stream, 1, 0, 0, null);
        }
    }

    /** A frame could not be read. Its stream, or any stream if that is not known, may have lost data. */
    void unreadable(StreamLink link, CombinedFrame frame, UnreadableReason kind, String why, String sample) {
        context.figures().unreadableFrames++;
        context.figures().unreadable(kind, 1);
        unreadable.lost(frame.stream, () -> new UnreadableStreams.Sample(why, sample.replaceAll("\\p{Cntrl}", "?")));
        if (frame.stream != null) {
            if (frame.stream.isCarried()) {
                frame.stream.unreadable("a frame could not be read: " + why);
            }
        } else {
            for (VenueStream stream : List.copyOf(streams.all())) {
                if (stream.isCarried()) {
                    stream.unreadable("a frame that may belong to it could not be read: " + why);
                }
            }
        }
    }
}
