package dev.livefeed.app.process;

import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.TickerFigure;
import dev.livefeed.protocol.model.TickerFigures;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Statuses;
import java.math.BigDecimal;
import java.util.Map;

/** Events for tests, with defaults for irrelevant fields. */
public final class Events {

    /** Exchange time of every event made here, microseconds. */
    public static final long AT = 1_780_488_000_123_000L;

    private Events() {}

    public static Trade trade(String symbol, String price) {
        return new Trade(
                symbol, null, "1", AT, new BigDecimal(price), BigDecimal.ONE, Side.BUY, -1, false, false, AT, false);
    }

    public static Depth snapshot(String symbol, long id, String bid, String ask) {
        return new Depth(symbol, null, AT, side(bid, "1"), side(ask, "1"), id, -1, true, 50, AT, false);
    }

    /** A change of one bid; {@code previous} is -1 if the connector does not report it. */
    public static Depth delta(String symbol, long previous, long id, String bid, String qty) {
        return new Depth(symbol, null, AT, side(bid, qty), Levels.EMPTY, id, previous, false, 50, AT, false);
    }

    /** The same update of a linear instrument of a venue. */
    public static Depth ofVenue(String venue, Depth depth) {
        return new Depth(
                InstrumentId.of(venue, "linear", depth.symbol()),
                depth.timestampMicros(),
                depth.bids(),
                depth.asks(),
                depth.lastUpdateId(),
                depth.prevUpdateId(),
                depth.snapshot(),
                depth.levels(),
                depth.receivedAt(),
                depth.synthetic());
    }

    public static Ticker ticker(String symbol, String lastPrice) {
        return new Ticker(
                symbol,
                "linear",
                AT,
                new TickerFigures.Builder()
                        .set(TickerFigure.LAST_PRICE, new BigDecimal(lastPrice))
                        .build(),
                -1,
                -1,
                AT,
                false);
    }

    public static Kline kline(String symbol, KlineInterval interval) {
        BigDecimal one = BigDecimal.ONE;
        return new Kline(symbol, "linear", AT, interval, AT, AT + 1, one, one, one, one, one, one, false, AT, false);
    }

    public static Liquidation liquidation(String symbol) {
        return new Liquidation(symbol, "linear", AT, BigDecimal.ONE, BigDecimal.ONE, Side.SELL, AT, false);
    }

    public static Levels side(String price, String qty) {
        return new Levels.Builder()
                .add(new BigDecimal(price), new BigDecimal(qty))
                .build();
    }

    public static Status status(String status, String channel, String symbol, String id, String reason) {
        return Statuses.of(status, null, symbol, channel, id, reason, Map.of());
    }
}
