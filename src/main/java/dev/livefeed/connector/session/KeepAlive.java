package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.TimeSource;

/**
 * Detects a dead connection by pings.
 *
 * <p>The first ping is sent when the connection opens, and another one as soon as a connection that carried data falls
 * silent. A connection is dead if a ping is not answered in time and no other frame was received since; if other frames
 * were received, only the third unanswered ping in a row counts.
 */
final class KeepAlive {

    private static final int MAX_UNANSWERED_PINGS = 3;
    /** A longer pause between two ticks was on our side: frames may be unread, so timeouts are extended by it. */
    private static final long MAX_TICK_GAP = 1_000_000_000L;

    private final TimeSource time;
    private final SessionTimeouts timeouts;
    private final Runnable ping;
    private long nextPingAt;
    private long pingedAt;
    private long pongDueAt;
    private boolean pongDue;
    private int unansweredPings;
    private long lastFrameAt;
    private boolean pingOnSilence;
    private long lastTickAt;

    /**
     * @param ping sends a ping
     */
    KeepAlive(TimeSource time, SessionTimeouts timeouts, Runnable ping) {
        this.time = time;
        this.timeouts = timeouts;
        this.ping = ping;
    }

    void opened() {
        long now = time.nanos();
        unansweredPings = 0;
        lastFrameAt = now;
        lastTickAt = now;
        pingOnSilence = false;
        ping(now);
    }

    /** A frame of any kind was received. */
    void frame() {
        lastFrameAt = time.nanos();
    }

    /** Market data was received. */
    void data() {
        pingOnSilence = true;
    }

    void pong() {
        pongDue = false;
        unansweredPings = 0;
    }

    /**
     * Checks the timeouts and sends a ping if one is due.
     *
     * @return why the connection is dead, or null if it is alive
     */
    String tick() {
        long now = time.nanos();
        long pause = now - lastTickAt;
        lastTickAt = now;
        if (pause > MAX_TICK_GAP) {
            pongDueAt += pause;
        }
        if (pongDue && now - pongDueAt > 0) {
            pongDue = false;
            unansweredPings++;
            boolean otherFrames = lastFrameAt - pingedAt > 0;
            if (!otherFrames || unansweredPings >= MAX_UNANSWERED_PINGS) {
                return otherFrames
                        ? "no pong to " + MAX_UNANSWERED_PINGS + " pings in a row"
                        : "no pong and nothing else within " + timeouts.pong().toMillis() + " ms";
            }
        }
        if (now - nextPingAt >= 0) {
            ping(now);
        } else if (pingOnSilence && now - lastFrameAt > timeouts.silence().toNanos()) {
            pingOnSilence = false;
            if (!pongDue) {
                ping(now);
            }
        }
        return null;
    }

    private void ping(long now) {
        nextPingAt = now + timeouts.ping().toNanos();
        pingedAt = now;
        pongDueAt = now + timeouts.pong().toNanos();
        pongDue = true;
        ping.run();
    }
}
