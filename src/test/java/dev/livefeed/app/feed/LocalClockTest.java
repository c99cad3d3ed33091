package dev.livefeed.app.feed;

import static dev.livefeed.app.feed.LocalClock.Kind.SET;
import static dev.livefeed.app.feed.LocalClock.Kind.STALLED;
import static dev.livefeed.app.feed.LocalClock.Kind.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to the clock is noticed, told apart, announced, and forgotten. */
class LocalClockTest {

    private static final long AT = 1_780_488_000_000_000L; // 2026-06-03T12:00:00Z
    private static final long HOUR = 3_600_000_000L;

    private final ManualClocks clocks = new ManualClocks(AT);
    private final LocalClock clock = new LocalClock(clocks);
    private final List<Long> told = new ArrayList<>();

    LocalClockTest() {
        clock.onSet(told::add);
    }

    private void second() {
        clocks.pass(1_000);
        clock.watch();
    }

    @Test
    void timeThatPassesIsNoChange() {
        for (int i = 0; i < 10_000; i++) {
            clocks.set(500); // an adjustment as fast as the system makes one
            second();
        }

        assertThat(told).isEmpty();
        assertThat(clock.alarms()).isEmpty();
    }

    @Test
    void aJumpInEitherDirectionIsToldOnceAndForgottenAfterMinutes() {
        second();
        clocks.set(HOUR);
        second();
        second();
        assertThat(told).containsExactly(HOUR);
        assertThat(clock.alarms())
                .containsExactly("the local clock was set forward by 3600.0 s, noticed at 2026-06-03T13:00:02Z;"
                        + " ages and deadlines are not affected, lag is by the exchange's clock, which is measured"
                        + " again");

        clocks.set(-2 * HOUR);
        clock.look();
        clock.look();
        assertThat(told).containsExactly(HOUR, -2 * HOUR);
        assertThat(clock.alarms()).singleElement().asString().startsWith("the local clock was set back by 7200.0 s");
        assertThat(clock.count(SET)).isEqualTo(2);

        for (int i = 0; i <= LocalClock.SHOWN.toSeconds(); i++) {
            assertThat(clock.alarms()).hasSize(1);
            second();
        }
        assertThat(clock.alarms()).isEmpty();
    }

    @Test
    void aLeapSecondIsAJump() {
        clocks.set(-1_000_000);
        second();

        assertThat(told).containsExactly(-1_000_000L);
    }

    @Test
    void aSuspendedMachineHasTheRightTime() {
        clocks.suspend(HOUR / 1_000);
        second();

        assertThat(told).isEmpty();
        assertThat(clock.count(SUSPENDED)).isOne();
        assertThat(clock.alarms()).singleElement().asString().startsWith("the machine was suspended for 3600.0 s");

        clocks.suspend(HOUR / 1_000);
        clocks.set(-HOUR / 2);
        second();
        assertThat(told).as("woken with a wrong time").containsExactly(-HOUR / 2);
        assertThat(clock.alarms()).hasSize(2);
    }

    @Test
    void withoutTheTimeOfSuspensionMissingTimeMayBeRight() {
        clocks.withoutUptime();
        LocalClock unsure = new LocalClock(clocks);
        unsure.onSet(told::add);

        clocks.set(HOUR);
        unsure.look();
        assertThat(told).isEmpty();
        assertThat(unsure.alarms()).hasSize(1);

        clocks.set(-HOUR);
        unsure.look();
        assertThat(told).containsExactly(-HOUR);
    }

    @Test
    void aProgramThatStoodStillSaysSo() {
        second();
        clocks.pass(60_000);
        clock.watch();

        assertThat(told).isEmpty();
        assertThat(clock.count(STALLED)).isOne();
        assertThat(clock.alarms())
                .containsExactly("the program stood still for 60.0 s until 2026-06-03T12:01:01Z: it was stopped, or the"
                        + " machine gave it no time");
    }

    @Test
    void whatWasReceivedBeforeAJumpIsByTheEarlierClock() {
        long before = clocks.micros() - 50_000;
        clocks.set(-HOUR);
        clock.look();

        assertThat(clock.corrected(before)).isEqualTo(before - HOUR);
        assertThat(clock.corrected(clocks.micros() - 20_000)).isEqualTo(clocks.micros() - 20_000);
        assertThat(clock.setBackMicros()).isEqualTo(HOUR);

        clocks.pass(61_000);
        assertThat(clock.corrected(before)).as("long ago").isEqualTo(before);
        clocks.set(HOUR);
        clock.look();
        assertThat(clock.setBackMicros()).isZero();
    }
}
