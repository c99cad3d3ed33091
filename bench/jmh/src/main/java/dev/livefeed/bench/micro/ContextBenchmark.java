package dev.livefeed.bench.micro;

import dev.livefeed.app.market.Market;
import dev.livefeed.protocol.model.Trade;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The cost of a trade in the market with the context of the day. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ContextBenchmark {

    private final Market market = new Market(() -> 0);
    private PreparedTrades trades;

    @Setup
    public void prepare() throws IOException {
        trades = new PreparedTrades();
    }

    /** The trade itself, to subtract from the other benchmarks. */
    @Benchmark
    public Trade trade() {
        return trades.next();
    }

    /** The market and the context of the day. */
    @Benchmark
    public Trade context() {
        Trade trade = trades.next();
        market.trade(trade);
        return trade;
    }
}
