package dev.livefeed.connector.sdk;

import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Status.Head;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes heartbeat statuses with figures. A heartbeat says nothing about the freshness of the data. */
final class HeartbeatWriter {

    /** The protocol requires at least one every 5 s. */
    static final Duration INTERVAL = Duration.ofSeconds(2);

    private final String connector;
    private final ConnectorFeed feed;
    private final Outbox outbox;
    private final TimeSource time;
    private final long startedAt;

    HeartbeatWriter(String connector, ConnectorFeed feed, Outbox outbox, TimeSource time) {
        this.connector = connector;
        this.feed = feed;
        this.outbox = outbox;
        this.time = time;
        this.startedAt = time.nanos();
    }

    /**
     * Writes a heartbeat.
     *
     * @param id id of the {@code ping} command that it answers, or null
     */
    void beat(String id) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("uptime_s", (time.nanos() - startedAt) / 1_000_000_000L);
        details.putAll(outbox.figures());
        details.putAll(feed.figures());
        outbox.status(Heartbeat.of(new Head(connector, null, null, id, null), details));
    }
}
