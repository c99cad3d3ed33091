package dev.livefeed.app.paper;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The position of one strategy in one symbol, at average cost. Immutable.
 *
 * <p>Only a partial close divides: its share of the cost is rounded to {@value #SCALE} digits, half to even, and
 * subtracted from the cost. The remaining position keeps the rounding difference, so that for every account
 * {@code cash = capital + realised - cost - fees} holds exactly.
 *
 * @param qty above 0 for long, below 0 for short
 * @param cost amount paid for the position; below 0 for short
 * @param realised profit and loss of closed parts, before fees
 * @param fees all fees paid
 * @param openedMicros event time at which it was opened, or -1 while flat
 */
public record PaperPosition(
        String strategy,
        @JsonProperty("symbol") InstrumentId instrument,
        BigDecimal qty,
        BigDecimal cost,
        BigDecimal realised,
        BigDecimal fees,
        long openedMicros) {

    /** Decimal places of a quotient. */
    public static final int SCALE = 12;

    /** Symbol of the instrument. */
    public String symbol() {
        return instrument.symbol();
    }

    static PaperPosition none(String strategy, InstrumentId instrument) {
        return new PaperPosition(
                strategy, instrument, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, -1);
    }

    PaperPosition with(Fill fill) {
        BigDecimal signed = fill.side() == Side.BUY ? fill.qty() : fill.qty().negate();
        BigDecimal newFees = fees.add(fill.fee());
        BigDecimal newQty = qty.add(signed);
        if (qty.signum() * signed.signum() >= 0) {
            return new PaperPosition(
                    strategy,
                    instrument,
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
                instrument,
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

    /** Average entry price; null while flat. */
    @JsonIgnore
    public BigDecimal averagePrice() {
        return isFlat() ? null : cost.divide(qty, SCALE, RoundingMode.HALF_EVEN);
    }

    /** Profit and loss of closing at this price, before fees. */
    public BigDecimal unrealised(BigDecimal mark) {
        return isFlat() || mark == null ? BigDecimal.ZERO : qty.multiply(mark).subtract(cost);
    }

    /** Profit and loss at this price in basis points of the cost, two decimal places; 0 while flat. */
    public BigDecimal gainBps(BigDecimal mark) {
        return isFlat() || mark == null
                ? BigDecimal.ZERO
                : unrealised(mark).movePointRight(4).divide(cost.abs(), 2, RoundingMode.HALF_EVEN);
    }
}
