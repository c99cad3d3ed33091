package dev.livefeed.connector.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.book.OrderBook;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.sdk.RecordedLines;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.connector.session.Network;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.Trade;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Replays frames captured at the venue, one per line; runs if {@code LIVEFEED_FRAMES} is set to their folder. */
@EnabledIfEnvironmentVariable(named = "LIVEFEED_FRAMES", matches = ".+")
class CapturedFramesTest {

    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    @Test
    void spotSessionGivesOneUnbrokenBookAndCompleteTrades() throws Exception {
        ManualTime time = new ManualTime();
        RecordedLines lines = new RecordedLines(time::micros);
        Outbox outbox = new Outbox(lines, "binance", new Outbox.Limits(64_000_000, 64_000_000));
        Wire network = new Wire();
        BinanceFeed feed = new BinanceFeed(
                BinanceSettings.read(Map.of("BINANCE_TRADES", "trade", "BINANCE_DEPTH", "100")),
                network,
                outbox,
                time,
                new Random(7));
        List<String> captured = captured();
        time.set(Long.parseLong(captured.get(0).substring(0, 16)) - time.micros());
        feed.start();
        feed.opened(network.links.get(0), false);
        for (String channel : List.of("depth", "trades", "ticker")) {
            feed.command(new Command(Command.Kind.SUBSCRIBE, channel, "BTCUSDT", null, channel));
        }
        fail(feed, network, "/exchangeInfo");
        for (int i = 0; i < 60; i++) {
            time.advance(Duration.ofMillis(50));
            feed.tick();
        }
        feed.commandsDone();
        network.sent.forEach(text -> {
            Matcher id = ID.matcher(text);
            if (id.find()) {
                frame(feed, network, "{\"result\":null,\"id\":" + id.group(1) + "}", time);
            }
        });

        int trades = 0;
        for (String line : captured) {
            String text = line.substring(line.indexOf(' ') + 1);
            long micros = Long.parseLong(line.substring(0, 16));
            if (micros > time.micros()) {
                time.advance(Duration.ofNanos((micros - time.micros()) * 1_000));
            }
            if (text.startsWith("{\"lastUpdateId\"")) {
                int request = network.take("/depth");
                feed.answered(request, new HttpAnswer(200, 0, text.getBytes(StandardCharsets.UTF_8)));
            } else {
                trades += text.contains("@trade\"") ? 1 : 0;
                frame(feed, network, text, time);
            }
            feed.tick();
        }
        outbox.drained();

        OrderBook book = new OrderBook(100);
        long last = -1;
        for (Depth depth : lines.depths()) {
            if (depth.snapshot()) {
                assertThat(last).as("one snapshot").isEqualTo(-1);
                book.snapshot(depth.bids(), depth.asks());
            } else {
                assertThat(depth.prevUpdateId()).isEqualTo(last);
                book.apply(depth.bids(), depth.asks());
            }
            last = depth.lastUpdateId();
            assertThat(book.crossed()).isFalse();
            assertThat(book.bids().size()).isEqualTo(100);
            assertThat(book.asks().size()).isEqualTo(100);
        }
        assertThat(lines.depths()).hasSizeGreaterThan(170);
        assertThat(book.absentDeletes()).isZero();
        assertThat(lines.trades()).hasSize(trades);
        assertThat(lines.trades())
                .extracting(Trade::id)
                .extracting(Long::parseLong)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(lines.of(Ticker.class)).isNotEmpty().allMatch(ticker -> ticker.bidPrice() != null);
        assertThat(feed.figures())
                .containsEntry("book_gaps", 0L)
                .containsEntry("trade_gaps", 0L)
                .containsEntry("unreadable_frames", 0L)
                .containsEntry("unreadable_rows", 0L);
    }

    private static void frame(BinanceFeed feed, Wire network, String text, ManualTime time) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        feed.frame(network.links.get(0), bytes, 0, bytes.length, time.micros());
    }

    private static void fail(BinanceFeed feed, Wire network, String path) {
        feed.unanswered(network.take(path), "no listings in this test");
    }

    private static List<String> captured() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getenv("LIVEFEED_FRAMES")))) {
            Path file = files.filter(one -> one.getFileName().toString().startsWith("binance_spot"))
                    .findFirst()
                    .orElseThrow();
            try (BufferedReader reader = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                return reader.lines().toList();
            }
        }
    }

    /** Records what the feed asks for. */
    private static final class Wire implements Network {

        final List<Integer> links = new ArrayList<>();
        final List<String> sent = new ArrayList<>();
        final Map<Integer, URI> requests = new LinkedHashMap<>();

        @Override
        public void open(int link, URI uri) {
            links.add(link);
        }

        @Override
        public void send(int link, String text) {
            sent.add(text);
        }

        @Override
        public void ping(int link) {}

        @Override
        public void close(int link) {}

        @Override
        public void get(int request, URI uri) {
            requests.put(request, uri);
        }

        /** Removes the request for that path. */
        int take(String path) {
            int request = requests.entrySet().stream()
                    .filter(one -> one.getValue().getPath().endsWith(path))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            requests.remove(request);
            return request;
        }
    }
}
