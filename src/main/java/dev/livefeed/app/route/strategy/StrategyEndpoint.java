package dev.livefeed.app.route.strategy;

import dev.livefeed.app.strategy.Strategies;
import dev.livefeed.app.strategy.StrategyQueue;
import dev.livefeed.app.strategy.StrategyTopic;
import dev.livefeed.app.strategy.SweepDetector;
import dev.livefeed.protocol.model.InstrumentId;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** A topic with the selection of one route. */
public final class StrategyEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

    private final StrategyTopic topic;
    private final Strategies strategies;
    private InstrumentId symbol;
    private String timeframe;
    private int size = 100;
    private int sweepLookback = SweepDetector.LOOKBACK;
    private int sweepMinCandles = SweepDetector.MIN_CANDLES;

    StrategyEndpoint(String uri, StrategyComponent component, StrategyTopic topic, Strategies strategies) {
        super(uri, component);
        this.topic = topic;
        this.strategies = strategies;
    }

    /** The only symbol to receive, such as BTCUSDT or spot:BTCUSDT; all if not set. */
    public void setSymbol(String symbol) {
        this.symbol = symbol.isBlank()
                ? null
                : InstrumentId.read(symbol)
                        .orElseThrow(() ->
                                new IllegalArgumentException("symbol is " + symbol + ", must be " + InstrumentId.RULE));
    }

    public String getSymbol() {
        return symbol == null ? null : symbol.toString();
    }

    /**
     * Timeframe of the candles in moments, and of the candles that {@code candles} delivers; the regime's timeframe if
     * not set.
     */
    public void setTimeframe(String timeframe) {
        this.timeframe = timeframe;
    }

    public String getTimeframe() {
        return timeframe;
    }

    /** Maximum number of waiting moments, 1 to 100,000, default 100. If it is exceeded, the oldest is dropped. */
    public void setSize(int size) {
        if (size < 1 || size > 100_000) {
            throw new IllegalArgumentException("size is " + size + ", must be 1 to 100000");
        }
        this.size = size;
    }

    public int getSize() {
        return size;
    }

    /** Number of candles before the last one whose extremes a sweep must exceed, 1 to 59, default 20. */
    public void setSweepLookback(int sweepLookback) {
        this.sweepLookback = sweepLookback;
    }

    public int getSweepLookback() {
        return sweepLookback;
    }

    /** With fewer candles before the last one there is no sweep: 1 to {@code sweepLookback}, default 5. */
    public void setSweepMinCandles(int sweepMinCandles) {
        this.sweepMinCandles = sweepMinCandles;
    }

    public int getSweepMinCandles() {
        return sweepMinCandles;
    }

    /** @throws IllegalArgumentException if the parameters of sweeps are out of their ranges */
    StrategyQueue queue(String strategy) {
        String wanted = timeframe == null ? strategies.settings().regimeTimeframe() : timeframe;
        return new StrategyQueue(
                strategy, topic, symbol, wanted, new SweepDetector(sweepLookback, sweepMinCandles), size);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new StrategyConsumer(this, processor, strategies);
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException(
                "strategy: endpoints can only be consumed; send signals to direct:signals");
    }

    /** Several routes may use the same endpoint; each receives all moments. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }
}
