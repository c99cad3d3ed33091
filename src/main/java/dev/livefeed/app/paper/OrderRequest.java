package dev.livefeed.app.paper;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;

/**
 * A requested order.
 *
 * @param strategy the id of the strategy, or {@link #MANUAL}
 * @param price of limit, post_only and ioc, else null
 * @param stopPrice of stop, else null
 */
public record OrderRequest(
        String strategy,
        @JsonProperty("symbol") InstrumentId instrument,
        Side side,
        OrderType type,
        BigDecimal qty,
        BigDecimal price,
        BigDecimal stopPrice) {

    /** The strategy name of manual orders. */
    public static final String MANUAL = "manual";

    private static final BigDecimal LIMIT = BigDecimal.TEN.pow(15);
    private static final int DIGITS = 18;

    /** Symbol of the instrument. */
    public String symbol() {
        return instrument.symbol();
    }

    /** Returns what is wrong with the request by itself, or null. */
    public String fault() {
        if (instrument == null) {
            return "symbol must be " + InstrumentId.RULE;
        }
        if (side == null) {
            return "side must be buy or sell";
        }
        if (type == null) {
            return "type must be one of " + String.join(", ", OrderType.names());
        }
        if (!usable(qty)) {
            return "qty must be above 0, below 10^15, with at most 18 digits";
        }
        if (type.priced() != (price != null)) {
            return type.priced()
                    ? "price is missing; a " + type + " order has one"
                    : "a " + type + " order has no price";
        }
        if ((type == OrderType.STOP) != (stopPrice != null)) {
            return type == OrderType.STOP
                    ? "stop_price is missing; a stop order has one"
                    : "a " + type + " order has no stop_price";
        }
        if ((price != null && !usable(price)) || (stopPrice != null && !usable(stopPrice))) {
            return "a price must be above 0, below 10^15, with at most 18 digits";
        }
        return null;
    }

    private static boolean usable(BigDecimal number) {
        return number != null
                && number.signum() > 0
                && number.precision() <= DIGITS
                && number.scale() <= DIGITS
                && number.scale() >= 0
                && number.compareTo(LIMIT) < 0;
    }
}
