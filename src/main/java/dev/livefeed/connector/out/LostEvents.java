package dev.livefeed.connector.out;

import dev.livefeed.event.Status;
import dev.livefeed.event.Times;
import java.util.Map;

/** Events of one channel and symbol that found no room: counted with their bounds until the hole can be announced. */
final class LostEvents {

    private final String channel;
    private final String symbol;
    private final String category;
    private final long from;
    private long to;
    private long count;

    /** @param fromMicros exchange time of the first */
    LostEvents(String channel, String symbol, String category, long fromMicros) {
        this.channel = channel;
        this.symbol = symbol;
        this.category = category;
        this.from = fromMicros;
    }

    void add(long timestampMicros) {
        to = timestampMicros;
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
