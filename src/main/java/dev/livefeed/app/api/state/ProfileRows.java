package dev.livefeed.app.api.state;

import dev.livefeed.app.market.profile.Bin;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The bins of a profile, or higher ones if there are too many to be shown.
 *
 * @param height of each bin: 1, 2 or 5 times a power of ten tick sizes
 * @param bins lowest first
 */
record ProfileRows(BigDecimal height, List<Bin> bins) {

    /** Maximum number of bins. */
    static final int MAX = 400;

    private static final BigDecimal LONGEST = BigDecimal.valueOf(MAX - 1);
    private static final int[] STEPS = {1, 2, 5};

    static ProfileRows of(BigDecimal tickSize, List<Bin> bins) {
        if (bins.size() <= MAX) {
            return new ProfileRows(tickSize, bins);
        }
        BigDecimal range =
                bins.get(bins.size() - 1).price().subtract(bins.get(0).price());
        BigDecimal decade = tickSize;
        while (true) {
            for (int step : STEPS) {
                BigDecimal height = decade.multiply(BigDecimal.valueOf(step));
                // A range covers one row more than its length, and another one if it begins within a row.
                if (range.divide(height, 0, RoundingMode.CEILING).compareTo(LONGEST) <= 0) {
                    return new ProfileRows(height, rows(height, bins));
                }
            }
            decade = decade.movePointRight(1);
        }
    }

    private static List<Bin> rows(BigDecimal height, List<Bin> bins) {
        List<Bin> rows = new ArrayList<>();
        for (Bin bin : bins) {
            BigDecimal price = bin.price().subtract(bin.price().remainder(height));
            Bin last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
            if (last != null && last.price().compareTo(price) == 0) {
                rows.set(
                        rows.size() - 1,
                        new Bin(
                                last.price(),
                                last.volume().add(bin.volume()),
                                last.buy().add(bin.buy()),
                                last.sell().add(bin.sell())));
            } else {
                rows.add(new Bin(price, bin.volume(), bin.buy(), bin.sell()));
            }
        }
        return rows;
    }
}
