package dev.livefeed.connector.bybit.account;

import dev.livefeed.connector.sdk.TimeSource;
import java.time.Duration;

/**
 * Pings the private stream, which is silent while nothing happens in the account, and tells when nobody answers.
 *
 * <p>A ping without a pong in time is death where nothing else came since; otherwise the third in a row is.
 */
final class Pinger {

    static final String PING = "{\"op\":\"ping\"}";

    private static final int WITHOUT_PONG = 3;
    /** A longer pause between two ticks was ours: frames may wait unread, and the limits do not count it. */
    private static final long OWN_PAUSE = 1_000_000_000L;

    private final TimeSource time;
    private final Duration interval;
    private final Duration limit;
    private final Runnable ping;
    private long nextAt;
    private long pingedAt;
    private long dueAt;
    private boolean due;
    private int withoutPong;
    private long lastFrameAt;
    private long lastTickAt;

    Pinger(TimeSource time, Duration interval, Duration limit, Runnable ping) {
        this.time = time;
        this.interval = interval;
        this.limit = limit;
        this.ping = ping;
    }

    void opened() {
        withoutPong = 0;
        lastFrameAt = time.nanos();
        lastTickAt = lastFrameAt;
        ping();
    }

    /** Any frame came. */
    void frame() {
        lastFrameAt = time.nanos();
    }

    void pong() {
        due = false;
        withoutPong = 0;
    }

    /**
     * Time has passed.
     *
     * @return null, or why the connection is dead
     */
    String tick() {
        long now = time.nanos();
        if (now - lastTickAt > OWN_PAUSE) {
            dueAt += now - lastTickAt;
        }
        lastTickAt = now;
        if (due && now - dueAt > 0) {
            due = false;
            withoutPong++;
            if (lastFrameAt - pingedAt <= 0) {
                return "no pong and nothing else within " + limit.toMillis() + " ms";
            }
            if (withoutPong >= WITHOUT_PONG) {
                return "no pong to " + WITHOUT_PONG + " pings in a row";
            }
        }
        if (now - nextAt >= 0) {
            ping();
        }
        return null;
    }

    private void ping() {
        long now = time.nanos();
        nextAt = now + interval.toNanos();
        pingedAt = now;
        dueAt = now + limit.toNanos();
        due = true;
        ping.run();
    }
}
