package dev.livefeed.bench.micro;

import dev.livefeed.book.OrderBook;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.FrameParser;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.feed.stream.StreamTable;
import dev.livefeed.protocol.codec.EventWriter;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Levels;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From a frame of the venue to the connector's output line, step by step and together. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameBenchmark {

    private static final int FRAMES = 4_096;
    private static final long RECEIVED_AT = (PreparedFrames.START_MILLIS + 1_000_000) * 1_000;

    private final FrameParser parser = new FrameParser();
    private final StreamTable<Topic> topics = new StreamTable<>();
    private final ParsedFrame frame = new ParsedFrame();
    private final OrderBook book = new OrderBook(50);
    private final EventWriter writer = new EventWriter();
    private List<byte[]> books;
    private List<byte[]> trades;
    private int next;

    @Setup
    public void prepare() {
        topics.add(new Topic(TopicName.of(Category.LINEAR, "depth", PreparedFrames.SYMBOL, 50)));
        topics.add(new Topic(TopicName.of(Category.LINEAR, "trades", PreparedFrames.SYMBOL, 50)));
        books = PreparedFrames.book(FRAMES);
        trades = PreparedFrames.trades(FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            readBookWrite();
        }
        for (int i = 0; i < FRAMES; i++) {
            parse(trades);
        }
    }

    private ParsedFrame parse(List<byte[]> frames) {
        byte[] bytes = frames.get(next++ & FRAMES - 1);
        String fault = parser.parse(bytes, 0, bytes.length, RECEIVED_AT, topics, frame);
        if (fault != null) {
            throw new IllegalStateException(fault);
        }
        return frame;
    }

    /** Parses a delta of ten levels per side. */
    @Benchmark
    public ParsedFrame bookFrame() {
        return parse(books);
    }

    /** Parses a frame of one trade. */
    @Benchmark
    public ParsedFrame tradeFrame() {
        return parse(trades);
    }

    /** Parses, updates the book and writes the line: the full cost of a delta in the connector, except the socket. */
    @Benchmark
    public int readBookWrite() {
        parse(books);
        if (frame.snapshot) {
            book.snapshot(frame.bids, frame.asks);
        } else {
            book.apply(frame.bids, frame.asks);
        }
        if (book.crossed()) {
            throw new IllegalStateException("the prepared book is crossed");
        }
        Depth head = new Depth(
                PreparedFrames.SYMBOL,
                "linear",
                frame.timeMicros(),
                Levels.EMPTY,
                Levels.EMPTY,
                frame.updateId,
                frame.snapshot ? -1 : frame.updateId - 1,
                frame.snapshot,
                50,
                RECEIVED_AT,
                false);
        writer.clear();
        writer.depth(head, frame.bids, frame.asks);
        return writer.length();
    }
}
