package dev.livefeed.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** A client's book that asserts each of the venue's rules. */
final class BookReplica {

    final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
    final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
    private final int depth;
    private long updateId = -1;

    BookReplica(int depth) {
        this.depth = depth;
    }

    void apply(JsonNode frame) {
        JsonNode data = frame.path("data");
        long next = data.path("u").asLong();
        if (frame.path("type").asText().equals("snapshot")) {
            bids.clear();
            asks.clear();
        } else {
            assertThat(next).as("update id follows").isEqualTo(updateId + 1);
            assertThat(data.path("b").size() + data.path("a").size())
                    .as("changes")
                    .isPositive();
        }
        updateId = next;
        side(bids, data.path("b"));
        side(asks, data.path("a"));
        assertThat(bids).as("bids after %s", next).hasSize(depth);
        assertThat(asks).as("asks after %s", next).hasSize(depth);
        assertThat(bids.firstKey()).as("best bid below best ask").isLessThan(asks.firstKey());
    }

    List<BigDecimal> bidPrices() {
        return List.copyOf(bids.keySet());
    }

    private static void side(TreeMap<BigDecimal, BigDecimal> side, JsonNode levels) {
        BigDecimal before = null;
        for (JsonNode level : levels) {
            BigDecimal price = new BigDecimal(level.get(0).asText());
            BigDecimal size = new BigDecimal(level.get(1).asText());
            if (before != null) {
                assertThat(side.comparator() == null ? before.compareTo(price) : price.compareTo(before))
                        .as("best first")
                        .isNegative();
            }
            before = price;
            if (size.signum() == 0) {
                assertThat(side.remove(price))
                        .as("removed level exists: %s", price)
                        .isNotNull();
            } else {
                side.put(price, size);
            }
        }
    }
}
