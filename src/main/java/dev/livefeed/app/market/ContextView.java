package dev.livefeed.app.market;

import dev.livefeed.app.market.profile.Bin;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A consistent copy of a symbol's market context: one UTC day, by the time of the trades. Exact decimals; immutable.
 *
 * @param day the UTC day of the newest trade
 * @param lastPrice of the newest trade of that day; null before the first
 * @param lastTimestampMicros exchange time of that trade, microseconds since 1970, or -1
 * @param open price of the oldest trade of that day; null before the first, like all prices here
 * @param vwap sum of price x size over sum of size, {@link Market#VWAP_DIGITS} digits finer than the tick, rounded
 *     half even
 * @param vwapQuote the same with each trade weighed by its value: sum of price x price x size over sum of price x size
 * @param volume sum of sizes
 * @param quoteVolume sum of price x size
 * @param trades how many were counted
 * @param cdPre bought less sold before the start of the opening range
 * @param liveDelta bought less sold since then
 * @param cvd their sum: the day's running delta
 * @param tickSize bin size of the profile
 * @param poc price with the most volume, of equal ones the lowest
 * @param pocVolume volume at that price
 * @param vah upper end of the value area
 * @param val lower end of the value area
 * @param openingRangeHigh null until a trade falls in the opening range
 * @param openingRangeEnd exclusive
 * @param session name of the session that the last trade falls in, or null
 * @param previous never null; its levels are, where they are not known
 * @param topBins the ten with the most volume, largest first, of equal ones the lowest
 * @param approximate whether candles stand in for trades of today that nobody recorded
 * @param synthetic whether any of it comes from a simulator, a stub or a replay
 */
public record ContextView(
        String symbol,
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
        boolean synthetic) {}
