package dev.livefeed.app.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.Statuses;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However slowly a client reads, its copy of a book equals the local order book once it has read everything; each delta
 * continues its copy; and received plus lost trades add up to all trades.
 */
class SlowClientPropertyTest {

    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");

    /** A client that relies only on received messages. */
    private static final class Copy {
        private final BookCopy book = new BookCopy();
        private long tradesSeen;
        private long lost;
        private long lastTrade = -1;

        private void take(JsonNode message) {
            switch (message.path("type").asText()) {
                case "trade" -> {
                    tradesSeen++;
                    assertThat(message.path("id").asLong()).isGreaterThan(lastTrade);
                    lastTrade = message.path("id").asLong();
                }
                case "lost" -> lost += message.path("count").asLong();
                case "status", "depth" -> book.take(message);
                default -> assertThat(message.path("type").asText()).isEqualTo("price");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void copyEqualsTheBookOnceEverythingIsRead(long seed) throws Exception {
        Random random = new Random(seed);
        StreamRig rig = new StreamRig(2_000 + random.nextInt(20_000), random.nextBoolean() ? 400 : EventQueue.CAPACITY);
        boolean named = random.nextBoolean();
        Map<String, Long> ids = new HashMap<>();
        Map<String, Copy> copies = new HashMap<>();
        Map<String, Long> trades = new HashMap<>();
        for (String symbol : SYMBOLS) {
            ids.put(symbol, 0L);
            copies.put(symbol, new Copy());
            trades.put(symbol, 0L);
            rig.market.depth(update(random, symbol, true, ids, named));
        }
        FakeSink sink = rig.join("trades,depth", null);
        long tradeId = 0;
        for (int i = 0; i < 5_000; i++) {
            String symbol = SYMBOLS.get(random.nextInt(2));
            int what = random.nextInt(100);
            if (what < 40) {
                rig.market.trade(StreamRig.trade(symbol, tradeId++));
                trades.merge(symbol, 1L, Long::sum);
            } else if (what < 90) {
                rig.market.depth(update(random, symbol, false, ids, named));
            } else if (what < 92) {
                rig.market.depth(update(random, symbol, true, ids, named));
            } else if (what == 92) {
                ids.merge(symbol, 5L, Long::sum);
            } else if (what == 93 && random.nextInt(5) == 0) {
                rig.market.status(Statuses.of(ConnectionDown.STATUS, "test"));
            } else if (what < 97) {
                rig.hub.work();
            } else {
                sink.read(random.nextInt(60));
            }
            if (random.nextInt(300) == 0) {
                compare(rig, sink, copies);
            }
        }
        compare(rig, sink, copies);
        for (String symbol : SYMBOLS) {
            Copy copy = copies.get(symbol);
            assertThat(copy.tradesSeen + copy.lost).isEqualTo(trades.get(symbol));
        }
        assertThat(rig.hub.figures().lost())
                .isEqualTo(copies.values().stream().mapToLong(copy -> copy.lost).sum());
    }

    private static void compare(StreamRig rig, FakeSink sink, Map<String, Copy> copies) {
        rig.hub.work();
        for (JsonNode message : sink.take()) {
            if (message.has("symbol")) {
                copies.get(message.path("symbol").asText()).take(message);
            }
        }
        copies.forEach((symbol, copy) -> copy.book.is(rig.market.book(Ids.linear(symbol), 1_000)));
    }

    private static Depth update(Random random, String symbol, boolean snapshot, Map<String, Long> ids, boolean named) {
        long previous = ids.get(symbol);
        long id = previous + 1 + random.nextInt(3);
        ids.put(symbol, id);
        return StreamRig.depth(
                symbol,
                snapshot,
                id,
                snapshot || !named ? -1 : previous,
                50,
                side(random, 100, -1, snapshot),
                side(random, 101, 1, snapshot));
    }

    private static Levels side(Random random, int from, int way, boolean snapshot) {
        Levels.Builder builder = new Levels.Builder();
        int price = from;
        for (int i = random.nextInt(10); i >= 0; i--) {
            builder.add(
                    BigDecimal.valueOf(price),
                    BigDecimal.valueOf(snapshot ? 1 + random.nextInt(9) : random.nextInt(9)));
            price += way * (1 + random.nextInt(4));
        }
        return builder.build();
    }
}
