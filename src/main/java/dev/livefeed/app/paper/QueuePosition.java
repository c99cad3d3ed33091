package dev.livefeed.app.paper;

import java.math.BigDecimal;

/**
 * The quantity ahead of a resting order at its price. It decides how much of a trade reaches the order.
 * <ul>
 * <li>An order joins the queue behind everything that the book shows at its price; later orders are behind it.
 * <li>Trades at the price consume the queue first.
 * <li>Cancels: it is not visible whether a cancelled order was ahead of ours, so the quantity ahead shrinks only when
 *     the book shows less at the price. Such a reduction may come from a trade that is reported later, because depth
 *     and trades are two streams: trades of the next second are offset against it first, so that no quantity counts
 *     twice.
 * <li>If the book does not reach the price, the queue is unknown, and trades at the price fill nothing until it does.
 * </ul>
 *
 * <p>Every rule errs towards fewer fills.
 */
final class QueuePosition {

    /** How long after a depth update its trades may be reported, in event time. */
    static final long WINDOW_MICROS = 1_000_000;

    private BigDecimal ahead;
    private BigDecimal credit = BigDecimal.ZERO;
    private long creditAt;

    /** @param ahead quantity that the book shows at the price, or null if it does not reach it */
    QueuePosition(BigDecimal ahead) {
        this.ahead = ahead;
    }

    /** Updates the queue with the quantity that the book now shows at the price; null if it does not reach it. */
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

    /** Takes a trade at the price; returns the quantity that reaches the order. */
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

    /** A trade went through the price: nothing is ahead of the order any more. */
    void passed() {
        ahead = BigDecimal.ZERO;
        credit = BigDecimal.ZERO;
    }
}
