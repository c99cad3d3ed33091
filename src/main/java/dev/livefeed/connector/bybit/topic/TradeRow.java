package dev.livefeed.connector.bybit.topic;

import dev.livefeed.protocol.model.Side;

/** One trade of a frame, reused for the next frame. */
public final class TradeRow {

    public long timeMillis;
    public long price;
    public int priceScale;
    public long qty;
    public int qtyScale;
    public Side side;
    public String id;
    public String symbol;
    public boolean blockTrade;
    public boolean rpi;
    public long seq;

    void clear() {
        timeMillis = 0;
        price = 0;
        qty = 0;
        side = null;
        id = null;
        symbol = null;
        blockTrade = false;
        rpi = false;
        seq = -1;
    }
}
