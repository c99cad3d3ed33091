package dev.livefeed.connector.session;

import java.net.URI;

/**
 * A WebSocket connection to a venue that reconnects whenever it ends.
 *
 * <pre>
 * state   | waits for
 * --------+---------------------------------------------------------------------------------
 * IDLE    | {@link #start}
 * CLOSED  | the time of the next attempt, and its turn in the {@link ConnectionBudget}
 * OPENING | the connection
 * OPEN    | frames; ends on missing pongs ({@link KeepAlive}), or if data is missing ({@link StallDetector})
 * </pre>
 *
 * A connection that reaches the configured age is replaced: the next one is opened while it still runs, and then
 * takes its place. The backoff is reset once a connection was {@link #resetBackoff useful}; connecting alone does not
 * reset it. Messages are sent and interpreted by the {@link SessionProtocol}.
 */
public final class WebSocketSession implements NetworkLink {

    /** Status of a handshake that succeeded. */
    private static final int SWITCHED = 101;

    private static final long RECYCLE_RETRY_NANOS = 60_000_000_000L;

    private enum State {
        IDLE,
        CLOSED,
        OPENING,
        OPEN
    }

    private final SessionContext context;
    private final URI uri;
    private final SessionTimeouts timeouts;
    private final SessionProtocol protocol;
    private final KeepAlive keepAlive;
    private final StallDetector stalls;
    private final ReconnectWaits waits;
    private State state = State.IDLE;
    private int id;
    private boolean synthetic;
    private boolean backoffReset;
    private boolean proven;
    private int attempts;
    private boolean usedUpReported;
    private long openingSince;
    private long openSince;
    private long retryAt;
    private int recoveries;
    private long recycleAt;

    /** The link that is to replace the current one, or 0. */
    private int nextId;

    private long nextSince;

    public WebSocketSession(SessionContext context, URI uri, SessionTimeouts timeouts, SessionProtocol protocol) {
        this.context = context;
        this.uri = uri;
        this.timeouts = timeouts;
        this.protocol = protocol;
        this.keepAlive = new KeepAlive(context.time(), timeouts, protocol::ping);
        this.stalls = new StallDetector(timeouts.dataSilence());
        this.waits = new ReconnectWaits(timeouts, context.random());
    }

