package dev.livefeed.app.market.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.market.exact.Amount;
import dev.livefeed.app.market.exact.Decimal;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ProfilePropertyTest {

    private static final BigDecimal TICK = new BigDecimal("0.1");

    /** Compares all numbers, whatever their scales. */
    private static final Comparator<Bin> BY_VALUE = Comparator.comparing(Bin::price)
            .thenComparing(Bin::volume)
            .thenComparing(Bin::buy)
            .thenComparing(Bin::sell);

    /** Small quantities from few values: many ties, many gaps. */
    @Property(tries = 40)
    void tiesAndGaps(@ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int trades) {
        Random random = new Random(seed);
        int width = 1 + random.nextInt(60);
        int sparse = 1 + random.nextInt(5);
        check(
                trades,
                i -> new BigDecimal(5000 + random.nextInt(width) * sparse)
                        .movePointLeft(1)
                        .add(BigDecimal.valueOf(random.nextInt(10), 2)),
                i -> BigDecimal.valueOf(1 + random.nextInt(3)),
                random);
    }

    /** Bins far apart, with missing pages between them, and quantities of every precision. */
    @Property(tries = 25)
    void wideAndFine(@ForAll long seed, @ForAll @IntRange(min = 1, max = 600) int trades) {
        Random random = new Random(seed);
        check(
                trades,
                i -> BigDecimal.valueOf(50_000 + (long) (random.nextGaussian() * 2_000))
                        .add(BigDecimal.valueOf(random.nextInt(1000), 3)),
                i -> new BigDecimal(1 + random.nextInt(1_000_000)).movePointLeft(random.nextInt(19)),
                random);
    }

    /** A slope on each side of a peak: the area grows alternately. */
    @Property(tries = 15)
    void slopes(@ForAll long seed, @ForAll @IntRange(min = 3, max = 700) int bins) {
        Random random = new Random(seed);
        int peak = random.nextInt(bins);
        int steep = 1 + random.nextInt(3);
        check(
                bins,
                i -> BigDecimal.valueOf(1000 + i, 1),
                i -> BigDecimal.valueOf(Math.max(1, 1000 - (long) steep * Math.abs(i - peak))),
                random);
    }

    private static void check(int trades, IntFunction<BigDecimal> price, IntFunction<BigDecimal> qty, Random random) {
        Profile profile = new Profile(TICK, 1 << 18);
        ReferenceProfile reference = new ReferenceProfile(TICK);
        Decimal scratch = new Decimal();
        Amount amount = new Amount();
        for (int i = 0; i < trades; i++) {
            BigDecimal p = price.apply(i);
            BigDecimal q = qty.apply(i);
            Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
            amount.set(scratch.set(q, "size"));
            profile.add(scratch.set(p, "price"), amount, side);
            reference.add(p, q, side);
            if (i % 50 == 0 || i == trades - 1) {
                same(profile, reference);
            }
        }
        BigDecimal coarse = new BigDecimal("0.5");
        ReferenceProfile coarser = new ReferenceProfile(coarse);
        reference.bins().forEach(bin -> {
            if (bin.buy().signum() > 0) {
                coarser.add(bin.price(), bin.buy(), Side.BUY);
            }
            if (bin.sell().signum() > 0) {
                coarser.add(bin.price(), bin.sell(), Side.SELL);
            }
        });
        same(profile.coarser(coarse), coarser);
    }

    private static void same(Profile profile, ReferenceProfile reference) {
        assertBins(profile.bins(BigDecimal.ZERO, Integer.MAX_VALUE), reference.bins());
        assertBins(profile.top(), reference.top());
        assertThat(profile.volume()).isEqualByComparingTo(reference.volume());
        assertThat(profile.size()).isEqualTo(reference.bins().size());
        assertThat(profile.valueArea().low())
                .isEqualByComparingTo(reference.valueArea().low());
        assertThat(profile.valueArea().high())
                .isEqualByComparingTo(reference.valueArea().high());
    }

    private static void assertBins(List<Bin> actual, List<Bin> expected) {
        assertThat(actual).usingElementComparator(BY_VALUE).isEqualTo(expected);
    }
}
