package dev.livefeed.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.protocol.model.Levels;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class OrderBookTest {

    private final OrderBook book = new OrderBook(3);

    @Test
    void startsEmpty() {
        assertThat(book.isEmpty()).isTrue();
        assertThat(book.bestBid()).isNull();
        assertThat(book.bestAsk()).isNull();
        assertThat(book.crossed()).isFalse();
    }

    @Test
    void snapshotReplacesTheBook() {
        book.snapshot(levels("10", "1", "9", "2"), levels("11", "3"));

        book.snapshot(levels("8.5", "4"), levels("9.5", "5", "9.6", "6"));

        assertThat(book.bids().top(9)).isEqualTo(levels("8.5", "4"));
        assertThat(book.asks().top(9)).isEqualTo(levels("9.5", "5", "9.6", "6"));
        assertThat(book.bestBid()).isEqualTo(new BigDecimal("8.5"));
        assertThat(book.bestAsk()).isEqualTo(new BigDecimal("9.5"));
    }

    @Test
    void unsortedSnapshotIsSortedAndTheLastRepeatApplies() {
        book.snapshot(levels("9", "1", "10", "2", "9", "3", "8", "0"), levels("12", "1", "11", "2", "12", "0"));

        assertThat(book.bids().top(9)).isEqualTo(levels("10", "2", "9", "3"));
        assertThat(book.asks().top(9)).isEqualTo(levels("11", "2"));
    }

    @Test
    void deltaSetsInsertsAndDeletes() {
        book.snapshot(levels("10", "1", "9", "2"), levels("11", "3", "12", "4"));

        book.apply(levels("10", "0", "9", "7", "9.5", "1"), levels("10.9", "2", "12", "0.000"));

        assertThat(book.bids().top(9)).isEqualTo(levels("9.5", "1", "9", "7"));
        assertThat(book.asks().top(9)).isEqualTo(levels("10.9", "2", "11", "3"));
        assertThat(book.absentDeletes()).isZero();
    }

    @Test
    void deleteOfAMissingPriceIsOnlyCounted() {
        book.snapshot(levels("10", "1"), levels("11", "3"));

        book.apply(levels("9", "0"), levels("10.5", "0", "11.5", "0"));

        assertThat(book.bids().top(9)).isEqualTo(levels("10", "1"));
        assertThat(book.asks().top(9)).isEqualTo(levels("11", "3"));
        assertThat(book.absentDeletes()).isEqualTo(3);
    }

    @Test
    void finerNumbersRescaleTheSide() {
        book.snapshot(levels("10", "1", "9", "2"), levels("11", "3"));

        book.apply(levels("9.123456", "0.00000001"), Levels.EMPTY);
        book.apply(levels("9", "0"), Levels.EMPTY);

        assertThat(book.bids().priceScale()).isEqualTo(6);
        assertThat(book.bids().qtyScale()).isEqualTo(8);
        assertThat(book.asks().priceScale()).isZero();
        assertThat(book.bids().priceUnscaled(0)).isEqualTo(10_000_000L);
        assertThat(book.bids().qtyUnscaled(1)).isEqualTo(1L);
        assertThat(book.bids().top(9)).isEqualTo(levels("10", "1", "9.123456", "0.00000001"));
        assertThat(book.crossed()).isFalse();
    }

    @Test
    void numbersWithoutACommonScaleEmptyTheBook() {
        book.snapshot(levels("900000000000000", "1"), levels("900000000000001", "1"));

        assertThatThrownBy(() -> book.apply(levels("0.000000000000000001", "1"), Levels.EMPTY))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("no common scale");
        assertThat(book.isEmpty()).isTrue();

        book.snapshot(levels("2", "1"), levels("3", "1"));
        assertThat(book.bestBid()).isEqualTo(new BigDecimal("2"));
    }

    @Test
    void aLevelWithoutACommonScaleIsLeftOutAlone() {
        book.snapshot(levels("9", "1234567890123", "8", "2", "7", "3"), levels("11", "3"));

        int leftOut = book.applyFitting(levels("8", "0.0000001", "7", "4", "6", "5"), levels("12", "0.0000001"));

        assertThat(leftOut).isEqualTo(1);
        assertThat(book.bids().top(9)).isEqualTo(levels("9", "1234567890123", "7", "4", "6", "5"));
        assertThat(book.asks().top(9)).isEqualTo(levels("11", "3", "12", "0.0000001"));
    }

    @Test
    void aPriceWithoutACommonScaleIsLeftOutAloneAndItsDeleteIsHarmless() {
        book.snapshot(levels("9999999", "1", "5", "1"), Levels.EMPTY);

        assertThat(book.applyFitting(levels("0.000000000001", "1", "5", "2"), Levels.EMPTY))
                .isEqualTo(1);
        assertThat(book.applyFitting(levels("0.000000000001", "0", "4", "1"), Levels.EMPTY))
                .isZero();

        assertThat(book.bids().top(9)).isEqualTo(levels("9999999", "1", "5", "2", "4", "1"));
        assertThat(book.absentDeletes()).isEqualTo(1);
    }

    @Test
    void aGreatNumberThatDoesNotFitTheFineOnesIsLeftOutUntilTheyAreGone() {
        book.snapshot(levels("9", "0.0000001", "8", "1"), Levels.EMPTY);

        assertThat(book.applyFitting(levels("7", "1234567890123"), Levels.EMPTY))
                .isEqualTo(1);
        book.apply(levels("9", "0"), Levels.EMPTY);
        assertThat(book.applyFitting(levels("7", "1234567890123"), Levels.EMPTY))
                .isZero();

        assertThat(book.bids().top(9)).isEqualTo(levels("8", "1", "7", "1234567890123"));
    }

    @Test
    void levelsThatFitAreAppliedAsEver() {
        book.snapshot(levels("10", "1", "9", "2"), levels("11", "3"));

        assertThat(book.applyFitting(levels("9.5", "0.001", "10", "0"), levels("11", "4")))
                .isZero();

        assertThat(book.bids().top(9)).isEqualTo(levels("9.5", "0.001", "9", "2"));
        assertThat(book.asks().top(9)).isEqualTo(levels("11", "4"));
    }

    @Test
    void crossedAndLockedBooksAreDetectedAcrossScales() {
        book.snapshot(levels("10.00", "1"), levels("10", "1"));
        assertThat(book.crossed()).isTrue();

        book.snapshot(levels("9.99", "1"), levels("10", "1"));
        assertThat(book.crossed()).isFalse();

        book.apply(levels("10.01", "1"), Levels.EMPTY);
        assertThat(book.crossed()).isTrue();

        book.apply(Levels.EMPTY, levels("10", "0"));
        assertThat(book.crossed()).isFalse();
    }

    @Test
    void farLevelsBeyondTheLimitAreRemovedAndCounted() {
        book.snapshot(levels("10", "1", "9", "1", "8", "1", "7", "1"), levels("11", "1"));
        assertThat(book.cut()).isEqualTo(1);

        book.apply(Levels.EMPTY, levels("14", "1", "13", "1", "12", "1"));

        assertThat(book.asks().top(9)).isEqualTo(levels("11", "1", "12", "1", "13", "1"));
        assertThat(book.cut()).isEqualTo(2);
    }

    @Test
    void insertsBeforeDeletesMayExceedTheLimitTemporarily() {
        book.snapshot(levels("10", "1", "9", "1", "8", "1"), levels("11", "1"));

        book.apply(levels("10.5", "1", "9.5", "1", "10", "0", "9", "0"), Levels.EMPTY);

        assertThat(book.bids().top(9)).isEqualTo(levels("10.5", "1", "9.5", "1", "8", "1"));
        assertThat(book.cut()).isZero();
    }

    @Test
    void hugeUpdateKeepsOnlyTheBestLevels() {
        Levels.Builder many = new Levels.Builder();
        for (int i = 0; i < 1_000; i++) {
            many.add(1_000 + (i * 7919L) % 1_000, 0, 1, 0);
        }

        book.apply(Levels.EMPTY, many.build());

        assertThat(book.asks().top(9)).isEqualTo(levels("1000", "1", "1001", "1", "1002", "1"));
        assertThat(book.cut()).isEqualTo(997);
    }

    @Test
    void topCopiesAvailableLevels() {
        book.snapshot(levels("10", "1", "9", "2"), Levels.EMPTY);
        Levels copy = book.bids().top(1);

        book.clear();

        assertThat(copy).isEqualTo(levels("10", "1"));
        assertThat(book.bids().top(5)).isSameAs(Levels.EMPTY);
    }

    @Test
    void limitMustBePositive() {
        assertThatThrownBy(() -> new OrderBook(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxLevels is 0, must be at least 1");
    }

    private static Levels levels(String... pricesAndQtys) {
        Levels.Builder builder = new Levels.Builder();
        for (int i = 0; i < pricesAndQtys.length; i += 2) {
            builder.add(new BigDecimal(pricesAndQtys[i]), new BigDecimal(pricesAndQtys[i + 1]));
        }
        return builder.build();
    }
}
