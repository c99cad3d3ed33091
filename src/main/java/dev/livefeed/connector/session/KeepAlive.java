package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.TimeSource;

/**
 * Tells whether a connection lives: pings it, and looks for the answer.
 *
 * <p>The first ping goes out when the connection opens. A connection that had data and falls silent is pinged at
 * once. A ping without a pong in time means death where nothing else came either; where other frames came, only the
 * third such ping in a row does.
 */
final class KeepAlive {

    private static final int PINGS_WITHOUT_PONG = 3;
    /** A longer pause between two ticks was ours: frames may wait unread, and the limits do not count it. */
    private static final long OWN_PAUSE = 1_000_000_000L;

    private final TimeSource time;
    private final SessionTimeouts limits;
    private final Runnable ping;
    private long nextPingAt;
    private long pingedAt;
    private long pongDueAt;
    private boolean pongDue;
    private int withoutPong;
    private long lastFrameAt;
    private boolean silenceMatters;
    private long lastTickAt;

    /**
     * @param ping sends one
     */
    KeepAlive(TimeSource time, SessionTimeouts limits, Runnable ping) {
        this.time = time;
        this.limits = limits;
        this.ping = ping;
    }

    void opened() {
        long now = time.nanos();
        withoutPong = 0;
        lastFrameAt = now;
        lastTickAt = now;
        silenceMatters = false;
        ping(now);
    }

    /** Any frame came. */
    void frame() {
        lastFrameAt = time.nanos();
    }

    /** Market data came. */
    void data() {
        silenceMatters = true;
    }

    void pong() {
        pongDue = false;
        withoutPong = 0;
    }

    /**
     * Time has passed.
     *
     * @return null, or why the connection is dead
     */
    String tick() {
        long now = time.nanos();
        long pause = now - lastTickAt;
        lastTickAt = now;
        if (pause > OWN_PAUSE) {
            pongDueAt += pause;
        }
        if (pongDue && now - pongDueAt > 0) {
            pongDue = false;
            withoutPong++;
            boolean otherFrames = lastFrameAt - pingedAt > 0;
            if (!otherFrames || withoutPong >= PINGS_WITHOUT_PONG) {
                return otherFrames
                        ? "no pong to " + PINGS_WITHOUT_PONG + " pings in a row"
                        : "no pong and nothing else within " + limits.pong().toMillis() + " ms";
            }
        }
        if (now - nextPingAt >= 0) {
            ping(now);
        } else if (silenceMatters && now - lastFrameAt > limits.silence().toNanos()) {
            silenceMatters = false;
            if (!pongDue) {
                ping(now);
            }
        }
        return null;
    }

    private void ping(long now) {
        nextPingAt = now + limits.ping().toNanos();
        pingedAt = now;
        pongDueAt = now + limits.pong().toNanos();
        pongDue = true;
        ping.run();
    }
}
