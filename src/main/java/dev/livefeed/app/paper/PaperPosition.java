package dev.livefeed.app.paper;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What one strategy holds of one symbol, at average cost. Immutable.
 *
 * <p>Only one step divides: where a part of a position is closed, its share of the cost is rounded to {@value #SCALE}
 * digits, half to even, and taken off the cost, so that the rest keeps the difference and nothing is lost: for every
 * account cash = capital + realised - cost - fees, to the last digit.
 *
 * @param qty above 0 long, below 0 short
 * @param cost what was paid for it, below 0 where it was sold short
 * @param realised profit and loss of what was closed, fees not taken off
 * @param fees paid in all
 * @param openedMicros event time at which it last left 0, or -1 while it is 0
 */
public record PaperPosition(
        String strategy,
        String symbol,
        BigDecimal qty,
        BigDecimal cost,
        BigDecimal realised,
        BigDecimal fees,
        long openedMicros) {

    /** Digits behind the point where a division is unavoidable. */
    public static final int SCALE = 12;

    static PaperPosition none(String strategy, String symbol) {
        return new PaperPosition(
                strategy, symbol, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, -1);
    }

    PaperPosition with(Fill fill) {
        BigDecimal signed = fill.side() == Side.BUY ? fill.qty() : fill.qty().negate();
        BigDecimal newFees = fees.add(fill.fee());
        BigDecimal newQty = qty.add(signed);
        if (qty.signum() * signed.signum() >= 0) {
            return new PaperPosition(
                    strategy,
                    symbol,
                    newQty,
                    cost.add(signed.multiply(fill.price())),
                    realised,
                    newFees,
                    qty.signum() == 0 ? fill.atMicros() : openedMicros);
        }
        BigDecimal closing = qty.abs().min(fill.qty());
        boolean all = closing.compareTo(qty.abs()) == 0;
        BigDecimal released = all ? cost : cost.multiply(closing).divide(qty.abs(), SCALE, RoundingMode.HALF_EVEN);
        BigDecimal flow = closing.multiply(fill.price());
        BigDecimal gain = (qty.signum() > 0 ? flow : flow.negate()).subtract(released);
        boolean turned = newQty.signum() * signed.signum() > 0;
        return new PaperPosition(
                strategy,
                symbol,
                newQty.signum() == 0 ? BigDecimal.ZERO : newQty,
                turned ? newQty.multiply(fill.price()) : all ? BigDecimal.ZERO : cost.subtract(released),
                realised.add(gain),
                newFees,
                newQty.signum() == 0 ? -1 : turned ? fill.atMicros() : openedMicros);
    }

    @JsonIgnore
    public boolean isFlat() {
        return qty.signum() == 0;
    }

    @JsonIgnore
    public boolean isLong() {
        return qty.signum() > 0;
    }

    @JsonIgnore
    public boolean isShort() {
        return qty.signum() < 0;
    }

    /** Cost of one unit; null while there is none. */
    @JsonIgnore
    public BigDecimal averagePrice() {
        return isFlat() ? null : cost.divide(qty, SCALE, RoundingMode.HALF_EVEN);
    }

    /** What closing at this price would gain, fees not taken off. */
    public BigDecimal unrealised(BigDecimal mark) {
        return isFlat() || mark == null ? BigDecimal.ZERO : qty.multiply(mark).subtract(cost);
    }

    /** Gain at this price in hundredths of a percent of the cost, two digits; 0 while there is no position. */
    public BigDecimal gainBps(BigDecimal mark) {
        return isFlat() || mark == null
                ? BigDecimal.ZERO
                : unrealised(mark).movePointRight(4).divide(cost.abs(), 2, RoundingMode.HALF_EVEN);
    }
}
