package dev.livefeed.app.strategy;

import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;

/** Creates trades for tests. */
public final class Trades {

    private static int ids;

    private Trades() {}

    public static Trade trade(long micros, String price, String qty, Side side) {
        return trade("BTCUSDT", micros, new BigDecimal(price), new BigDecimal(qty), side);
    }

    public static Trade trade(String symbol, long micros, BigDecimal price, BigDecimal qty, Side side) {
        return new Trade(
                symbol, "linear", Integer.toString(++ids), micros, price, qty, side, -1, false, false, micros, false);
    }
}
