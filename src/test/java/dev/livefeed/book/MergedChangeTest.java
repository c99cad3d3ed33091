package dev.livefeed.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.model.Levels;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MergedChangeTest {

    private static final int DEPTH = 20;

    @Test
    void mergedDeltasGiveTheSameBook() {
        Random random = new Random(11);
        OrderBook oneByOne = new OrderBook(1_000);
        OrderBook merged = new OrderBook(1_000);
        MergedChange change = new MergedChange(1_000);

        for (int round = 0; round < 300; round++) {
            for (int i = random.nextInt(6); i >= 0; i--) {
                Levels bids = randomLevels(random);
                Levels asks = randomLevels(random);
                oneByOne.apply(bids, asks);
                assertThat(change.add(bids, asks)).isTrue();
            }
            merged.apply(change.bids(), change.asks());
            change.clear();

            assertThat(merged.bids().top(1_000)).isEqualTo(oneByOne.bids().top(1_000));
            assertThat(merged.asks().top(1_000)).isEqualTo(oneByOne.asks().top(1_000));
        }
        assertThat(merged.bids().size()).isGreaterThan(0);
    }

    @Test
    void tooManyChangesAreRejected() {
        MergedChange change = new MergedChange(2);
        Levels.Builder three = new Levels.Builder();
        three.add(1, 0, 0, 0);
        three.add(2, 0, 0, 0);
        three.add(3, 0, 5, 0);

        assertThat(change.add(three.build(), Levels.EMPTY)).isFalse();
    }

    @Test
    void changesWithoutACommonScaleAreRejected() {
        MergedChange change = new MergedChange(2);
        Levels.Builder large = new Levels.Builder();
        large.add(900_000_000_000_000L, 0, 1, 0);
        Levels.Builder fine = new Levels.Builder();
        fine.add(1, 18, 1, 0);

        assertThat(change.add(large.build(), Levels.EMPTY)).isTrue();
        assertThat(change.add(fine.build(), Levels.EMPTY)).isFalse();
    }

    private static Levels randomLevels(Random random) {
        Levels.Builder levels = new Levels.Builder();
        for (int i = random.nextInt(8); i > 0; i--) {
            levels.add(100 + random.nextInt(DEPTH), random.nextInt(3), random.nextInt(4), random.nextInt(3));
        }
        return levels.build();
    }
}
