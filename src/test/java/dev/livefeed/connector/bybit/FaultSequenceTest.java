package dev.livefeed.connector.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.context.BybitSettings;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.sdk.RecordedLines;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.model.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The connector against the local exchange in simulated time, over a network with all kinds of faults.
 *
 * <p>Each sequence is determined by its seed. {@code -Dlivefeed.sequences=10000} runs more of them, {@code
 * -Dlivefeed.seed=7} starts at another one.
 */
class FaultSequenceTest {

    private static final int SEQUENCES = Integer.getInteger("livefeed.sequences", 4);
    private static final long FIRST_SEED = Long.getLong("livefeed.seed", 1);
    private static final Duration STEP = Duration.ofMillis(10);
    private static final Duration TROUBLE = Duration.ofSeconds(25);
    private static final Duration CALM = Duration.ofSeconds(40);
    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");

    @Test
    void whateverHappensBooksAreRightTradesComeOnceAndHolesAreAnnounced() throws Exception {
        long depths = 0;
        long trades = 0;
        long repaired = 0;
        long gaps = 0;
        long tickers = 0;
        long wrongTickers = 0;
        long closedKlines = 0;
        long liquidations = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEQUENCES; seed++) {
            Sequence sequence = new Sequence(seed);
            try {
                sequence.run();
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + " after " + sequence.venue.faults + ": " + e.getMessage(), e);
            }
            depths += sequence.reader.depths;
            trades += sequence.trades;
            repaired += sequence.reader.repaired;
            gaps += sequence.reader.gaps();
            tickers += sequence.further.tickers;
            wrongTickers += sequence.further.wrongTickers;
            closedKlines += sequence.further.closedKlines;
            liquidations += sequence.further.prints;
        }

        System.out.printf(
                "%d sequences from seed %d: %d book events compared, %d trades checked, %d of them repaired,"
                        + " %d gaps announced%n",
                SEQUENCES, FIRST_SEED, depths, trades, repaired, gaps);
        System.out.printf(
                "%d tickers compared, %d of them mixed of two times while frames were lost in silence; %d "
                        + "closed candles, %d liquidations%n",
                tickers, wrongTickers, closedKlines, liquidations);
        assertThat(tickers).isGreaterThan(100L * SEQUENCES);
        assertThat(wrongTickers).isLessThan(tickers / 50);
        assertThat(closedKlines).isPositive();
        assertThat(liquidations).isPositive();
        assertThat(depths).isGreaterThan(100L * SEQUENCES);
        assertThat(repaired).isPositive();
    }

    private static final class Sequence {

        final ManualTime time = new ManualTime();
        final SimulatedVenue venue;
        final BookTradeVerifier reader;
        final TickerKlineVerifier further;
        final boolean futures;
        final RecordedLines lines = new RecordedLines(time::micros);
        final Outbox outbox;
        final BybitFeed feed;
        final Random random;
        final List<TopicName> topics;
        int trades;
        private long sinceTick;

        Sequence(long seed) throws Exception {
            random = new Random(~seed);
            boolean spot = seed % 4 == 3;
            Category category = spot ? Category.SPOT : Category.LINEAR;
            venue = new SimulatedVenue(
                    seed,
                    time,
                    spot
                            ? dev.livefeed.exchange.market.ProductCategory.SPOT
                            : dev.livefeed.exchange.market.ProductCategory.LINEAR);
            futures = !spot;
            topics = new ArrayList<>(List.of(
                    TopicName.of(category, "depth", "BTCUSDT", 50),
                    TopicName.of(category, "depth.1", "BTCUSDT", 50),
                    TopicName.of(category, "depth.200", "ETHUSDT", 50),
                    TopicName.of(category, "trades", "BTCUSDT", 50),
                    TopicName.of(category, "trades", "ETHUSDT", 50),
                    TopicName.of(category, "ticker", "BTCUSDT", 50),
                    TopicName.of(category, "kline.1m", "BTCUSDT", 50)));
            if (futures) {
                topics.add(TopicName.of(category, "liquidations", "BTCUSDT", 50));
            }
            BookTradeRecorder recorder =
                    new BookTradeRecorder(venue.exchange(), venue.category(), topics, time.micros() / 1_000);
            reader = new BookTradeVerifier(recorder);
            further = new TickerKlineVerifier(recorder.further());
            outbox = new Outbox(lines, "bybit", new Outbox.Limits(20_000, 60_000));
            feed = new BybitFeed(
                    BybitSettings.read(Map.of(
                            "BYBIT_CATEGORY",
                            category.text(),
                            "BYBIT_WS_BASE_URL",
                            "ws://venue",
                            "BYBIT_REST_BASE_URL",
                            "http://venue")),
                    venue,
                    outbox,
                    time,
                    random);
            venue.serve(feed);
        }

        void run() {
            feed.start();
            for (TopicName topic : topics) {
                feed.command(new Command(Kind.SUBSCRIBE, topic.channel(), topic.symbol(), null, topic.text()));
            }
            feed.commandsDone();
            live(TROUBLE, true);
            venue.heal();
            lines.unblock();
            outbox.drained();
            live(CALM, false);

            assertThat(reader.connected).isTrue();
            settle();
            for (TopicName topic : topics) {
                if (topic.kind() == TopicName.Kind.BOOK) {
                    reader.assertSynced(topic.text());
                }
            }
            further.assertTicker("BTCUSDT");
            further.assertClosedCandles("BTCUSDT");
            if (futures) {
                further.assertLiquidations("BTCUSDT");
            }
            for (String symbol : SYMBOLS) {
                trades += reader.assertComplete(symbol);
            }
        }

        private void live(Duration duration, boolean slowReader) {
            for (long left = duration.toMillis(); left > 0; left -= STEP.toMillis()) {
                step();
                if (slowReader && random.nextInt(400) == 0) {
                    lines.block();
                } else if (random.nextInt(100) == 0) {
                    lines.unblock();
                    outbox.drained();
                }
                read();
            }
        }

        private void read() {
            List<Event> events = lines.next();
            reader.read(events);
            further.read(events);
        }

        /** Delivers data in transit while the exchange sends nothing new. */
        private void settle() {
            venue.deliverAll(this::advance);
            outbox.flush();
            read();
        }

        private void step() {
            advance();
            venue.run();
            outbox.flush();
        }

        private void advance() {
            time.advance(STEP);
            sinceTick += STEP.toMillis();
            if (sinceTick >= 50) {
                sinceTick = 0;
                feed.tick();
                outbox.flush();
            }
        }
    }
}
