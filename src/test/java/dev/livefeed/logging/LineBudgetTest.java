package dev.livefeed.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A burst, then a rate per second; suppressed lines are reported after a second, then once a minute. */
class LineBudgetTest {

    private long now = TimeUnit.DAYS.toNanos(1);

    private LineBudget budget(double perSecond, int burst) {
        return new LineBudget(perSecond, burst, () -> now);
    }

    private void advance(double seconds) {
        now += (long) (seconds * 1e9);
    }

    private static int taken(LineBudget budget, int attempts) {
        int taken = 0;
        for (int i = 0; i < attempts; i++) {
            taken += budget.take() ? 1 : 0;
        }
        return taken;
    }

    @Test
    void allowsABurstThenARate() {
        LineBudget budget = budget(20, 200);

        assertThat(taken(budget, 1_000)).isEqualTo(200);
        advance(1);
        assertThat(taken(budget, 1_000)).isEqualTo(20);
        advance(0.5);
        assertThat(taken(budget, 1_000)).isEqualTo(10);
        advance(3_600);
        assertThat(taken(budget, 1_000)).isEqualTo(200);
    }

    @Test
    void zeroMeansNoLimit() {
        assertThat(taken(budget(0, 1), 10_000)).isEqualTo(10_000);
    }

    @Test
    void eachSuppressedLineIsReportedOnce() {
        LineBudget budget = budget(1, 1);
        taken(budget, 11);
        assertThat(budget.due()).as("too soon").isZero();
        advance(1);
        assertThat(budget.due()).isEqualTo(10);
        taken(budget, 6);
        advance(30);
        assertThat(budget.due()).as("a minute has not passed").isZero();
        advance(31);
        assertThat(budget.due()).isEqualTo(5);
        advance(600);
        assertThat(budget.due()).as("nothing new").isZero();
        taken(budget, 3);
        assertThat(budget.due()).isZero();
        advance(1);
        assertThat(budget.due()).as("soon again after a pause").isEqualTo(2);
        budget.leaveOut();
        assertThat(budget.rest()).isOne();
    }
}
