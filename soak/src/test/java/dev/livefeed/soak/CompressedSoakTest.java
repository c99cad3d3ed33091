package dev.livefeed.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A short form of the compressed soak; a failure names the seed that repeats it. */
class CompressedSoakTest {

    private static final int SEQUENCES = Integer.getInteger("soak.sequences", 200);

    @Test
    void noFaultSequenceViolatesAGuarantee() throws InterruptedException {
        CompressedSoak soak = CompressedSoak.run(1, SEQUENCES, 2, false);

        assertThat(soak.failures()).isEmpty();
        SoakFigures figures = soak.figures();
        assertThat(figures.sequences).isEqualTo(SEQUENCES);
        assertThat(figures.booksWrong).isZero();
        // The soak itself must have had something to see.
        assertThat(figures.faultsByKind).hasSizeGreaterThan(20);
        assertThat(figures.booksCompared).isGreaterThan(100L * SEQUENCES);
        assertThat(figures.tradesRepaired).isPositive();
        assertThat(figures.bookGaps).isPositive();
        assertThat(figures.depthsMerged).isPositive();
        assertThat(figures.recycles).isPositive();
        assertThat(figures.severalConnections).isGreaterThan(SEQUENCES / 10);
    }
}
