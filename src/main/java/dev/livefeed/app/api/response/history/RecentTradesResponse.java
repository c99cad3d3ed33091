package dev.livefeed.app.api.response.history;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The last trades of a symbol in the order of their arrival, the newest last. */
public record RecentTradesResponse(
        @JsonUnwrapped InstrumentBody instrument, boolean fresh, boolean synthetic, List<Item> trades) {

    /** One trade. */
    public record Item(
            String id,
            Instant ts,
            BigDecimal price,
            BigDecimal qty,
            String side,
            boolean late,
            boolean repaired,
            @JsonUnwrapped Kind kind) {}

    /** What distinguishes it from a trade of the book. */
    public record Kind(boolean blockTrade, boolean rpi) {}

    public static Item item(Trade trade) {
        return new Item(
                trade.id(),
                trade.timestamp(),
                trade.price(),
                trade.qty(),
                trade.side().toString(),
                trade.late(),
                trade.repaired(),
                new Kind(trade.blockTrade(), trade.rpi()));
    }
}
