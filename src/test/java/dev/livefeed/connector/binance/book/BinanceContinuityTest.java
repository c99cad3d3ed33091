package dev.livefeed.connector.binance.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.feed.book.Continuity;
import dev.livefeed.connector.feed.book.Continuity.UpdateOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules for which update follows which, on random streams with losses, repetitions and snapshots at any time. */
class BinanceContinuityTest {

    private record Update(long first, long last, long previous) {}

    private static List<Update> stream(Random random, boolean futures) {
        List<Update> updates = new ArrayList<>();
        long last = 100;
        for (int i = 0; i < 200; i++) {
            long first = last + 1 + (futures ? random.nextInt(4) : 0);
            long end = first + random.nextInt(4);
            updates.add(new Update(first, end, futures ? last : -1));
            last = end;
        }
        return updates;
    }

    /** Applies what the rule accepts: in the end the book has every update behind the snapshot, or a gap was found. */
    private static void follow(Continuity rule, Random random, boolean futures) {
        List<Update> updates = stream(random, futures);
        int begun = random.nextInt(150);
        Update newest = updates.get(begun);
        // A snapshot may be taken within an update, as far as the venue counts single changes.
        long last = newest.first() + random.nextInt((int) (newest.last() - newest.first() + 1));
        TreeSet<Long> has = new TreeSet<>();
        for (Update update : updates) {
            if (update.last() <= last) {
                has.add(update.last());
            }
        }
        boolean afterSnapshot = true;
        boolean gap = false;
        int lost = random.nextBoolean() ? begun + 1 + random.nextInt(updates.size() - begun - 1) : -1;
        int from = Math.max(0, begun - random.nextInt(5));
        List<Update> received = new ArrayList<>();
        for (int i = from; i < updates.size(); i++) {
            if (i != lost) {
                received.add(updates.get(i));
                if (random.nextInt(5) == 0) {
                    received.add(updates.get(Math.max(from, i - random.nextInt(3))));
                }
            }
        }
        received.removeIf(update -> lost >= 0 && update.equals(updates.get(lost)));
        for (Update update : received) {
            UpdateOrder order = rule.judge(last, afterSnapshot, update.first(), update.last(), update.previous());
            if (order == UpdateOrder.GAP) {
                gap = true;
                break;
            }
            if (order == UpdateOrder.NEXT) {
                has.add(update.last());
                last = update.last();
                afterSnapshot = false;
            }
        }
        boolean lostMatters =
                lost >= 0 && lost < updates.size() - 1 && updates.get(lost).last() > newest.last();
        if (lostMatters) {
            assertThat(gap)
                    .as("the loss of update " + lost + " behind " + begun)
                    .isTrue();
        } else if (lost < 0) {
            assertThat(gap).isFalse();
            assertThat(has).hasSize(updates.size());
        }
    }

    @RepeatedTest(500)
    void spotFindsEveryLossAndNothingElse(RepetitionInfo repetition) {
        follow(BinanceContinuity.SPOT, new Random(repetition.getCurrentRepetition()), false);
    }

    @RepeatedTest(500)
    void futuresFindEveryLossAndNothingElse(RepetitionInfo repetition) {
        follow(BinanceContinuity.FUTURES, new Random(repetition.getCurrentRepetition()), true);
    }

    @ParameterizedTest
    @CsvSource({
        // last, after snapshot, U, u, order
        "160, true, 157, 160, OLD",
        "160, true, 158, 163, NEXT",
        "160, true, 161, 163, NEXT",
        "160, true, 162, 165, GAP",
        "160, false, 161, 165, NEXT",
        "160, false, 162, 165, GAP",
        "160, false, 150, 155, OLD"
    })
    void spotByTheDocument(long last, boolean afterSnapshot, long first, long update, UpdateOrder order) {
        assertThat(BinanceContinuity.SPOT.judge(last, afterSnapshot, first, update, -1))
                .isEqualTo(order);
    }

    @ParameterizedTest
    @CsvSource({
        // last, after snapshot, U, u, pu, order
        "160, true, 157, 159, 155, OLD",
        "160, true, 157, 165, 155, NEXT",
        "160, true, 163, 165, 160, NEXT",
        "160, true, 163, 165, 161, GAP",
        "160, true, 163, 165, 158, NEXT",
        "160, false, 163, 165, 158, GAP",
        "160, true, 163, 165, -1, GAP",
        "160, false, 163, 165, 160, NEXT",
        "160, false, 157, 165, 155, GAP",
        "160, false, 161, 165, 159, GAP"
    })
    void futuresByTheDocument(
            long last, boolean afterSnapshot, long first, long update, long previous, UpdateOrder order) {
        assertThat(BinanceContinuity.FUTURES.judge(last, afterSnapshot, first, update, previous))
                .isEqualTo(order);
    }
}
