package dev.livefeed.app.feed;

import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.ReplayStatus.ReplayProgress;
import java.util.Map;

/**
 * The feed at one point in time: what the connector reported, and the phase of its supervision.
 *
 * @param alive whether a connector process runs
 * @param synthetic whether a connector reported that its exchange is not a real one
 * @param playback of a recording
 */
public record FeedSnapshot(
        Phase phase,
        boolean alive,
        Link link,
        Data data,
        Report report,
        Losses losses,
        boolean synthetic,
        Playback playback) {

    /** A healthy connector sends a heartbeat at least every 5 s. */
    private static final long HEARTBEAT_MILLIS = 12_000;

    /**
     * The connections to the exchange.
     *
     * @param up whether the connector reported a connection since its start and has not lost all of them since
     * @param lost whether the connector reported that all connections are lost
     * @param reason of the last loss, or null
     * @param down the connections that are down, each with its reason; without a name if there is only one
     * @param downSince since when at least one of them has been down, on the clock of the feed
     * @param lastLoss when the last one that was open was lost; later attempts to open it do not count
     * @param partial whether the connector counts fewer open connections than it has
     */
    public record Link(
            boolean up,
            boolean lost,
            String reason,
            Map<String, String> down,
            long downSince,
            long lastLoss,
            boolean partial) {

        static final Link NONE = new Link(false, false, null, Map.of(), 0, 0, false);
    }

    /**
     * The market data of the running process.
     *
     * @param evident whether market data or a {@code subscribed} has arrived
     * @param uptimeMillis since the start of the process, or -1
     * @param ageMillis since the connector received the newest market event, or -1
     * @param waitedMillis between the receipt of that event and its processing by the routes
     * @param lastTimestampMicros exchange time of the last market event of any process, or -1
     * @param silenceMillis since the last line, without the time for which the routes held a line
     */
    public record Data(
            boolean evident,
            long uptimeMillis,
            long ageMillis,
            long waitedMillis,
            long lastTimestampMicros,
            long silenceMillis) {}

    /**
     * The last heartbeat of the process.
     *
     * @param heartbeat null if none was received
     * @param shown its first 64 fields that are neither lists nor objects
     * @param clock the offset of the exchange's clock, or null if it is not measured
     */
    public record Report(Heartbeat heartbeat, Map<String, Object> shown, Clock clock) {

        static final Report NONE = new Report(null, Map.of(), null);

        public boolean received() {
            return heartbeat != null;
        }
    }

    /**
     * The offset of the exchange's clock.
     *
     * @param offsetMicros how far it is ahead of the local clock
     * @param uncertaintyMicros maximum error of the offset
     */
    public record Clock(long offsetMicros, long uncertaintyMicros) {}

    /**
     * Counters that show a loss even if it was over between two snapshots.
     *
     * @param total times that the whole feed was lost: all connections, the process, or a round of retries
     * @param outages times that a connection or the process was lost
     * @param disconnects times that the connector reported a lost connection
     * @param reason of the last total loss, or null
     */
    public record Losses(long total, long outages, long disconnects, String reason) {

        static final Losses NONE = new Losses(0, 0, 0, null);
    }

    /**
     * The playback of a recording.
     *
     * @param replay whether a connector reported that it plays one
     * @param progress the last report of how far it is, or null
     * @param resumedMillis since the last pause ended: 0 in a pause, {@link Long#MAX_VALUE} if there was none
     */
    public record Playback(boolean replay, ReplayProgress progress, long resumedMillis) {

        public static final Playback NONE = new Playback(false, null, Long.MAX_VALUE);
    }

    /** Whether a connector reported that it plays a recording. */
    public boolean replay() {
        return playback.replay();
    }

    /** Whether the running process plays a recording that is paused: no data is expected. */
    public boolean paused() {
        ReplayProgress progress = playback.progress();
        return phase == Phase.RUNNING && alive && progress != null && progress.paused();
    }

    /** A process runs, its feed has been shown to work, and the exchange has not been lost since. */
    public boolean connected() {
        return phase == Phase.RUNNING && alive && data.evident() && !link.lost();
    }

    /** Connected, not paused, and the newest market data, or the end of a pause, is not older than the given age. */
    public boolean fresh(long maxAgeMillis) {
        return connected()
                && !paused()
                && data.ageMillis() >= 0
                && Math.min(data.ageMillis(), playback.resumedMillis()) <= maxAgeMillis;
    }

    /** Whether all connections of the running process are open, so that no data is being missed. */
    public boolean allConnected() {
        return alive && link.up() && !link.lost() && link.down().isEmpty() && !link.partial();
    }

    /** Connected, heartbeats arrive, and no connection is down: if no data arrives, the market is quiet. */
    public boolean healthy() {
        return connected() && report.received() && link.down().isEmpty() && data.silenceMillis() <= HEARTBEAT_MILLIS;
    }
}
