package dev.livefeed.connector.out;

import dev.livefeed.event.Status;
import dev.livefeed.event.Times;
import dev.livefeed.event.Trade;
import java.util.Map;

/** Trades of one symbol that found no room: counted with their bounds until the hole can be announced. */
final class LostTrades {

    private final String symbol;
    private final String category;
    private final long from;
    private long to;
    private long count;

    LostTrades(Trade first) {
        this.symbol = first.symbol();
        this.category = first.category();
        this.from = first.timestampMicros();
    }

    void add(Trade trade) {
        to = trade.timestampMicros();
        count++;
    }

    Status gap(String connector) {
        Status gap = new Status(
                        Status.GAP,
                        connector,
                        symbol,
                        "trades",
                        null,
                        "the reader of the events was too slow: " + count + " trades found no room",
                        Map.of())
                .with("from", Times.instant(from).toString())
                .with("to", Times.instant(to).toString())
                .with("count", count);
        return category == null ? gap : gap.with("category", category);
    }
}
