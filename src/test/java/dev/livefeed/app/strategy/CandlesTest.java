package dev.livefeed.app.strategy;

import static dev.livefeed.app.strategy.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandlesTest {

    private static final long S = Timeframe.SECOND;
    private static final long DAY = 20_000 * Timeframe.DAY;

    private final Candles candles = new Candles(Ids.linear("BTCUSDT"), Timeframe.list("1s,1m"), 2 * S);

    @Test
    void candleIsClosedByTheFirstLaterTrade() {
        assertThat(candles.add(trade(DAY + 1, "10", "1", Side.BUY))).isEmpty();
        assertThat(candles.add(trade(DAY + 2, "12", "2", Side.SELL))).isEmpty();
        List<Candle> closed = candles.add(trade(DAY + 60 * S, "11", "5", Side.BUY));

        assertThat(closed).extracting(Candle::timeframe).containsExactly("1s", "1m");
        Candle minute = closed.get(1);
        assertThat(minute.open()).isEqualByComparingTo("10");
        assertThat(minute.high()).isEqualByComparingTo("12");
        assertThat(minute.close()).isEqualByComparingTo("12");
        assertThat(minute.volume()).isEqualByComparingTo("3");
        assertThat(minute.delta()).isEqualByComparingTo("-1");
        assertThat(minute.vwap().toPlainString()).isEqualTo("11.333333333333");
        assertThat(minute.trades()).isEqualTo(2);
        assertThat(minute.closed()).isTrue();
        assertThat(candles.last("1m", 5)).hasSize(2).last().satisfies(open -> {
            assertThat(open.closed()).isFalse();
            assertThat(open.volume()).isEqualByComparingTo("5");
        });
    }

    @Test
    void clockClosesCandlesAfterTheLateness() {
        candles.add(trade(DAY + 59 * S, "10", "1", Side.BUY));

        assertThat(candles.clock(DAY + 61 * S)).isEmpty();
        assertThat(candles.clock(DAY + 62 * S - 1))
                .extracting(Candle::timeframe)
                .containsExactly();
        assertThat(candles.clock(DAY + 62 * S)).extracting(Candle::timeframe).containsExactly("1s", "1m");
        assertThat(candles.clock(DAY + 600 * S)).isEmpty();
    }

    @Test
    void lateTradeIsAddedToOpenCandlesOnly() {
        candles.add(trade(DAY + 5 * S, "10", "1", Side.BUY));
        candles.add(trade(DAY + 9 * S, "11", "1", Side.BUY));
        assertThat(candles.add(trade(DAY + 5 * S + 3, "99", "4", Side.SELL))).isEmpty();

        assertThat(candles.late()).isEqualTo(1);
        Candle minute = candles.last("1m", 1).get(0);
        assertThat(minute.high()).isEqualByComparingTo("99");
        assertThat(minute.close()).as("by time, not by arrival").isEqualByComparingTo("11");
        assertThat(candles.last("1s", 2).get(0).volume())
                .as("closed candles do not change")
                .isEqualByComparingTo("1");
    }

    @Test
    void tradeAfterTheClockClosedItsCandleIsLate() {
        candles.add(trade(DAY + 1, "10", "1", Side.BUY));
        candles.clock(DAY + 70 * S);
        candles.add(trade(DAY + 2, "10", "1", Side.BUY));

        assertThat(candles.late()).isEqualTo(1);
        assertThat(candles.last("1m", 10)).hasSize(1);
    }

    @Test
    void keepsTheLastThousand() {
        for (int i = 0; i < 1_500; i++) {
            candles.add(trade(DAY + i * S, Integer.toString(100 + i), "1", Side.BUY));
        }

        assertThat(candles.last("1s", 5_000)).hasSize(1_001);
        assertThat(candles.last("1s", 2)).extracting(c -> c.open().intValue()).containsExactly(1_598, 1_599);
        assertThat(candles.last("7s", 2)).isNull();
    }

    @Test
    void timeframes() {
        assertThat(Timeframe.list("1s, 90s,1d")).extracting(Timeframe::micros).containsExactly(S, 90 * S, 86_400 * S);
        for (String wrong : List.of("", "7s", "2d", "1s,1s", "60s,1m", "0s", "1x", "1.5m")) {
            assertThatThrownBy(() -> Timeframe.list(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
