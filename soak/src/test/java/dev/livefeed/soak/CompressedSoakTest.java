package dev.livefeed.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A short run of the compressed soak; a failure states the seed that reproduces it. */
class CompressedSoakTest {

    private static final int SEQUENCES = Integer.getInteger("soak.sequences", 200);

    @Test
    void noFaultSequenceViolatesAGuarantee() throws InterruptedException {
        CompressedSoak soak = CompressedSoak.run(CompressedSoak.kind("bybit"), 1, SEQUENCES, 2, false);

        assertThat(soak.failures()).isEmpty();
        SoakFigures figures = soak.figures();
        assertThat(figures.sequences).isEqualTo(SEQUENCES);
        assertThat(figures.booksWrong).isZero();
        // The soak must have exercised what it checks.
        assertThat(figures.faultsByKind).hasSizeGreaterThan(20);
        assertThat(figures.booksCompared).isGreaterThan(100L * SEQUENCES);
        assertThat(figures.tradesRepaired).isPositive();
        assertThat(figures.bookGaps).isPositive();
        assertThat(figures.depthsMerged).isPositive();
        assertThat(figures.recycles).isPositive();
        assertThat(figures.severalConnections).isGreaterThan(SEQUENCES / 10);
    }

    @Test
    void noFaultSequenceOfBinanceViolatesAGuarantee() throws InterruptedException {
        CompressedSoak soak = CompressedSoak.run(CompressedSoak.kind("binance"), 1, SEQUENCES, 2, false);

        assertThat(soak.failures()).isEmpty();
        SoakFigures figures = soak.figures();
        assertThat(figures.sequences).isEqualTo(SEQUENCES);
        assertThat(figures.booksWrong).isZero();
        // The soak must have exercised what it checks.
        assertThat(figures.faultsByKind).hasSizeGreaterThan(20);
        assertThat(figures.booksCompared).isGreaterThan(50L * SEQUENCES);
        assertThat(figures.tradesRepaired).isPositive();
        assertThat(figures.bookGaps).isPositive();
        assertThat(figures.quietMarkets).isPositive();
        assertThat(figures.recycles).isPositive();
    }
}
