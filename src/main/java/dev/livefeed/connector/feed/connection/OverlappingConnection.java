package dev.livefeed.connector.feed.connection;

import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.feed.stream.CarriedStream;
import dev.livefeed.connector.feed.stream.SilentStreams;
import dev.livefeed.connector.feed.stream.StreamTable;
import dev.livefeed.connector.feed.stream.UnreadParts;
import dev.livefeed.connector.feed.stream.UnreadableStreams;
import dev.livefeed.connector.session.NetworkLink;
import dev.livefeed.connector.session.SessionEnd;
import dev.livefeed.naming.OneLine;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A connection with its streams. It is one {@link StreamLink}, and for some seconds two: a link that grows too old,
 * that the venue announces to end, or that may have stalled is replaced by another one, which first carries all streams
 * beside it. Since every stream says which frames follow each other, nothing is missed and nothing doubled.
 */
public final class OverlappingConnection<P, S extends CarriedStream> extends PooledConnection<P>
        implements NetworkLink {

    private static final long SECOND = 1_000_000_000L;

    /** Frames that were made before the new link carried their streams arrive on the old one within this time. */
    private static final long OVERLAP = 2 * SECOND;

    private static final long FIRST_WAIT = 10 * SECOND;
    private static final long LONGEST_WAIT = 300 * SECOND;

    private final VenueContext context;
    private final URI uri;
    private final String name;
    private final LinkProtocol<S> protocol;
    private final Listener<S> listener;
    private final StreamTable<S> streams = new StreamTable<>();
    private final UnreadableStreams<S> unreadable;
    private final SilentStreams<S> silences;
    private StreamLink<S> current;
    private StreamLink<S> next;

    // The replacement that is under way.
    private String reason;
    private boolean suspected;
    private long replacingSince;
    private long carriedSince;
    private boolean carried;

    /** Whether the current link was asked since then if it is alive. */
    private boolean probing;

    private long recycleAt;
    private long stallWait;
    private long nextStallAt;

    /** Receives changes of the connection. */
    public interface Listener<S extends CarriedStream> {

        void up(OverlappingConnection<?, S> connection);

        /** The connection has ended or could not be opened. */
        void down(OverlappingConnection<?, S> connection, SessionEnd end);

        /** The connection was replaced by an overlapping one. */
        void replaced(OverlappingConnection<?, S> connection, long ageMillis, String reason);

        /** The connection cannot be opened until the venue's limit of new connections allows it. */
        void budgetUsedUp(OverlappingConnection<?, S> connection, long waitMillis);

        /** The venue has accepted a stream. */
        void active(S stream);

        void refused(S stream, String text);

        /** The stream is silent for an unusual time. */
        void suspect(S stream);
    }

    /**
     * @param number distinguishes the connections of one path, from 1
     * @param name of the first connection of the path
     */
    public OverlappingConnection(
            VenueContext context,
            P path,
            int number,
            String name,
            URI uri,
            LinkProtocol<S> protocol,
            Listener<S> listener) {
        super(path, number);
        this.context = context;
        this.name = name;
        this.uri = uri;
        this.protocol = protocol;
        this.listener = listener;
        this.unreadable = new UnreadableStreams<>(context);
        this.silences = new SilentStreams<>(context, new Silence());
        this.current = link();
        this.nextStallAt = context.now();
    }

    private StreamLink<S> link() {
        return new StreamLink<>(context, this, uri, protocol);
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
        return numbered(name);
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

    public StreamTable<S> streams() {
        return streams;
    }

    /** Adds a stream, which is subscribed with the next {@link #flush}. */
    public void add(S stream) {
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
    public void remove(S stream) {
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
    private StreamLink<S> of(int link) {
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
        of(link).pong();
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
        List<S> all = List.copyOf(streams.all());
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

    void opened(StreamLink<S> link) {
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
            probing = false;
            carriedSince = context.now();
        }
        probing = probing || current.probe();
        long overlapped = context.now() - carriedSince;
        if (overlapped >= OVERLAP
                && (current.probed() && probing
                        || overlapped >= context.limits().session().pong().toNanos())) {
            take(current.age() / 1_000_000L);
        }
    }

    /**
     * Whether the current link may have lost data before the next one carried all streams: it does not answer, or only
     * the next one receives data.
     */
    private boolean mayHaveMissed() {
        return !probing || !current.probed() || (next.dataSince(carriedSince) && !current.dataSince(carriedSince));
    }

    /** The next link takes the place of the current one. */
    private void take(long ageMillis) {
        StreamLink<S> old = current;
        boolean stalled = suspected && !old.dataSince(replacingSince) && next.dataSince(replacingSince);
        boolean missed = stalled || mayHaveMissed();
        current = next;
        next = null;
        String why = reason;
        if (stalled) {
            context.figures().stalledConnections++;
            why = reason + "; a new connection receives data, so it had stalled";
            listener.down(this, new SessionEnd(why, 0, true, 0, 0));
        }
        if (missed) {
            streams.all().forEach(CarriedStream::mayHaveMissed);
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
    void shutdownAnnounced(StreamLink<S> link) {
        if (link == current) {
            replace("the venue announced that it shuts its server down", false);
        }
    }

    /** A link has been silent for an unusual time, though pings are answered. */
    void silent(StreamLink<S> link, long nanos) {
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
    void ended(StreamLink<S> link, SessionEnd end) {
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
        StreamLink<S> old = current;
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
        // Those that the other link carries already have not ended.
        streams.all().forEach(CarriedStream::mayHaveMissed);
    }

    void budgetUsedUp(long waitMillis) {
        listener.budgetUsedUp(this, waitMillis);
    }

    void active(S stream) {
        listener.active(stream);
    }

    void refused(S stream, String text) {
        if (streams.get(stream.text()) == stream) {
            listener.refused(stream, text);
        }
    }

    void read(S stream) {
        if (stream.reading() != null) {
            unreadable.read(stream, 1, 0, 0, null);
        }
    }

    void read(S stream, UnreadParts unread, boolean mostly, Supplier<String> sample) {
        for (UnreadableReason kind : UnreadableReason.values()) {
            if (unread.count(kind) > 0) {
                context.figures().unreadable(kind, unread.count(kind));
            }
        }
        context.figures().shortenedSizes += unread.shortenedSizes();
        unreadable.read(
                stream,
                1,
                mostly ? 1 : 0,
                unread.total() + unread.shortenedSizes(),
                () -> sample(unread.summary(), sample.get()));
    }

    private static UnreadableStreams.Sample sample(String cause, String excerpt) {
        return new UnreadableStreams.Sample(cause, OneLine.of(excerpt));
    }

    /** A frame could not be read. Its stream, or any stream if that is not known, may have lost data. */
    void unreadable(S stream, UnreadableReason kind, String why, String sample) {
        context.figures().unreadableFrames++;
        context.figures().unreadable(kind, 1);
        unreadable.lost(stream, () -> sample(why, sample));
        if (stream != null) {
            if (stream.isCarried()) {
                stream.unreadable("a frame could not be read: " + why);
            }
            return;
        }
        for (S any : List.copyOf(streams.all())) {
            if (any.isCarried()) {
                any.unreadable("a frame that may belong to it could not be read: " + why);
            }
        }
    }

    /** A silent stream is subscribed again. */
    private final class Silence implements SilentStreams.Rules<S> {

        @Override
        public Duration limit(S stream) {
            return protocol.longestSilence(stream);
        }

        @Override
        public boolean applies(S stream) {
            return stream.isCarried() && stream.expectsData();
        }

        @Override
        public void suspect(S stream) {
            listener.suspect(stream);
        }

        @Override
        public boolean again(S stream) {
            current.requests().again(stream);
            return true;
        }
    }
}
