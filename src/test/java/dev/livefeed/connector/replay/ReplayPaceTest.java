package dev.livefeed.connector.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.ReplaySpeed;
import org.junit.jupiter.api.Test;

/** When events are due after pauses and changes of the speed. Times in the tests are in seconds. */
class ReplayPaceTest {

    private static final long BEGIN = 1_780_000_000L;

    private static ReplayPace at(String speed) {
        return new ReplayPace(ReplaySpeed.parse(speed));
    }

    private static boolean due(ReplayPace pace, double recorded, double now) {
        return pace.due(Math.round((BEGIN + recorded) * 1e6), nanos(now));
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    @Test
    void aPauseIsNotCounted() {
        ReplayPace pace = at("1");
        assertThat(due(pace, 0, 100)).isTrue();
        assertThat(due(pace, 60, 110)).isFalse();

        pace.pause(nanos(110));
        pace.pause(nanos(500));
        pace.resume(nanos(1_000));

        assertThat(due(pace, 60, 1_049.9))
                .as("50 s of the quiet minute are left")
                .isFalse();
        assertThat(due(pace, 60, 1_050)).isTrue();
    }

    @Test
    void aNewSpeedCountsFromNowOn() {
        ReplayPace pace = at("1");
        assertThat(due(pace, 0, 0)).isTrue();
        assertThat(due(pace, 60, 10)).isFalse();

        pace.change(ReplaySpeed.parse("10"), nanos(10));
        assertThat(due(pace, 60, 14.9)).isFalse();
        assertThat(due(pace, 60, 15)).isTrue();
        assertThat(due(pace, 70, 15.5)).isFalse();

        pace.change(ReplaySpeed.parse("0.5"), nanos(15.5));
        assertThat(due(pace, 70, 25.4)).isFalse();
        assertThat(due(pace, 70, 25.5)).isTrue();
    }

    @Test
    void fromMaxItContinuesAtTheLastEvent() {
        ReplayPace pace = at("max");
        assertThat(due(pace, 0, 0)).isTrue();
        assertThat(due(pace, 3_600, 0)).isTrue();

        pace.change(ReplaySpeed.parse("1"), nanos(5));

        assertThat(due(pace, 3_601, 5.9)).isFalse();
        assertThat(due(pace, 3_601, 6)).isTrue();
    }

    @Test
    void whatASlowReaderHasNotTakenIsPlayedAtTheNewSpeed() {
        ReplayPace pace = at("100");
        assertThat(due(pace, 0, 0)).isTrue();
        assertThat(due(pace, 1, 60)).as("100 minutes behind").isTrue();

        pace.change(ReplaySpeed.parse("1"), nanos(60));

        assertThat(due(pace, 2, 60.9)).isFalse();
        assertThat(due(pace, 2, 61)).isTrue();
    }

    @Test
    void aStepMovesTheTimeOfAPause() {
        ReplayPace pace = at("1");
        assertThat(due(pace, 0, 0)).isTrue();
        assertThat(due(pace, 60, 1)).isFalse();
        pace.pause(nanos(1));

        pace.stepped(Math.round((BEGIN + 60) * 1e6), nanos(2));
        pace.resume(nanos(3));

        assertThat(due(pace, 61, 3.9)).isFalse();
        assertThat(due(pace, 61, 4)).isTrue();
    }

    @Test
    void anEventWithoutATimeIsDueAtOnce() {
        ReplayPace pace = at("1");
        assertThat(pace.due(-1, 0)).isTrue();
        assertThat(due(pace, 0, 0)).isTrue();
        assertThat(pace.due(-1, 0)).isTrue();
        assertThat(due(pace, 1, 0.5)).isFalse();
    }
}
