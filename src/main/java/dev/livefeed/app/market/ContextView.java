package dev.livefeed.app.market;

import dev.livefeed.app.market.profile.Bin;
import dev.livefeed.protocol.model.InstrumentId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A consistent, immutable copy of a symbol's market context: one UTC day by trade time, in exact decimals. Routes read
 * the values by the flat accessors, such as {@code ${body.context.vwap}}.
 *
 * @param tradingDay the day and its session
 * @param previous never null; its levels are null if unknown
 */
public record ContextView(
        InstrumentId instrument,
        TradingDay tradingDay,
        Prices prices,
        Volumes volumes,
        Delta delta,
        ProfileLevels profile,
        OpeningRange openingRange,
        PreviousDay previous) {

    /**
     * @param day the UTC day of the newest trade
     * @param session name of the session of the last trade, or null
     * @param approximate whether candles replace trades of today that were not recorded
     * @param synthetic whether any of the data comes from a simulator, a stub or a replay
     */
    public record TradingDay(LocalDate day, String session, boolean approximate, boolean synthetic) {}

    /**
     * Prices are null before the first trade of the day.
     *
     * @param last price of the newest trade of the day
     * @param lastTimestampMicros exchange time of that trade, microseconds since 1970, or -1
     * @param open price of the oldest trade of the day
     * @param vwap sum of price x quantity divided by the sum of quantities, {@link Market#VWAP_DIGITS} digits finer
     *     than the tick size, rounded half even
     * @param vwapQuote the value-weighted VWAP: sum of price x price x quantity divided by the sum of price x quantity
     */
    public record Prices(
            BigDecimal last,
            long lastTimestampMicros,
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal vwap,
            BigDecimal vwapQuote) {}

    /**
     * @param base sum of quantities
     * @param quote sum of price x quantity
     * @param trades number of counted trades
     */
    public record Volumes(BigDecimal base, BigDecimal quote, BigDecimal buy, BigDecimal sell, long trades) {}

    /**
     * Bought minus sold volume.
     *
     * @param before before the start of the opening range
     * @param since since the start of the opening range
     */
    public record Delta(BigDecimal before, BigDecimal since) {}

    /**
     * Levels of the volume profile.
     *
     * @param tickSize bin size of the profile
     * @param vah upper end of the value area, or null without trades
     * @param val lower end of the value area, or null without trades
     * @param topBins the ten bins with the most volume, largest first, lower prices first on a tie
     */
    public record ProfileLevels(BigDecimal tickSize, BigDecimal vah, BigDecimal val, List<Bin> topBins) {}

    /**
     * @param high null until a trade falls in the opening range
     * @param low null until a trade falls in the opening range
     * @param end exclusive
     */
    public record OpeningRange(BigDecimal high, BigDecimal low, Instant start, Instant end) {}

    public String symbol() {
        return instrument.symbol();
    }

    public LocalDate day() {
        return tradingDay.day();
    }

    public String session() {
        return tradingDay.session();
    }

    public boolean approximate() {
        return tradingDay.approximate();
    }

    public boolean synthetic() {
        return tradingDay.synthetic();
    }

    public BigDecimal lastPrice() {
        return prices.last();
    }

    public long lastTimestampMicros() {
        return prices.lastTimestampMicros();
    }

    public BigDecimal open() {
        return prices.open();
    }

    public BigDecimal high() {
        return prices.high();
    }

    public BigDecimal low() {
        return prices.low();
    }

    public BigDecimal vwap() {
        return prices.vwap();
    }

    public BigDecimal vwapQuote() {
        return prices.vwapQuote();
    }

    public BigDecimal volume() {
        return volumes.base();
    }

    public BigDecimal quoteVolume() {
        return volumes.quote();
    }

    public BigDecimal buyVolume() {
        return volumes.buy();
    }

    public BigDecimal sellVolume() {
        return volumes.sell();
    }

    public long trades() {
        return volumes.trades();
    }

    public BigDecimal cdPre() {
        return delta.before();
    }

    public BigDecimal liveDelta() {
        return delta.since();
    }

    /** Cumulative volume delta of the day. */
    public BigDecimal cvd() {
        return delta.before().add(delta.since());
    }

    public BigDecimal tickSize() {
        return profile.tickSize();
    }

    /** Price with the most volume; the lowest on a tie; null without trades. */
    public BigDecimal poc() {
        return topBins().isEmpty() ? null : topBins().get(0).price();
    }

    /** Volume at the {@link #poc}; null without trades. */
    public BigDecimal pocVolume() {
        return topBins().isEmpty() ? null : topBins().get(0).volume();
    }

    public BigDecimal vah() {
        return profile.vah();
    }

    public BigDecimal val() {
        return profile.val();
    }

    public List<Bin> topBins() {
        return profile.topBins();
    }

    public BigDecimal openingRangeHigh() {
        return openingRange.high();
    }

    public BigDecimal openingRangeLow() {
        return openingRange.low();
    }

    public Instant openingRangeStart() {
        return openingRange.start();
    }

    public Instant openingRangeEnd() {
        return openingRange.end();
    }
}
