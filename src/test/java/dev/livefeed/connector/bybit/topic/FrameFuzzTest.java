package dev.livefeed.connector.bybit.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.book.OrderBook;
import dev.livefeed.connector.bybit.FeedHarness;
import dev.livefeed.connector.bybit.TickerKlineFrames;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Mutated frames must not cause an exception, a line that violates the protocol, or an unannounced break in a book's
 * updates. {@code -Dlivefeed.fuzz=1000000} tries more of them.
 */
class FrameFuzzTest {

    private static final int FRAMES = Integer.getInteger("livefeed.fuzz", 20_000);
    private static final String[] TOKENS = {
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "true",
        "-",
        "1e999",
        "0",
        "NaN",
        "\\u0000",
        "\"u\":1",
        "\"topic\":",
        "99999999999999999999"
    };

    @Test
    void noFrameBreaksAnything() {
        Random random = new Random(3);
        FeedHarness feed = FeedHarness.synced();
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-2");
        feed.command(Kind.SUBSCRIBE, "ticker", "BTCUSDT", "c-3");
        feed.command(Kind.SUBSCRIBE, "kline.1m", "BTCUSDT", "c-4");
        feed.command(Kind.SUBSCRIBE, "liquidations", "BTCUSDT", "c-5");
        feed.accept();
        Set<String> types = new HashSet<>();
        OrderBook book = new OrderBook(50);
        book.snapshot(Levels.EMPTY, Levels.EMPTY);
        long updateId = 100;
        long expected = 100;
        boolean stale = true;
        long emitted = 0;
        for (int i = 0; i < FRAMES; i++) {
            String good =
                    switch (random.nextInt(8)) {
                        case 0 -> feed.trade("BTCUSDT", "t-" + i);
                        case 1 -> ticker(random, feed.time.micros() / 1_000);
                        case 2 -> kline(random, feed.time.micros() / 1_000);
                        case 3 -> liquidation(random, feed.time.micros() / 1_000);
                        default ->
                            feed.book(
                                    FeedHarness.BOOK,
                                    random.nextInt(50) == 0 ? "snapshot" : "delta",
                                    ++updateId,
                                    "[\"" + (90 + random.nextInt(10)) + ".5\",\"" + random.nextInt(3) + "\"]",
                                    "[\"" + (101 + random.nextInt(10)) + ".5\",\"" + random.nextInt(3) + "\"]");
                    };
            byte[] bytes = random.nextInt(3) == 0 ? mutated(good, random) : good.getBytes(StandardCharsets.UTF_8);
            feed.feed.frame(feed.network.lastLink(), bytes, 0, bytes.length, feed.time.micros());
            feed.outbox.flush();
            feed.accept();
            if (i % 20 == 0) {
                feed.pass(Duration.ofMillis(50));
            }
            for (Event event : feed.lines.next()) {
                types.add(event.type());
                if (event instanceof Status status && status.status().equals(Resyncing.STATUS)) {
                    stale = true;
                } else if (event instanceof Depth depth) {
                    emitted++;
                    assertThat(depth.snapshot() || !stale).isTrue();
                    if (depth.snapshot()) {
                        book.snapshot(depth.bids(), depth.asks());
                        stale = false;
                    } else {
                        assertThat(depth.prevUpdateId()).isEqualTo(expected);
                        book.apply(depth.bids(), depth.asks());
                    }
                    expected = depth.lastUpdateId();
                    assertThat(book.crossed()).isFalse();
                }
            }
        }
        assertThat(emitted).isGreaterThan(FRAMES / 50);
        assertThat(types).containsExactlyInAnyOrder("trade", "depth", "ticker", "kline", "liquidation", "status");
        assertThat((long) feed.feed.figures().get("unreadable_frames")).isGreaterThan(FRAMES / 20);
        assertThat(feed.network.closed.size()).isLessThan(5);
    }

    private static String ticker(Random random, long millis) {
        return random.nextInt(4) == 0
                ? TickerKlineFrames.fullTicker("BTCUSDT", "83024." + random.nextInt(10), millis)
                : TickerKlineFrames.ticker(
                        "BTCUSDT",
                        "delta",
                        "\"fundingRate\":\"-0.0000" + random.nextInt(10)
                                + "\",\"bid1Price\":\"83024.60\",\"bid1Size\":\"" + random.nextInt(3) + "\"",
                        millis);
    }

    private static String kline(Random random, long millis) {
        long start = millis / 60_000 * 60_000;
        return TickerKlineFrames.kline(
                "1", "BTCUSDT", start, start + 59_999, "1665" + random.nextInt(10), random.nextInt(4) == 0, millis);
    }

    private static String liquidation(Random random, long millis) {
        return TickerKlineFrames.liquidations(
                "BTCUSDT",
                millis,
                TickerKlineFrames.liquidated("BTCUSDT", "Buy", "0." + (1 + random.nextInt(9)), "83000", millis - 100),
                TickerKlineFrames.liquidated("BTCUSDT", "Sell", "1", "83000.5", millis - 50));
    }

    private static byte[] mutated(String good, Random random) {
        StringBuilder text = new StringBuilder(good);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.setLength(Math.max(1, at));
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, TOKENS[random.nextInt(TOKENS.length)]);
                case 3 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(30))));
            }
            if (text.length() == 0) {
                text.append('x');
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
