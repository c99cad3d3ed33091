package dev.livefeed.connector.sdk.output;

import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status.Head;

/**
 * Events of one channel and symbol that found no room, and holes of it whose own announcement found none: counted with their bounds
 * until the whole hole can be announced.
 */
final class LostEvents {

    private final String channel;
    private final String symbol;
    private final String category;
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;
    private long count;
    private String holeReason;

    LostEvents(String channel, String symbol, String category) {
        this.channel = channel;
        this.symbol = symbol;
        this.category = category;
    }

    /** Events may come out of the order of their times, as fetched trades do. */
    void add(long timestampMicros) {
        from = Math.min(from, timestampMicros);
        to = Math.max(to, timestampMicros);
        count++;
    }

    /** A hole that was to be announced. */
    void add(long fromMicros, long toMicros, String reason) {
        from = Math.min(from, fromMicros);
        to = Math.max(to, toMicros);
        holeReason = reason;
    }

    Gap gap(String connector) {
        return new Gap(
                Head.of(connector, symbol, channel, reason()),
                category,
                Times.instant(from),
                Times.instant(to),
                count > 0 ? count : null);
    }

    private String reason() {
        if (count == 0) {
            return holeReason;
        }
        String noRoom = "the reader of the events was too slow: " + count + ' '
                + ("trades".equals(channel) ? channel : "events of " + channel) + " found no room";
        return holeReason == null ? noRoom : noRoom + "; also " + holeReason;
    }
}
