package dev.livefeed.exchange.account;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A position and the cash balance of the account, in exact decimals. */
final class Holding {

    static final BigDecimal TAKER_FEE = new BigDecimal("0.00055");

    private BigDecimal size = BigDecimal.ZERO;
    private BigDecimal entry = BigDecimal.ZERO;
    private BigDecimal realised = BigDecimal.ZERO;
    private BigDecimal cash;

    Holding(BigDecimal cash) {
        this.cash = cash;
    }

    /** Fee, closed quantity and realised profit of a fill. */
    record Effect(BigDecimal fee, BigDecimal closed, BigDecimal profit) {}

    Effect fill(boolean buy, BigDecimal quantity, BigDecimal price) {
        BigDecimal signed = buy ? quantity : quantity.negate();
        BigDecimal closed = BigDecimal.ZERO;
        BigDecimal profit = BigDecimal.ZERO;
        if (size.signum() * signed.signum() < 0) {
            closed = size.abs().min(quantity);
            BigDecimal gain = size.signum() > 0 ? price.subtract(entry) : entry.subtract(price);
            profit = gain.multiply(closed);
        }
        BigDecimal opened = quantity.subtract(closed);
        BigDecimal after = size.add(signed);
        if (opened.signum() > 0) {
            BigDecimal kept = after.abs().subtract(opened);
            entry = entry.multiply(kept).add(price.multiply(opened)).divide(after.abs(), 8, RoundingMode.HALF_EVEN);
        }
        size = after;
        if (size.signum() == 0) {
            entry = BigDecimal.ZERO;
        }
        BigDecimal fee = quantity.multiply(price).multiply(TAKER_FEE);
        realised = realised.add(profit).subtract(fee);
        cash = cash.add(profit).subtract(fee);
        return new Effect(fee, closed, profit);
    }

    /** Pays a fee without a trade; negative if it is received, null if there is none. */
    Effect pay(BigDecimal amount) {
        BigDecimal fee = amount == null ? BigDecimal.ZERO : amount;
        realised = realised.subtract(fee);
        cash = cash.subtract(fee);
        return new Effect(fee, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    /** Positive for a long position. */
    BigDecimal size() {
        return size;
    }

    BigDecimal entry() {
        return entry;
    }

    BigDecimal realised() {
        return realised;
    }

    BigDecimal cash() {
        return cash;
    }

    BigDecimal unrealised(BigDecimal mark) {
        return mark.subtract(entry).multiply(size);
    }
}
