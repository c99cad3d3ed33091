package dev.livefeed.connector.feed;

import dev.livefeed.connector.sdk.TimeSource;

/** A limit on the requests per second, and a lower one for those in the background. */
public final class RequestsPerSecond implements RestBudget {

    private static final long SECOND = 1_000_000_000L;

    private final TimeSource time;
    private final int most;
    private final int mostInBackground;
    private long startedAt;
    private boolean started;
    private int sent;
    private int sentInBackground;

    public RequestsPerSecond(TimeSource time, int most, int mostInBackground) {
        this.time = time;
        this.most = most;
        this.mostInBackground = mostInBackground;
    }

    @Override
    public boolean allows(int weight, boolean inBackground) {
        long now = time.nanos();
        if (!started || now - startedAt >= SECOND) {
            started = true;
            startedAt = now;
            sent = 0;
            sentInBackground = 0;
        }
        return sent < most && (!inBackground || sentInBackground < mostInBackground);
    }

    @Override
    public void sent(int weight, boolean inBackground) {
        sent++;
        sentInBackground += inBackground ? 1 : 0;
    }
}
