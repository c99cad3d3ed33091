package dev.livefeed.connector.out;

import dev.livefeed.event.Status;
import dev.livefeed.event.Times;
import java.util.Map;

/** Events of one channel and symbol that found no room: counted with their bounds until the hole can be announced. */
final class LostEvents {

    private final String channel;
    private final String symbol;
    private final String category;
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;
    private long count;

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

    Status gap(String connector) {
        Status gap = new Status(
                        Status.GAP,
                        connector,
                        symbol,
                        channel,
                        null,
                        "the reader of the events was too slow: " + count + ' '
                                + (channel.equals("trades") ? channel : "events of " + channel) + " found no room",
                        Map.of())
                .with("from", Times.instant(from).toString())
                .with("to", Times.instant(to).toString())
                .with("count", count);
        return category == null ? gap : gap.with("category", category);
    }
}
