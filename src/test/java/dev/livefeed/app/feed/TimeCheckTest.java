package dev.livefeed.app.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.codec.InvalidReason;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Statuses;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A single time ahead of its receive time is wrong; many that agree mean that the local clock is wrong. */
class TimeCheckTest {

    private static final long NOW = 1_780_000_000_000_000L;
    private static final long SECOND = 1_000_000;
    private static final long HOUR = 3_600 * SECOND;

    private long offset;
    private int looks;
    private long received = NOW;
    private final TimeCheck times = new TimeCheck(Duration.ofSeconds(5), () -> offset, () -> looks++);

    private Trade trade(long aheadMicros) {
        return new Trade(
                "BTCUSDT",
                null,
                "1",
                received + aheadMicros,
                BigDecimal.ONE,
                BigDecimal.ONE,
                Side.BUY,
                -1,
                false,
                false,
                received,
                false);
    }

    private Depth depth(long aheadMicros) {
        return new Depth(
                "BTCUSDT", null, received + aheadMicros, Levels.EMPTY, Levels.EMPTY, 1, -1, true, 50, received, false);
    }

    private boolean taken(Event event) {
        try {
            times.check(event);
            return true;
        } catch (InvalidEventException e) {
            assertThat(e.reason()).isEqualTo(InvalidReason.BAD_TIMESTAMP);
            return false;
        }
    }

    @Test
    void whatIsNotAheadIsTaken() {
        assertThat(taken(trade(5 * SECOND))).isTrue();
        assertThat(taken(trade(-48 * HOUR))).isTrue();
        assertThat(taken(depth(0))).isTrue();
        assertThat(taken(Statuses.of(ConnectionUp.STATUS, "x"))).isTrue();
    }

    @Test
    void whatIsAheadIsRefusedWithTheRule() {
        assertThat(taken(trade(0))).isTrue();

        assertThatThrownBy(() -> times.check(trade(20 * HOUR)))
                .isInstanceOf(InvalidEventException.class)
                .hasMessage("timestamp is 2026-05-29T16:26:40Z, 72000 s ahead of received_at, must be at most 5 "
                        + "s (EVENT_AHEAD)");
        assertThat(taken(depth(20 * HOUR))).isFalse();
        assertThat(taken(trade(5 * SECOND + 1))).isFalse();
        assertThat(taken(trade(0))).isTrue();
    }

    @Test
    void theFirstTradeOfAllIsRefusedToo() {
        assertThat(taken(trade(20 * HOUR))).isFalse();
        assertThat(taken(trade(0))).isTrue();
    }

    @Test
    void wrongTimesThatAreScatteredNeverAgree() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(taken(trade((i % 2 == 0 ? 3 : 7) * HOUR))).isFalse();
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(taken(trade(0))).isTrue();
            assertThat(taken(trade(3 * HOUR))).isFalse();
        }
    }

    @Test
    void manyInARowAreAWrongClockHere() {
        assertThat(taken(trade(0))).isTrue();
        for (int i = 1; i < TimeCheck.AGREEING; i++) {
            assertThat(taken(i % 2 == 0 ? trade(HOUR + i * 1_000) : depth(HOUR - i * 1_000)))
                    .isFalse();
        }
        assertThat(taken(trade(HOUR))).isTrue();
        assertThat(taken(trade(HOUR + 4 * SECOND))).isTrue();
        assertThat(taken(depth(HOUR - SECOND))).isTrue();
        assertThat(taken(trade(-HOUR))).as("a late one").isTrue();
        assertThat(taken(trade(HOUR))).as("which changes nothing").isTrue();
        assertThat(taken(trade(2 * HOUR))).isFalse();

        for (int i = 0; i < TimeCheck.AGREEING; i++) {
            assertThat(taken(depth(0))).isTrue();
        }
        assertThat(taken(trade(HOUR))).as("the clock is right again").isFalse();
    }

    @Test
    void aClockThatIsAFewMinutesWrongFromTheStartCostsNoTrade() {
        for (int i = 0; i < 3 * TimeCheck.AGREEING; i++) {
            assertThat(taken(i % 3 == 0 ? depth(90 * SECOND) : trade(90 * SECOND + i * 1_000)))
                    .isTrue();
        }
        assertThat(taken(trade(HOUR))).isFalse();
    }

    @Test
    void aClockThatIsSetBackCostsNoTrade() {
        assertThat(taken(trade(0))).isTrue();
        received -= 60 * SECOND;
        for (int i = 0; i < 3 * TimeCheck.AGREEING; i++) {
            assertThat(taken(trade(60 * SECOND + i * 1_000))).isTrue();
        }
        assertThat(taken(trade(HOUR))).isFalse();
    }

    @Test
    void whatTheConnectorHasMeasuredIsTakenOff() {
        assertThat(taken(trade(0))).isTrue();
        offset = 3 * HOUR;

        assertThat(taken(trade(3 * HOUR + 4 * SECOND))).isTrue();
        assertThat(taken(depth(3 * HOUR + 4 * SECOND))).isTrue();
        assertThat(taken(trade(4 * HOUR))).isFalse();
    }

    @Test
    void aTimeAheadMakesItLookAtTheClockFirst() {
        TimeCheck looking = new TimeCheck(Duration.ofSeconds(5), () -> offset, () -> offset = HOUR);
        received -= HOUR;

        assertThatCode(() -> looking.check(trade(HOUR))).doesNotThrowAnyException();
        assertThat(taken(trade(0))).isTrue();
        assertThat(looks).as("what is not ahead needs no look").isZero();
    }

    @Test
    void depthIsNotLostToAClockThatIsWrongFromTheStart() {
        for (int i = 0; i < TimeCheck.AGREEING; i++) {
            assertThat(taken(depth(HOUR))).isTrue();
        }
        assertThat(taken(trade(HOUR))).isTrue();
    }
}
