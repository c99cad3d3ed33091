package dev.livefeed.bench.micro;

import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.market.BookView;
import dev.livefeed.app.market.ContextRules;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.paper.OrderRequest;
import dev.livefeed.app.paper.OrderResult;
import dev.livefeed.app.paper.OrderType;
import dev.livefeed.app.paper.PaperBroker;
import dev.livefeed.app.paper.PaperSettings;
import dev.livefeed.app.strategy.EventClock;
import dev.livefeed.app.strategy.MarketReader;
import dev.livefeed.app.strategy.Strategies;
import dev.livefeed.app.strategy.StrategyQueue;
import dev.livefeed.app.strategy.StrategyQueues;
import dev.livefeed.app.strategy.StrategySettings;
import dev.livefeed.app.strategy.StrategyTopic;
import dev.livefeed.app.strategy.Timeframe;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The cost of a trade after its route: the market with the context of the day, and the strategies with candles of the
 * default timeframes, three listeners with their own threads and the paper broker without a journal.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StrategyBenchmark {

    /** Open orders and positions: none, or ten resting orders and a position. */
    @Param({"none", "some"})
    public String orders;

    private final Market market = new Market(() -> 0);
    private final EventClock clock = new EventClock();
    private PreparedTrades trades;
    private Strategies strategies;
    private Thread[] listeners;
    private StrategyQueue[] queues;

    @Setup(Level.Trial)
    public void prepare() throws IOException {
        trades = new PreparedTrades();
        MarketReader reader = new MarketReader() {
            @Override
            public ContextView context(InstrumentId instrument) {
                return market.context(instrument);
            }

            @Override
            public BookView book(InstrumentId instrument, int most) {
                return market.book(instrument, most);
            }

            @Override
            public boolean synced(InstrumentId instrument) {
                return market.synced(instrument);
            }
        };
        PaperBroker broker = new PaperBroker(paper(), reader, clock::now);
        StrategySettings settings = new StrategySettings(
                Timeframe.list("1s,1m,5m,1h"),
                Duration.ofSeconds(2),
                ContextRules.DEFAULT.sessions(),
                "1m",
                Duration.ofMillis(100),
                false,
                false);
        FeedState feed = new FeedState(() -> 0);
        strategies = new Strategies(
                settings, reader, clock, broker, new StrategyQueues(false), venue -> feed.snapshot(), System::nanoTime);
        broker.open();
        listen("1m", "1m", "5m");
        Depth snapshot = PreparedEvents.book(1).get(0);
        market.depth(snapshot);
        strategies.depth(snapshot);
        if (orders.equals("some")) {
            place(broker, OrderType.MARKET, "1", null);
            for (int i = 0; i < 10; i++) {
                place(broker, OrderType.LIMIT, "0.01", Integer.toString(49_000 - i));
            }
        }
    }

    private static PaperSettings paper() {
        BigDecimal unlimited = new BigDecimal("1000000000");
        return new PaperSettings(
                "bench",
                Instruments.NONE,
                new BigDecimal("100000"),
                new PaperSettings.Fees(new BigDecimal("0.0002"), new BigDecimal("0.00055")),
                new PaperSettings.OrderLimits(unlimited, unlimited, unlimited, 100),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                new PaperSettings.JournalFiles(null, Map.of(), false, Duration.ofSeconds(1), 64L << 20));
    }

    private static void place(PaperBroker broker, OrderType type, String qty, String price) {
        OrderResult placement = broker.place(new OrderRequest(
                OrderRequest.MANUAL,
                PreparedFrames.INSTRUMENT,
                Side.BUY,
                type,
                new BigDecimal(qty),
                price == null ? null : new BigDecimal(price),
                null));
        if (placement.order() == null) {
            throw new IllegalStateException(placement.refused());
        }
    }

    private void listen(String... timeframes) {
        queues = new StrategyQueue[timeframes.length];
        listeners = new Thread[timeframes.length];
        for (int i = 0; i < timeframes.length; i++) {
            StrategyQueue queue = new StrategyQueue("strategy-" + i, StrategyTopic.CANDLES, null, timeframes[i], 100);
            queues[i] = queue;
            strategies.listen(queue);
            listeners[i] = new Thread(() -> take(queue), "strategy-" + i);
            listeners[i].setDaemon(true);
            listeners[i].start();
        }
    }

    private static void take(StrategyQueue queue) {
        try {
            while (queue.take() != null) {
                queue.done(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @TearDown(Level.Trial)
    public void end() {
        for (StrategyQueue queue : queues) {
            strategies.leave(queue);
        }
    }

    /** The market and the context of the day, then the strategies. */
    @Benchmark
    public Trade contextAndStrategies() {
        Trade trade = trades.next();
        market.trade(trade);
        strategies.trade(trade);
        return trade;
    }
}
