package dev.livefeed.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A short form of the soak in real time. */
class RealTimeSoakTest {

    @Test
    void theProcessKeepsItsGuaranteesOverRealSockets() throws IOException, InterruptedException {
        SoakFigures figures = RealTimeSoak.run(20, 7);

        assertThat(figures.booksWrong).isZero();
        assertThat(figures.booksCompared).isPositive();
        assertThat(figures.tradesDelivered).isPositive();
        assertThat(figures.faults).isPositive();
    }
}
