package dev.livefeed.bench.micro;

import dev.livefeed.app.market.Market;
import dev.livefeed.book.OrderBook;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.EventWriter;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Trade;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The order book, the protocol lines and the local order book of the application. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventBenchmark {

    private static final int EVENTS = 4_096;

    private final OrderBook book = new OrderBook(50);
    private final Market market = new Market(() -> 0);
    private final EventWriter writer = new EventWriter();
    private final EventReader reader = new EventReader(
            List.of(PreparedFrames.SYMBOL), false, () -> (PreparedFrames.START_MILLIS + 1_000_000) * 1_000);
    private List<Depth> depths;
    private List<Trade> trades;
    private List<byte[]> depthLines;
    private List<byte[]> tradeLines;
    private int next;

    @Setup
    public void prepare() throws IOException {
        depths = PreparedEvents.book(EVENTS);
        trades = PreparedEvents.trades(EVENTS);
        depthLines = lines(depths);
        tradeLines = lines(trades);
        for (int i = 0; i < EVENTS; i++) {
            orderBook();
        }
        next = 0;
    }

    @TearDown
    public void check() {
        if (market.book(PreparedFrames.INSTRUMENT, 1) != null && !market.synced(PreparedFrames.INSTRUMENT)) {
            throw new IllegalStateException("the local order book was stale, the measurement is invalid");
        }
    }

    private List<byte[]> lines(List<? extends Event> events) {
        List<byte[]> lines = new ArrayList<>(events.size());
        for (Event event : events) {
            writer.clear();
            writer.write(event);
            byte[] line = new byte[writer.length() - 1];
            System.arraycopy(writer.buffer(), 0, line, 0, line.length);
            lines.add(line);
        }
        return lines;
    }

    private <T> T next(List<T> items) {
        return items.get(next++ & EVENTS - 1);
    }

    /** A delta of ten levels per side in a book of 50. */
    @Benchmark
    public OrderBook orderBook() {
        Depth depth = next(depths);
        if (depth.snapshot()) {
            book.snapshot(depth.bids(), depth.asks());
        } else {
            book.apply(depth.bids(), depth.asks());
        }
        return book;
    }

    /** The same in the application, including the checks of update ids and of a crossed book. */
    @Benchmark
    public Market localOrderBook() {
        market.depth(next(depths));
        return market;
    }

    /** The line of a delta of ten levels per side. */
    @Benchmark
    public int writeDepth() {
        writer.clear();
        return writer.write(next(depths)).length();
    }

    /** The line of a trade. */
    @Benchmark
    public int writeTrade() {
        writer.clear();
        return writer.write(next(trades)).length();
    }

    /** Reads a depth line with all field checks. */
    @Benchmark
    public Event readDepth() throws InvalidEventException {
        return reader.read(next(depthLines));
    }

    /** Reads a trade line with all field checks. */
    @Benchmark
    public Event readTrade() throws InvalidEventException {
        return reader.read(next(tradeLines));
    }
}
