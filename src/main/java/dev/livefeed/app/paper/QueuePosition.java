package dev.livefeed.app.paper;

import java.math.BigDecimal;

/**
 * How much stands before a resting order at its price, and what of a trade is left for the order.
 *
 * <ul>
 *   <li>An order joins the queue behind all that the book shows at its price. What comes later stands behind it.
 *   <li>Trades at the price take from the queue first.
 *   <li>Cancels: whether an order before or behind ours was cancelled cannot be seen, so what stands before ours
 *       shrinks only when the book shows less at the price than that. Such a shrinkage may be a trade whose print has
 *       yet to come (depth and trades are two streams): prints of the next second are set against it first, so that
 *       no size counts twice.
 *   <li>Where the book does not reach the price the queue is unknown, and trades at the price fill nothing until it
 *       does.
 * </ul>
 *
 * <p>All of it errs towards fewer fills.
 */
final class QueuePosition {

    /** How long after a depth update the prints of its trades may come, on event time. */
    static final long WINDOW_MICROS = 1_000_000;

    private BigDecimal ahead;
    private BigDecimal credit = BigDecimal.ZERO;
    private long creditAt;

    /** @param ahead what the book shows at the price, or null where it does not reach it */
    QueuePosition(BigDecimal ahead) {
        this.ahead = ahead;
    }

    /** What stands before the order, or null where that is unknown. */
    BigDecimal ahead() {
        return ahead;
    }

    /** The book shows this much at the price now; null where it does not reach it. */
    void shown(BigDecimal qty, long atMicros) {
        if (qty == null) {
            return;
        }
        if (ahead == null) {
            ahead = qty;
        } else if (qty.compareTo(ahead) < 0) {
            if (atMicros - creditAt > WINDOW_MICROS) {
                credit = BigDecimal.ZERO;
            }
            credit = credit.add(ahead.subtract(qty));
            creditAt = atMicros;
            ahead = qty;
        }
    }

    /** A trade of this size at the price. Returns what of it reaches the order. */
    BigDecimal traded(BigDecimal qty, long atMicros) {
        if (ahead == null) {
            return BigDecimal.ZERO;
        }
        BigDecimal left = qty;
        if (credit.signum() > 0) {
            if (atMicros - creditAt <= WINDOW_MICROS) {
                BigDecimal explained = credit.min(left);
                credit = credit.subtract(explained);
                left = left.subtract(explained);
            } else {
                credit = BigDecimal.ZERO;
            }
        }
        BigDecimal taken = ahead.min(left);
        ahead = ahead.subtract(taken);
        return left.subtract(taken);
    }

    /** A trade went through the price: nothing can stand before the order any more. */
    void passed() {
        ahead = BigDecimal.ZERO;
        credit = BigDecimal.ZERO;
    }
}
