package dev.livefeed.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class NewestTradeTest {

    private final NewestTrade newest = new NewestTrade();

    @Test
    void firstTradeIsTheNewest() {
        assertThat(late(1, -1)).isFalse();
    }

    @Test
    void olderTradeIsLate() {
        late(100, -1);

        assertThat(late(99, -1)).isTrue();
        assertThat(late(100, -1)).isFalse();
        assertThat(late(99, -1)).isTrue();
    }

    @Test
    void sequenceDecidesAmongEqualTimes() {
        late(100, 7);

        assertThat(late(100, 6)).isTrue();
        assertThat(late(100, 7)).as("a sweep has many of one sequence").isFalse();
        assertThat(late(100, -1)).isFalse();
        assertThat(late(100, 6)).as("the sequence is still known").isTrue();
        assertThat(late(101, 3)).as("a later time goes first").isFalse();
        assertThat(late(101, 4)).isFalse();
    }

    @Test
    void lateMarkIsKept() {
        newest.take(trade(100, -1));
        Trade marked = trade(200, -1).asLate();

        assertThat(newest.take(marked)).isSameAs(marked);
        assertThat(late(150, -1)).as("it moved nothing").isFalse();
    }

    @Test
    void restoredTimeCounts() {
        newest.reach(100);

        assertThat(late(99, 5)).isTrue();
        assertThat(late(100, 5)).isFalse();
        newest.reach(50);
        assertThat(late(99, 5)).isTrue();
    }

    @Test
    void clockStepForgetsOnlyNewerTimes() {
        late(100, -1);

        newest.forgetAfter(100);
        assertThat(late(99, -1)).isTrue();
        newest.forgetAfter(99);
        assertThat(late(50, -1)).isFalse();
        assertThat(late(49, -1)).isTrue();
    }

    private boolean late(long micros, long seq) {
        return newest.take(trade(micros, seq)).late();
    }

    private static Trade trade(long micros, long seq) {
        return new Trade(
                "BTCUSDT",
                null,
                "1",
                micros,
                BigDecimal.ONE,
                BigDecimal.ONE,
                Side.BUY,
                seq,
                false,
                false,
                micros,
                false);
    }
}
