package dev.livefeed.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A burst, then a rate per second; what is left out is reported soon, then once a minute. */
class LineBudgetTest {

    private long now = TimeUnit.DAYS.toNanos(1);

    private LineBudget budget(double perSecond, int burst) {
        return new LineBudget(perSecond, burst, () -> now);
    }

    private void forward(double seconds) {
        now += (long) (seconds * 1e9);
    }

    private static int taken(LineBudget budget, int wanted) {
        int taken = 0;
        for (int i = 0; i < wanted; i++) {
            taken += budget.take() ? 1 : 0;
        }
        return taken;
    }

    @Test
    void aBurstThenSoManyASecond() {
        LineBudget budget = budget(20, 200);

        assertThat(taken(budget, 1_000)).isEqualTo(200);
        forward(1);
        assertThat(taken(budget, 1_000)).isEqualTo(20);
        forward(0.5);
        assertThat(taken(budget, 1_000)).isEqualTo(10);
        forward(3_600);
        assertThat(taken(budget, 1_000)).isEqualTo(200);
    }

    @Test
    void zeroIsNoLimit() {
        assertThat(taken(budget(0, 1), 10_000)).isEqualTo(10_000);
    }

    @Test
    void eachLineThatIsLeftOutIsReportedOnce() {
        LineBudget budget = budget(1, 1);
        taken(budget, 11);
        assertThat(budget.due()).as("too soon").isZero();
        forward(1);
        assertThat(budget.due()).isEqualTo(10);
        taken(budget, 6);
        forward(30);
        assertThat(budget.due()).as("a minute has not passed").isZero();
        forward(31);
        assertThat(budget.due()).isEqualTo(5);
        forward(600);
        assertThat(budget.due()).as("nothing new").isZero();
        taken(budget, 3);
        assertThat(budget.due()).isZero();
        forward(1);
        assertThat(budget.due()).as("soon again after a pause").isEqualTo(2);
        budget.leaveOut();
        assertThat(budget.rest()).isOne();
    }
}
