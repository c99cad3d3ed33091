package dev.livefeed.app.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.protocol.model.Ids;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepDetectorTest {

    private final SweepDetector detector = new SweepDetector(20, 5);
    private final List<Candle> candles = new ArrayList<>();

    @Test
    void sweptLowWithDivergenceAndSpike() {
        candle(105, 100, 103, -2);
        for (int i = 0; i < 6; i++) {
            candle(106, 102, 104, 1);
        }
        candle(104, 99, 103, -3);

        Sweep sweep = detector.detect(candles);

        assertThat(sweep.isLow()).isTrue();
        assertThat(sweep.level()).isEqualByComparingTo("100");
        assertThat(sweep.divergence()).as("6 bought since, 3 sold").isTrue();
        assertThat(sweep.spike()).as("3 against a mean of 8/7, half to even").isEqualByComparingTo("2.62");
    }

    @Test
    void noDivergenceIfDeltaFollowed() {
        candle(105, 100, 103, -2);
        for (int i = 0; i < 6; i++) {
            candle(106, 102, 104, 1);
        }
        candle(104, 99, 103, -7);

        assertThat(detector.detect(candles).divergence()).isFalse();
    }

    @Test
    void sweptHighAndNoneIfItClosedBeyond() {
        for (int i = 0; i < 6; i++) {
            candle(106, 102, 104, 1);
        }
        candle(107, 103, 105, 2);
        assertThat(detector.detect(candles).isHigh()).isTrue();

        candles.remove(6);
        candle(108, 103, 107, 2);
        assertThat(detector.detect(candles).side()).isEqualTo("none");
    }

    @Test
    void tooFewCandles() {
        candle(106, 102, 104, 1);
        assertThat(detector.detect(candles)).isEqualTo(Sweep.NONE);
        assertThat(detector.detect(List.of())).isEqualTo(Sweep.NONE);
    }

    @Test
    void onlyTheExtremesWithinTheLookbackCount() {
        candle(106, 90, 104, 1);
        candle(106, 102, 104, 1);
        candle(106, 102, 104, 1);
        candle(104, 99, 103, -3);

        assertThat(new SweepDetector(3, 2).detect(candles)).isEqualTo(Sweep.NONE);
        assertThat(new SweepDetector(2, 2).detect(candles).level()).isEqualByComparingTo("102");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new SweepDetector(0, 1)).hasMessage("sweepLookback is 0, must be 1 to 59");
        assertThatThrownBy(() -> new SweepDetector(60, 1)).hasMessage("sweepLookback is 60, must be 1 to 59");
        assertThatThrownBy(() -> new SweepDetector(4, 5))
                .hasMessage("sweepMinCandles is 5, must be 1 to 4, which is sweepLookback");
    }

    private void candle(int high, int low, int close, int delta) {
        candles.add(new Candle(
                Ids.linear("X"),
                "1m",
                0,
                1,
                new Candle.Prices(
                        BigDecimal.valueOf(close),
                        BigDecimal.valueOf(high),
                        BigDecimal.valueOf(low),
                        BigDecimal.valueOf(close)),
                new Candle.Volumes(
                        BigDecimal.valueOf(Math.max(delta, 0)),
                        BigDecimal.valueOf(Math.max(-delta, 0)),
                        BigDecimal.ONE,
                        1),
                true,
                false));
    }
}
