package dev.livefeed.connector.binance.connection;

import dev.livefeed.connector.binance.stream.CombinedFrame;
import dev.livefeed.connector.binance.stream.CombinedFrameParser;
import dev.livefeed.connector.binance.stream.VenueStream;
import dev.livefeed.connector.binance.venue.RefusalAdvice;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.session.MessageBudget;
import dev.livefeed.connector.session.ReconnectWaits;
import dev.livefeed.connector.session.ReconnectWaits.Pace;
import dev.livefeed.connector.session.SessionEnd;
import dev.livefeed.connector.session.SessionProtocol;
import dev.livefeed.connector.session.WebSocketSession;
import java.net.URI;

/** One WebSocket of a {@link OverlappingConnection} with its subscriptions. */
final class StreamLink implements SessionProtocol, StreamRequests.Listener {

    private final VenueContext context;
    private final OverlappingConnection owner;
    private final CombinedFrameParser parser;
    private final CombinedFrame frame = new CombinedFrame();
    private final MessageBudget budget;
    private final WebSocketSession session;
    private final StreamRequests requests;
    private long openedAt;
    private long dataAt;
    private boolean hadData;
    private boolean stopped;

    /** @param messages messages that the venue allows per second */
    StreamLink(VenueContext context, OverlappingConnection owner, URI uri, CombinedFrameParser parser, int messages) {
        this.context = context;
        this.owner = owner;
        this.parser = parser;
        this.budget = new MessageBudget(messages);
        this.session = new WebSocketSession(
                context.sessions(), uri, context.limits().session().withoutReplacement(), this);
        this.requests = new StreamRequests(context, session::send, budget, this);
    }

    WebSocketSession session() {
        return session;
    }

    StreamRequests requests() {
        return requests;
    }

    /** Nanoseconds since it was opened; only if it is open. */
    long age() {
        return context.now() - openedAt;
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
        String why = parser.parse(bytes, offset, length, receivedAt, owner.streams(), frame);
        if (why != null) {
            owner.unreadable(
                    this,
                    frame,
                    parser.reason(),
                    why,
                    new String(
                            bytes,
                            offset,
                            Math.min(length, OverlappingConnection.SAMPLE),
                            java.nio.charset.StandardCharsets.UTF_8));
            return;
        }
        switch (frame.kind) {
            case DATA -> data(receivedAt);
            case UNKNOWN_STREAM -> context.figures().unknownTopicFrames++;
            case REPLY -> requests.answered(frame);
            case SHUTDOWN -> owner.shutdownAnnounced(this);
        }
    }

    private void data(long receivedAt) {
        session.data();
        hadData = true;
        dataAt = context.now();
        VenueStream stream = frame.stream;
        if (stream.isCarried()) {
            stream.frame(frame, receivedAt, session.synthetic(), dataAt);
            owner.read(stream);
        } else {
            // Not accepted yet: nothing is known about what came before.
            context.figures().earlyDeltas++;
        }
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
        return waits.next(
                switch (httpStatus) {
                    case 403, 418 -> Pace.FORBIDDEN;
                    case 429 -> Pace.THROTTLED;
                    default -> Pace.NORMAL;
                });
    }

    @Override
    public boolean refusesHost(int httpStatus) {
        return httpStatus == 403 || httpStatus == 418 || httpStatus == 429;
    }

    @Override
    public void ended(SessionEnd end) {
        context.figures().disconnects += end.wasOpen() ? 1 : 0;
        budget.clear();
        String reason = RefusalAdvice.addTo(end.reason(), end.httpStatus());
        owner.ended(this, end.because(reason));
    }

    @Override
    public void budgetUsedUp(long nanos) {
        owner.budgetUsedUp(nanos / 1_000_000L);
    }

    @Override
    public void active(VenueStream stream) {
        stream.synthetic(session.synthetic());
        stream.connection(owner.name());
        stream.carried(context.now());
        owner.active(stream);
    }

    @Override
    public void left(VenueStream stream) {
        stream.dropped();
    }

    @Override
    public void refused(VenueStream stream, String text) {
        owner.refused(stream, text);
    }

    @Override
    public void dead(String reason) {
        if (!stopped) {
            session.fail(reason);
        }
    }
}
