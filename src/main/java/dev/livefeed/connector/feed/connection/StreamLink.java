package dev.livefeed.connector.feed.connection;

import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.feed.stream.CarriedStream;
import dev.livefeed.connector.feed.stream.StreamTable;
import dev.livefeed.connector.feed.stream.UnreadParts;
import dev.livefeed.connector.session.MessageBudget;
import dev.livefeed.connector.session.ReconnectWaits;
import dev.livefeed.connector.session.SessionEnd;
import dev.livefeed.connector.session.SessionProtocol;
import dev.livefeed.connector.session.WebSocketSession;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.net.URI;
import java.util.function.Supplier;

/** One WebSocket of a {@link OverlappingConnection} with its subscriptions. */
public final class StreamLink<S extends CarriedStream> implements SessionProtocol, StreamRequests.Listener<S> {

    private final VenueContext context;
    private final OverlappingConnection<?, S> owner;
    private final LinkProtocol<S> protocol;
    private final MessageBudget budget;
    private final WebSocketSession session;
    private final StreamRequests<S> requests;
    private long openedAt;
    private long dataAt;
    private boolean hadData;
    private boolean stopped;
    private long pings;
    private long pongs;
    private long probeAnswered;

    StreamLink(VenueContext context, OverlappingConnection<?, S> owner, URI uri, LinkProtocol<S> protocol) {
        this.context = context;
        this.owner = owner;
        this.protocol = protocol;
        this.budget = new MessageBudget(protocol.limits().messages());
        this.session = new WebSocketSession(
                context.sessions(), uri, context.limits().session().withoutReplacement(), this);
        this.requests = new StreamRequests<>(context, session::send, protocol, budget, this);
    }

    WebSocketSession session() {
        return session;
    }

    StreamRequests<S> requests() {
        return requests;
    }

    /** Nanoseconds since it was opened; only if it is open. */
    long age() {
        return context.now() - openedAt;
    }

    /**
     * Sends a ping, if the budget of messages allows it. Its answer shows that everything that the venue sent before
     * has arrived.
     *
     * @return false if it must be tried again later
     */
    boolean probe() {
        if (!budget.allows(context.now())) {
            return false;
        }
        ping();
        // One that is under way is answered first, unless the server answers only the last.
        probeAnswered = pongs + Math.min(2, pings - pongs);
        return true;
    }

    /** Whether the last probe was answered. */
    boolean probed() {
        return pongs >= probeAnswered;
    }

    /** A pong was received. */
    void pong() {
        pongs++;
    }

    /** Whether market data was received since then. */
    boolean dataSince(long nanos) {
        return hadData && dataAt - nanos >= 0;
    }

    /** Closes it for good. */
    void stop() {
        stopped = true;
        session.stop();
        requests.ended();
    }

    /** The venue was sent a pong. */
    void pinged() {
        budget.sent(context.now());
    }

    @Override
    public void ping() {
        context.figures().pings++;
        pings++;
        budget.sent(context.now());
        session.sendPing();
    }

    @Override
    public void opened() {
        openedAt = context.now();
        hadData = false;
        context.figures().connects++;
        owner.opened(this);
        requests.opened(owner.streams().all());
    }

    @Override
    public void frame(byte[] bytes, int offset, int length, long receivedAt) {
        context.figures().frames++;
        protocol.frame(this, bytes, offset, length, receivedAt);
    }

    /** The streams of the connection. */
    public StreamTable<S> streams() {
        return owner.streams();
    }

    /** Whether the server reports its data as synthetic. */
    public boolean synthetic() {
        return session.synthetic();
    }

    /** Data of a stream was received; returns whether it is to be handled. */
    public boolean data(S stream) {
        session.data();
        hadData = true;
        dataAt = context.now();
        if (!stream.isCarried()) {
            // Not accepted yet: nothing is known about what came before.
            context.figures().earlyDeltas++;
            return false;
        }
        stream.frameReceived(dataAt, session.synthetic());
        return true;
    }

    /** The data was read. */
    public void read(S stream) {
        owner.read(stream);
    }

    /**
     * The data was read, but not completely.
     *
     * @param mostly whether most of the frame could not be read
     * @param sample its beginning
     */
    public void read(S stream, UnreadParts unread, boolean mostly, Supplier<String> sample) {
        owner.read(stream, unread, mostly, sample);
    }

    /** Data of a stream that is not, or no longer, subscribed was received. */
    public void unknownStream() {
        context.figures().unknownTopicFrames++;
    }

    /**
     * A frame could not be read.
     *
     * @param stream null if it is not known
     * @param sample its beginning
     */
    public void unreadable(S stream, UnreadableReason kind, String why, String sample) {
        owner.unreadable(stream, kind, why, sample);
    }

    /**
     * The venue has answered a request.
     *
     * @param error why it refuses the request, or null
     */
    public void answered(long id, String error) {
        requests.answered(id, error);
    }

    /** The venue will end the connection. */
    public void shutdownAnnounced() {
        owner.shutdownAnnounced(this);
    }

    @Override
    public void tick() {
        requests.tick();
    }

    /** A connection that may have stalled is replaced by an overlapping one, which does no harm to one that has not. */
    @Override
    public String stalled(long nanos) {
        owner.silent(this, nanos);
        return null;
    }

    @Override
    public long retryAfter(int httpStatus, ReconnectWaits waits) {
        return waits.next(protocol.paceAfter(httpStatus));
    }

    @Override
    public boolean refusesHost(int httpStatus) {
        return protocol.refusesHost(httpStatus);
    }

    @Override
    public void ended(SessionEnd end) {
        context.figures().disconnects += end.wasOpen() ? 1 : 0;
        budget.clear();
        pings = 0;
        pongs = 0;
        String reason = protocol.advised(end.reason(), end.httpStatus());
        owner.ended(this, end.because(reason));
    }

    @Override
    public void budgetUsedUp(long nanos) {
        owner.budgetUsedUp(nanos / 1_000_000L);
    }

    @Override
    public void active(S stream) {
        stream.synthetic(session.synthetic());
        stream.connection(owner.name());
        stream.carried(context.now());
        owner.active(stream);
    }

    @Override
    public void left(S stream) {
        stream.dropped();
    }

    @Override
    public void refused(S stream, String text) {
        owner.refused(stream, text);
    }

    @Override
    public void dead(String reason) {
        if (!stopped) {
            session.fail(reason);
        }
    }
}
