package dev.livefeed.app.paper;

import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;

/** A resting order and its position in the queue. */
record RestingOrder(long id, Side side, BigDecimal price, QueuePosition queue) {

    /** Whether a trade at this price went through the order's price. */
    boolean tradedThroughBy(BigDecimal tradePrice) {
        int comparison = tradePrice.compareTo(price);
        return side == Side.BUY ? comparison < 0 : comparison > 0;
    }

    /** Compares by price-time priority; below 0 if this order is matched first. */
    int comparePriority(RestingOrder other) {
        int comparison = price.compareTo(other.price);
        return comparison == 0 ? Long.compare(id, other.id) : side == Side.BUY ? -comparison : comparison;
    }
}
