package dev.livefeed.connector.feed.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.book.OrderBook;
import dev.livefeed.connector.feed.ConnectorCounters;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.sdk.RecordedLines;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Levels;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** A reader that applies the deltas of a view has the best levels of the deeper book, after each of them. */
class BestLevelsTest {

    private static final int DEPTH = 8;

    @RepeatedTest(100)
    void theDeltasTurnTheReadersLevelsIntoTheBest(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        ManualTime time = new ManualTime();
        RecordedLines lines = new RecordedLines(time::micros);
        Outbox outbox = new Outbox(lines, "binance", Outbox.Limits.DEFAULT);
        VenueContext context = new VenueContext(null, null, outbox, new ConnectorCounters(), null, null);
        BestLevels view = new BestLevels(context, InstrumentId.of("binance", "spot", "BTCUSDT"), "depth", DEPTH);
        OrderBook book = new OrderBook(40);
        OrderBook reader = new OrderBook(DEPTH);
        book.apply(levels(random, 20, 900, 999), levels(random, 20, 1_001, 1_100));
        view.snapshot(book, 1, time.micros(), time.micros(), false);
        for (int id = 2; id < 60; id++) {
            book.apply(levels(random, random.nextInt(12), 900, 999), levels(random, random.nextInt(12), 1_001, 1_100));
            view.update(book, id, time.micros(), time.micros(), false);
            outbox.flush();
            for (Depth depth : lines.depths()) {
                if (depth.snapshot()) {
                    reader.snapshot(depth.bids(), depth.asks());
                } else {
                    reader.apply(depth.bids(), depth.asks());
                }
            }
            lines.next();

            assertThat(reader.bids().top(DEPTH)).isEqualTo(book.bids().top(DEPTH));
            assertThat(reader.asks().top(DEPTH)).isEqualTo(book.asks().top(DEPTH));
        }
        assertThat(reader.cut()).isZero();
        assertThat(reader.absentDeletes()).isZero();
    }

    /** Prices and sizes of different scales, a third of them deletes. */
    private static Levels levels(Random random, int count, int from, int to) {
        Levels.Builder levels = new Levels.Builder();
        for (int i = 0; i < count; i++) {
            int scale = random.nextInt(3);
            long factor = (long) Math.pow(10, scale);
            long price = from + random.nextInt(to - from + 1);
            long qty = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(1_000);
            levels.add(price * factor, scale, qty, random.nextInt(4));
        }
        return levels.build();
    }
}
