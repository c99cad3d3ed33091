package dev.livefeed.app.paper;

import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;

/** An order that rests, and its place in the queue. */
record RestingOrder(long id, Side side, BigDecimal price, QueuePosition queue) {

    /** Whether a trade at this price reached beyond the order's price. */
    boolean passedBy(BigDecimal tradePrice) {
        int way = tradePrice.compareTo(price);
        return side == Side.BUY ? way < 0 : way > 0;
    }

    /** Below 0 where this one is matched before the other: better price, then earlier. */
    int before(RestingOrder other) {
        int way = price.compareTo(other.price);
        return way == 0 ? Long.compare(id, other.id) : side == Side.BUY ? -way : way;
    }
}