    public URI uri() {
        return uri;
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether the server marks its data as synthetic. */
    public boolean synthetic() {
        return synthetic;
    }

    /** Whether the link is this session's current or next one. */
    public boolean has(int link) {
        return link != 0 && (link == id || link == nextId);
    }

    /** Opens the connection as soon as the {@link ConnectionBudget} allows it. */
    public void start() {
        state = State.CLOSED;
        retryAt = now();
        tick();
    }

    /** Closes the connection and does not reconnect. */
    public void stop() {
        dropNext();
        context.budget().done(this);
        closeLink();
        state = State.IDLE;
    }

    public void send(String text) {
        context.network().send(id, text);
    }

    /** Sends a WebSocket ping frame, which every server answers. */
    public void sendPing() {
        context.network().ping(id);
    }

    /** Closes the connection because it is no longer usable, and reconnects after the normal backoff. */
    public void fail(String reason) {
        fail(reason, ReconnectWaits.Pace.NORMAL);
    }

    /** Closes the connection because it is no longer usable, and reconnects after the backoff of the given pace. */
    public void fail(String reason, ReconnectWaits.Pace pace) {
        if (state == State.OPENING || state == State.OPEN) {
            closeLink();
            ended(reason, 0, waits.next(pace));
        }
    }

    /**
     * Closes the connection without notifying the protocol, and reconnects after the given time. The count of attempts
     * starts again.
     */
    public void suspend(long nanos) {
        dropNext();
        context.budget().done(this);
        context.network().close(id);
        state = State.CLOSED;
        attempts = 0;
        retryIn(nanos);
    }

    /** Schedules the next attempt after the given time. */
    public void retryIn(long nanos) {
        retryAt = now() + nanos;
        recoveries = context.budget().recoveries(uri);
    }

    /** Resets the backoff: the connection was useful. */
    public void resetBackoff() {
        if (!backoffReset) {
            backoffReset = true;
            proven();
            attempts = 0;
            waits.reset();
        }
    }

    /** The venue has answered a ping of its own protocol. */
    public void pong() {
        keepAlive.pong();
    }

    /**
     * Market data was received.
     *
     * @return whether it ended an unusually long silence
     */
    public boolean data() {
        keepAlive.data();
        boolean unusual = stalls.frame(now());
        resetBackoff();
        return unusual;
    }

    /** The subscribed topics have changed, so that the usual interval between data frames is unknown. */
    public void topicsChanged() {
        stalls.reset();
    }

    /** The network has opened a link. Links of other sessions are ignored, here and in the following methods. */
    @Override
    public void opened(int link, boolean isSynthetic) {
        boolean replacement = nextId != 0 && link == nextId;
        if (!replacement && (link != id || state != State.OPENING)) {
            return;
        }
        context.budget().done(this);
        synthetic = isSynthetic;
        long age = now() - openSince;
        if (replacement) {
            context.network().close(id);
            id = nextId;
            nextId = 0;
        } else {
            state = State.OPEN;
            backoffReset = false;
            proven = false;
        }
        openSince = now();
        recycleAt = openSince
                + (long) (timeouts.recycle().toNanos()
                        * (1 - 0.1 * context.random().nextDouble()));
        keepAlive.opened();
        stalls.opened(now());
        if (replacement) {
            protocol.replaced(age / 1_000_000L);
        } else {
            protocol.opened();
        }
    }

    @Override
    public void frame(int link, byte[] bytes, int offset, int length, long receivedAt) {
        if (link == id && state == State.OPEN) {
            keepAlive.frame();
            protocol.frame(bytes, offset, length, receivedAt);
        }
    }

    @Override
    public void pongFrame(int link) {
        if (link == id && state == State.OPEN) {
            keepAlive.frame();
            keepAlive.pong();
        }
    }

    @Override
    public void closed(int link, String reason, int httpStatus) {
        if (nextId != 0 && link == nextId) {
            dropNext();
            if (protocol.refusesHost(httpStatus)) {
                context.budget().block(waits.next(ReconnectWaits.Pace.FORBIDDEN));
            }
        } else if (link == id && (state == State.OPENING || state == State.OPEN)) {
            long wait = protocol.retryAfter(httpStatus, waits);
            if (protocol.refusesHost(httpStatus)) {
                context.budget().block(wait);
            }
            ended(reason, httpStatus, wait);
        }
    }

    private void ended(String reason, int httpStatus, long wait) {
        dropNext();
        context.budget().done(this);
        boolean wasOpen = state == State.OPEN;
        if (!proven && protocol.attemptsQueued()) {
            context.budget().failed(this, uri, wasOpen ? SWITCHED : httpStatus);
        }
        proven = false;
        state = State.CLOSED;
        retryIn(wait);
        protocol.ended(new SessionEnd(reason, httpStatus, wasOpen, attempts, wait));
    }

    public void tick() {
        switch (state) {
            case IDLE -> {}
            case CLOSED -> {
                if (now() - retryAt >= 0 || recovered()) {
                    dial();
                }
            }
            case OPENING -> {
                if (now() - openingSince > timeouts.open().toNanos()) {
                    fail("the connection did not open within " + timeouts.open().toSeconds() + " s");
                }
            }
            case OPEN -> {
                if (alive()) {
                    if (now() - openSince > Outage.PROVEN_MILLIS * 1_000_000L) {
                        proven();
                    }
                    protocol.tick();
                    if (state == State.OPEN) {
                        recycle();
                    }
                }
            }
        }
    }

    /** The connection shows that the host takes connections. */
    private void proven() {
        if (!proven && state == State.OPEN && protocol.attemptsQueued()) {
            proven = true;
            context.budget().proven(uri);
        }
    }

    /** Whether the host is well again since the wait began; only a wait for the host ends then. */
    private boolean recovered() {
        return recoveries != context.budget().recoveries(uri)
                && retryAt - now() <= timeouts.reconnectLongest().toNanos();
    }

    private boolean alive() {
        String dead = keepAlive.tick();
        if (dead != null) {
            fail(dead);
            return false;
        }
        long silence = stalls.stalledNanos(now());
        String evidence = silence > 0 ? protocol.stalled(silence) : null;
        if (evidence != null) {
            fail("no market data for " + silence / 1_000_000L + " ms, though pings are answered: " + evidence);
        }
        return state == State.OPEN;
    }

    private void dial() {
        ConnectionBudget budget = context.budget();
        if (protocol.attemptsQueued() ? budget.mayOpen(this, uri) : budget.mayOpenUnqueued()) {
            state = State.OPENING;
            openingSince = now();
            usedUpReported = false;
            attempts++;
            id = openLink();
        } else if (budget.usedUpNanos() > 0 && !usedUpReported) {
            usedUpReported = true;
            protocol.budgetUsedUp(budget.usedUpNanos());
        }
    }

    private void recycle() {
        if (nextId != 0) {
            if (now() - nextSince > timeouts.open().toNanos()) {
                dropNext();
            }
        } else if (!timeouts.recycle().isZero()
                && now() - recycleAt >= 0
                && protocol.mayBeReplaced()
                && context.budget().mayOpen(this, uri)) {
            nextSince = now();
            nextId = openLink();
        }
    }

    /** Gives up the replacement; the current connection stays, and another attempt follows. */
    private void dropNext() {
        if (nextId != 0) {
            context.network().close(nextId);
            context.budget().done(this);
            nextId = 0;
            recycleAt = now() + RECYCLE_RETRY_NANOS;
        }
    }

    private int openLink() {
        int link = context.identifiers().next();
        context.network().open(link, uri);
        return link;
    }

    private void closeLink() {
        if (state == State.OPENING || state == State.OPEN) {
            context.network().close(id);
        }
    }

    private long now() {
        return context.time().nanos();
    }
}
