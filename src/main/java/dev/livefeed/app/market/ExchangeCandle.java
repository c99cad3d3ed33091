package dev.livefeed.app.market;

import dev.livefeed.protocol.model.Kline;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The exchange's candle of a minute or a day whose trades were not recorded.
 *
 * @param startMillis milliseconds since 1970
 * @param volume sum of quantities
 * @param value sum of price x quantity, or null if the exchange does not publish one
 */
public record ExchangeCandle(
        long startMillis,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        BigDecimal value) {

    private static final int MAX_SCALE = 12;

    /** The candle of a connector event. */
    public static ExchangeCandle of(Kline candle) {
        return new ExchangeCandle(
                candle.startMicros() / 1_000,
                candle.open(),
                candle.high(),
                candle.low(),
                candle.close(),
                candle.volume(),
                quoteVolume(candle));
    }

    /**
     * The sum of price times quantity, or null if it is not known. The turnover of inverse contracts is in base coin,
     * and their volume in quote coin.
     */
    public static BigDecimal quoteVolume(Kline candle) {
        BigDecimal turnover = candle.turnover();
        if (turnover == null || !candle.instrument().isInverse()) {
            return turnover;
        }
        return turnover.signum() == 0
                ? null
                : candle.volume()
                        .multiply(candle.volume())
                        .divide(turnover, MathContext.DECIMAL64)
                        .setScale(MAX_SCALE, RoundingMode.HALF_EVEN);
    }
}
