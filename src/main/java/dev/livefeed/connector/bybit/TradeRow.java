package dev.livefeed.connector.bybit;

import dev.livefeed.event.Side;

/** One trade of a frame, used again for the next frame. */
final class TradeRow {

    long timeMillis;
    long price;
    int priceScale;
    long qty;
    int qtyScale;
    Side side;
    String id;
    String symbol;
    boolean blockTrade;
    boolean rpi;
    long seq;

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
