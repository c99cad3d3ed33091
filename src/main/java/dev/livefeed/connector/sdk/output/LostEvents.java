package dev.livefeed.connector.sdk.output;

import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status.Head;

/**
 * Events of one channel and symbol that were dropped, and gaps that could not be reported, combined into one gap that
 * is reported when there is room again.
 */
final class LostEvents {

    private final String channel;
    private final String symbol;
    private final String category;
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;
    private long count;
    private String gapReason;

    LostEvents(String channel, String symbol, String category) {
        this.channel = channel;
        this.symbol = symbol;
        this.category = category;
    }

    /** Events may arrive out of order, such as repaired trades. */
    void add(long timestampMicros) {
        from = Math.min(from, timestampMicros);
        to = Math.max(to, timestampMicros);
        count++;
    }

    /** Adds a gap that could not be reported. */
    void add(long fromMicros, long toMicros, String reason) {
        from = Math.min(from, fromMicros);
        to = Math.max(to, toMicros);
        gapReason = reason;
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
            return gapReason;
        }
        String overflow = "the reader of the events was too slow: " + count + ' '
                + ("trades".equals(channel) ? channel : "events of " + channel) + " found no room";
        return gapReason == null ? overflow : overflow + "; also " + gapReason;
    }
}
