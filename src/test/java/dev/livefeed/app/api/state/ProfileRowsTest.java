package dev.livefeed.app.api.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.market.profile.Bin;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bins of a profile as they are shown. */
class ProfileRowsTest {

    private static final BigDecimal TICK = new BigDecimal("0.1");

    private static List<Bin> bins(int first, int count, int step) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Bin(
                        TICK.multiply(BigDecimal.valueOf(first + (long) i * step)),
                        BigDecimal.valueOf(3),
                        BigDecimal.ONE,
                        BigDecimal.valueOf(2)))
                .toList();
    }

    private static BigDecimal sum(List<Bin> bins) {
        return bins.stream().map(Bin::volume).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void fewBinsStayAsTheyAre() {
        List<Bin> bins = bins(1_000, ProfileRows.MAX, 50);

        assertThat(ProfileRows.of(TICK, bins)).isEqualTo(new ProfileRows(TICK, bins));
    }

    @ParameterizedTest
    @CsvSource({"401,1,0.2", "800,1,0.5", "4001,1,2.0", "401,1000,200.0", "100000,1,50.0"})
    void manyBinsAreJoinedWithoutLosingVolume(int count, int step, BigDecimal height) {
        List<Bin> bins = bins(1_003, count, step);

        ProfileRows rows = ProfileRows.of(TICK, bins);

        assertThat(rows.height()).isEqualByComparingTo(height);
        assertThat(rows.bins()).hasSizeLessThanOrEqualTo(ProfileRows.MAX).hasSizeGreaterThan(100);
        assertThat(sum(rows.bins())).isEqualByComparingTo(sum(bins));
        assertThat(rows.bins())
                .extracting(Bin::price)
                .isSorted()
                .doesNotHaveDuplicates()
                .allSatisfy(price -> assertThat(price.remainder(height)).isZero());
    }
}
