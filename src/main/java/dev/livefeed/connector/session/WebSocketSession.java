package dev.livefeed.connector.session;

import java.net.URI;

/**
 * One WebSocket to a venue, made anew whenever it ends.
 *
 * <pre>
 * state   | what it waits for
 * --------+----------------------------------------------------------------------------------------
 * IDLE    | start
 * CLOSED  | the time of the next attempt, and its turn in the {@link ConnectionBudget}
 * OPENING | the connection
 * OPEN    | frames; ends where pings or data stay away ({@link KeepAlive}, {@link StallDetector})
 * </pre>
 *
 * A connection that is about as old as the settings allow is replaced by plan: the next one is opened beside it and
 * takes its place. The waits between attempts start small again once a connection was {@link #earned of use}; having
 * connected is not enough. What is sent and what frames mean is the {@link SessionProtocol}'s business.
 */
public final class WebSocketSession {

    private static final long RECYCLE_AGAIN = 60_000_000_000L;

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
    private boolean earned;
    private int attempts;
    private boolean saidUsedUp;
    private long openingSince;
    private long openSince;
    private long retryAt;
    private long recycleAt;

    /** The connection that is to take this one's place, or 0. */
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

    /** Whether the other side says of itself that its data is made up. */
    public boolean synthetic() {
        return synthetic;
    }

    /** Whether the link of that number is this session's, or is to be. */
    public boolean has(int link) {
        return link != 0 && (link == id || link == nextId);
    }

    /** Opens the connection as soon as it may be. */
    public void start() {
        state = State.CLOSED;
        retryAt = now();
        tick();
    }

    /** Ends the connection for good. */
    public void stop() {
        dropNext();
        context.budget().done(this);
        closeLink();
        state = State.IDLE;
    }

    public void send(String text) {
        context.network().send(id, text);
    }

    /** Sends a ping of the WebSocket protocol, which every server answers. */
    public void sendPing() {
        context.network().ping(id);
    }

    /** Ends the connection because it is of no use any more, and makes it anew after the wait. */
    public void fail(String reason) {
        fail(reason, ReconnectWaits.Pace.NORMAL);
    }

    public void fail(String reason, ReconnectWaits.Pace pace) {
        if (state == State.OPENING || state == State.OPEN) {
            closeLink();
            ended(reason, 0, waits.next(pace));
        }
    }

    /**
     * Ends the connection without a word to the protocol; the next attempt is the first again, and follows after so
     * long.
     */
    public void suspend(long nanos) {
        dropNext();
        context.budget().done(this);
        context.network().close(id);
        state = State.CLOSED;
        attempts = 0;
        retryIn(nanos);
    }

    /** The next attempt follows after so long from now. */
    public void retryIn(long nanos) {
        retryAt = now() + nanos;
    }

    /** The connection was of use: the waits start small again. */
    public void earned() {
        if (!earned) {
            earned = true;
            attempts = 0;
            waits.reset();
        }
    }

    /** The venue has answered a ping. */
    public void pong() {
        keepAlive.pong();
    }

    /**
     * Market data came.
     *
     * @return whether it ended a silence that is unusual for this stream
     */
    public boolean data() {
        keepAlive.data();
        boolean unusual = stalls.beat(now());
        earned();
        return unusual;
    }

    /** What made the rhythm of the data has changed. */
    public void rhythmChanged() {
        stalls.forget();
    }

    /** The network has opened the link; one that is not this session's is left alone, here and below. */
    public void opened(int link, boolean saysSynthetic) {
        boolean replacement = nextId != 0 && link == nextId;
        if (!replacement && (link != id || state != State.OPENING)) {
            return;
        }
        context.budget().done(this);
        synthetic = saysSynthetic;
        long age = now() - openSince;
        if (replacement) {
            context.network().close(id);
            id = nextId;
            nextId = 0;
        } else {
            state = State.OPEN;
            earned = false;
        }
        openSince = now();
        recycleAt = openSince
                + (long) (timeouts.recycle().toNanos()
                        * (1 - 0.1 * context.random().nextDouble()));
        keepAlive.opened();
        stalls.begin(now());
        if (replacement) {
            protocol.replaced(age / 1_000_000L);
        } else {
            protocol.opened();
        }
    }

    public void frame(int link, byte[] bytes, int offset, int length, long receivedAt) {
        if (link == id && state == State.OPEN) {
            keepAlive.frame();
            protocol.frame(bytes, offset, length, receivedAt);
        }
    }

    /** A pong of the WebSocket protocol came. */
    public void pongFrame(int link) {
        if (link == id && state == State.OPEN) {
            keepAlive.frame();
            keepAlive.pong();
        }
    }

    public void closed(int link, String reason, int httpStatus) {
        if (nextId != 0 && link == nextId) {
            dropNext();
            if (protocol.refusesHost(httpStatus)) {
                context.budget().hold(waits.next(ReconnectWaits.Pace.FORBIDDEN));
            }
        } else if (link == id && (state == State.OPENING || state == State.OPEN)) {
            long wait = protocol.retryAfter(httpStatus, waits);
            if (protocol.refusesHost(httpStatus)) {
                context.budget().hold(wait);
            }
            ended(reason, httpStatus, wait);
        }
    }

    private void ended(String reason, int httpStatus, long wait) {
        dropNext();
        context.budget().done(this);
        boolean wasOpen = state == State.OPEN;
        state = State.CLOSED;
        retryIn(wait);
        protocol.ended(new SessionEnd(reason, httpStatus, wasOpen, attempts, wait));
    }

    public void tick() {
        switch (state) {
            case IDLE -> {}
            case CLOSED -> {
                if (now() - retryAt >= 0) {
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
                    protocol.tick();
                    if (state == State.OPEN) {
                        recycle();
                    }
                }
            }
        }
    }

    private boolean alive() {
        String dead = keepAlive.tick();
        if (dead != null) {
            fail(dead);
            return false;
        }
        long silence = stalls.deadFor(now());
        if (silence > 0) {
            stalls.died(now());
            fail("no market data for " + silence / 1_000_000L + " ms, though pings are answered");
            return false;
        }
        return true;
    }

    private void dial() {
        ConnectionBudget budget = context.budget();
        if (protocol.opensInTurn() ? budget.mayOpen(this) : budget.mayOpenBeside()) {
            state = State.OPENING;
            openingSince = now();
            saidUsedUp = false;
            attempts++;
            id = openLink();
        } else if (budget.usedUpNanos() > 0 && !saidUsedUp) {
            saidUsedUp = true;
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
                && context.budget().mayOpen(this)) {
            nextSince = now();
            nextId = openLink();
        }
    }

    /** The connection is kept; another attempt to replace it follows. */
    private void dropNext() {
        if (nextId != 0) {
            context.network().close(nextId);
            context.budget().done(this);
            nextId = 0;
            recycleAt = now() + RECYCLE_AGAIN;
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
