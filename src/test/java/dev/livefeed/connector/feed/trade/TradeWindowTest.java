package dev.livefeed.connector.feed.trade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TradeWindowTest {

    @Test
    void remembersTheLastOnesAndForgetsTheOldest() {
        TradeWindow window = new TradeWindow();
        Deque<String> expected = new ArrayDeque<>();
        Set<String> known = new HashSet<>();
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            String id = Integer.toString(random.nextInt(6_000));

            assertThat(window.add(id)).isEqualTo(known.add(id));
            if (expected.isEmpty() || known.size() > expected.size()) {
                expected.addLast(id);
            }
            if (expected.size() > TradeWindow.LARGEST) {
                known.remove(expected.removeFirst());
            }
            assertThat(window.contains(id)).isTrue();
        }
        for (int id = 0; id < 6_000; id++) {
            assertThat(window.contains(Integer.toString(id))).isEqualTo(known.contains(Integer.toString(id)));
        }
        assertThat(known).hasSize(TradeWindow.LARGEST);
    }
}
