package dev.livefeed.app.market;

import dev.livefeed.app.market.profile.Bin;
import dev.livefeed.protocol.model.InstrumentId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A consistent, immutable copy of a symbol's market context: one UTC day by trade time, in exact decimals.
 *
 * @param day the UTC day of the newest trade
 * @param lastPrice price of that day's newest trade; null before the first
 * @param lastTimestampMicros exchange time of that trade, microseconds since 1970, or -1
 * @param open price of that day's oldest trade; null before the first, like all prices here
 * @param vwap sum of price x quantity divided by the sum of quantities, {@link Market#VWAP_DIGITS} digits finer than
 *     the tick size, rounded half even
 * @param vwapQuote the value-weighted VWAP: sum of price x price x quantity divided by the sum of price x quantity
 * @param volume sum of quantities
 * @param quoteVolume sum of price x quantity
 * @param trades number of counted trades
 * @param cdPre bought minus sold volume before the start of the opening range
 * @param liveDelta bought minus sold volume since the start of the opening range
 * @param cvd cumulative volume delta of the day: {@code cdPre + liveDelta}
 * @param tickSize bin size of the profile
 * @param poc price with the most volume; the lowest on a tie
 * @param pocVolume volume at that price
 * @param vah upper end of the value area
 * @param val lower end of the value area
 * @param openingRangeHigh null until a trade falls in the opening range
 * @param openingRangeEnd exclusive
 * @param session name of the session of the last trade, or null
 * @param previous never null; its levels are null if unknown
 * @param topBins the ten bins with the most volume, largest first, lower prices first on a tie
 * @param approximate whether candles replace trades of today that were not recorded
 * @param synthetic whether any of the data comes from a simulator, a stub or a replay
 */
public record ContextView(
        InstrumentId instrument,
        LocalDate day,
        BigDecimal lastPrice,
        long lastTimestampMicros,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal vwap,
        BigDecimal vwapQuote,
        BigDecimal volume,
        BigDecimal quoteVolume,
        BigDecimal buyVolume,
        BigDecimal sellVolume,
        long trades,
        BigDecimal cdPre,
        BigDecimal liveDelta,
        BigDecimal cvd,
        BigDecimal tickSize,
        BigDecimal poc,
        BigDecimal pocVolume,
        BigDecimal vah,
        BigDecimal val,
        BigDecimal openingRangeHigh,
        BigDecimal openingRangeLow,
        Instant openingRangeStart,
        Instant openingRangeEnd,
        String session,
        PreviousDay previous,
        List<Bin> topBins,
        boolean approximate,
        boolean synthetic) {

    /** Symbol of the instrument. */
    public String symbol() {
        return instrument.symbol();
    }
}
