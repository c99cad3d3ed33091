package dev.livefeed.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.model.Levels;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Compares the book with a sorted map over random histories of snapshots and deltas with changing scales. */
class OrderBookPropertyTest {

    private static final int MAX_LEVELS = 12;

    @Property(tries = 2_000)
    void equalsTheReference(@ForAll("histories") List<Update> history) {
        OrderBook book = new OrderBook(MAX_LEVELS);
        Reference reference = new Reference();

        for (Update update : history) {
            if (update.snapshot) {
                book.snapshot(levels(update.bids), levels(update.asks));
                reference.clear();
            } else {
                book.apply(levels(update.bids), levels(update.asks));
            }
            reference.apply(update);

            assertSame(book.bids(), reference.bids);
            assertSame(book.asks(), reference.asks);
            assertThat(book.crossed()).isEqualTo(reference.crossed());
            assertThat(book.isEmpty()).isEqualTo(reference.bids.isEmpty() && reference.asks.isEmpty());
        }
        assertThat(book.cut()).isEqualTo(reference.cut);
    }

    private static void assertSame(BookSide side, TreeMap<BigDecimal, BigDecimal> reference) {
        assertThat(side.size()).isEqualTo(reference.size());
        int level = 0;
        for (Map.Entry<BigDecimal, BigDecimal> expected : reference.entrySet()) {
            assertThat(side.price(level)).isEqualByComparingTo(expected.getKey());
            assertThat(side.qty(level)).isEqualByComparingTo(expected.getValue());
            level++;
        }
        assertThat(side.top(5)).isEqualTo(firstOf(reference, 5));
    }

    private static Levels firstOf(TreeMap<BigDecimal, BigDecimal> reference, int count) {
        Levels.Builder builder = new Levels.Builder();
        reference.entrySet().stream().limit(count).forEach(e -> builder.add(e.getKey(), e.getValue()));
        return builder.build();
    }

    @Provide
    Arbitrary<List<Update>> histories() {
        // Few distinct prices, so that updates and deletes hit existing levels; up to MAX_LEVELS per update, so that a
        // side never exceeds twice the limit temporarily.
        Arbitrary<BigDecimal> price = Combinators.combine(
                        Arbitraries.integers().between(9_900, 10_100),
                        Arbitraries.integers().between(0, 4))
                .as((n, extra) -> new BigDecimal(n).movePointLeft(2).setScale(2 + extra));
        Arbitrary<BigDecimal> finePrice =
                Arbitraries.integers().between(9_999_000, 10_001_000).map(n -> new BigDecimal(n).movePointLeft(5));
        Arbitrary<BigDecimal> qty = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 6))
                .as((n, scale) -> BigDecimal.valueOf(n, scale));
        Arbitrary<Level> level = Combinators.combine(Arbitraries.oneOf(List.of(price, price, finePrice)), qty)
                .as(Level::new);
        Arbitrary<List<Level>> side = level.list().ofMaxSize(MAX_LEVELS);
        Arbitrary<Boolean> snapshot = Arbitraries.integers().between(0, 9).map(n -> n == 0);
        return Combinators.combine(snapshot, side, side)
                .as(Update::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    private static Levels levels(List<Level> levels) {
        Levels.Builder builder = new Levels.Builder();
        levels.forEach(level -> builder.add(level.price, level.qty));
        return builder.build();
    }

    record Level(BigDecimal price, BigDecimal qty) {}

    record Update(boolean snapshot, List<Level> bids, List<Level> asks) {}

    private static final class Reference {

        final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
        final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
        long cut;

        void clear() {
            bids.clear();
            asks.clear();
        }

        void apply(Update update) {
            apply(bids, update.bids);
            apply(asks, update.asks);
        }

        private void apply(TreeMap<BigDecimal, BigDecimal> side, List<Level> levels) {
            for (Level level : new ArrayList<>(levels)) {
                if (level.qty.signum() == 0) {
                    side.remove(level.price);
                } else {
                    side.put(level.price, level.qty);
                }
            }
            while (side.size() > MAX_LEVELS) {
                side.pollLastEntry();
                cut++;
            }
        }

        boolean crossed() {
            return !bids.isEmpty() && !asks.isEmpty() && bids.firstKey().compareTo(asks.firstKey()) >= 0;
        }
    }
}
