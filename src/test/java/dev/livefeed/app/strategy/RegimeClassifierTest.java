package dev.livefeed.app.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.Market;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The regime of constructed markets. */
class RegimeClassifierTest {

    private static final long START = 20_000 * Timeframe.DAY + 9 * 3_600 * Timeframe.SECOND;

    private final Random random = new Random(1);

    @Test
    void steadyClimbIsATrendUp() {
        Regime regime = classify(i -> 50_000 + i * 2.0, 70, true);

        assertThat(regime.isTrend()).isTrue();
        assertThat(regime.direction()).isEqualTo("up");
        assertThat(regime.confidence()).isGreaterThan(new BigDecimal("0.5"));
        assertThat(regime.efficiency()).isGreaterThan(new BigDecimal("0.5"));
    }

    @Test
    void steadyFallIsATrendDown() {
        Regime regime = classify(i -> 50_000 - i * 2.0, 30, true);

        assertThat(regime.isTrend()).isTrue();
        assertThat(regime.direction()).isEqualTo("down");
    }

    @Test
    void swingBetweenTwoPricesIsARange() {
        Regime regime = classify(i -> 50_000 + Math.sin(i / 9.0) * 20 + random.nextGaussian() * 8, 50, true);

        assertThat(regime.isRange()).isTrue();
        assertThat(regime.direction()).isEqualTo("none");
        assertThat(regime.efficiency()).isLessThan(new BigDecimal("0.25"));
    }

    @Test
    void meanReversionIsAClearRange() {
        double[] price = {0};
        Regime regime = classify(
                i -> {
                    price[0] += -price[0] * 0.1 + random.nextGaussian() * 8;
                    return 50_000 + price[0];
                },
                50,
                true);

        assertThat(regime.isRange()).isTrue();
        assertThat(regime.confidence()).isGreaterThan(new BigDecimal("0.2"));
        assertThat(regime.concentration()).isGreaterThan(new BigDecimal("0.25"));
    }

    @Test
    void confidenceIsLowerOutsideTheSessions() {
        BigDecimal inside = classify(i -> 50_000 + i * 2.0, 70, true).confidence();
        BigDecimal outside = classify(i -> 50_000 + i * 2.0, 70, false).confidence();

        assertThat(outside).isLessThan(inside);
    }

    @Test
    void regimeIsUnknownWithTooFewCandles() {
        assertThat(RegimeClassifier.classify(Ids.linear("X"), List.of(), null, true, 5)
                        .kind())
                .isEqualTo(Regime.UNKNOWN);
    }

    @Test
    void candlesDecideWithoutContext() {
        Candles candles = new Candles(Ids.linear("X"), Timeframe.list("1m"), 0);
        for (int i = 0; i < 31; i++) {
            candles.add(Trades.trade(START + i * 60 * Timeframe.SECOND, Integer.toString(100 + i), "1", Side.BUY));
        }
        Regime regime = RegimeClassifier.classify(Ids.linear("X"), candles.lastClosed("1m", 30), null, true, 5);

        assertThat(regime.isTrend()).isTrue();
        assertThat(regime.confidence()).isEqualByComparingTo("1");
        assertThat(regime.displacement()).isNull();
        assertThat(regime.concentration()).isNull();
    }

    private Regime classify(IntToDoubleFunction path, int buysPercent, boolean inSession) {
        Market market = new Market(() -> 0);
        Candles candles = new Candles(Ids.linear("BTCUSDT"), Timeframe.list("1m"), 0);
        for (int i = 0; i < 2_000; i++) {
            var trade = Trades.trade(
                    "BTCUSDT",
                    START + i * Timeframe.SECOND,
                    BigDecimal.valueOf(Math.round(path.applyAsDouble(i) * 10), 1),
                    BigDecimal.valueOf(1 + random.nextInt(100), 3),
                    random.nextInt(100) < buysPercent ? Side.BUY : Side.SELL);
            market.trade(trade);
            candles.add(trade);
        }
        ContextView context = market.context(Ids.linear("BTCUSDT"));
        assertThat(context.poc()).isNotNull();
        return RegimeClassifier.classify(
                Ids.linear("BTCUSDT"), new ArrayList<>(candles.lastClosed("1m", 1_000)), context, inSession, 5);
    }
}
