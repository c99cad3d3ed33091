package dev.livefeed.app.metrics;

import dev.livefeed.app.paper.Exposure;
import dev.livefeed.app.paper.PaperBroker;
import dev.livefeed.app.paper.PaperCounts;
import dev.livefeed.app.strategy.Strategies;
import dev.livefeed.app.strategy.StrategyQueue;
import dev.livefeed.app.strategy.StrategyQueueStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Prometheus metrics of the strategies and of paper trading. Only here are amounts of money binary doubles.
 */
public final class StrategyMeters implements MeterBinder {

    private final Strategies strategies;
    private final Map<StrategyQueue, List<Meter>> metersByQueue = new ConcurrentHashMap<>();

    public StrategyMeters(Strategies strategies) {
        this.strategies = strategies;
    }

    /** Registers all metrics. Must be called once. */
    @Override
    public void bindTo(MeterRegistry registry) {
        PaperBroker broker = strategies.broker();
        PaperCounts counts = broker.counts();
        signals(registry, counts, "order", PaperCounts::signalsTaken);
        signals(registry, counts, "refused", PaperCounts::signalsRefused);
        orders(registry, counts, "accepted", PaperCounts::accepted);
        orders(registry, counts, "refused", PaperCounts::refusedOrders);
        orders(registry, counts, "filled", PaperCounts::filled);
        orders(registry, counts, "cancelled", PaperCounts::cancelled);
        fills(registry, counts, "maker", PaperCounts::makerFills);
        fills(registry, counts, "taker", PaperCounts::takerFills);
        gauge(registry, "livefeed.paper.equity", "Cash and positions at the last prices", Exposure::equity);
        gauge(registry, "livefeed.paper.cash", "Cash", Exposure::cash);
        gauge(registry, "livefeed.paper.exposure", "Value of all positions and open orders", Exposure::value);
        gauge(registry, "livefeed.paper.day.loss", "Loss of equity since the start of the UTC day", Exposure::dayLoss);
        gauge(registry, "livefeed.paper.open.orders", "Open orders", Exposure::openOrders);
        flag(registry, "livefeed.paper.available", "1 while orders are accepted", b -> b.unavailable() == null);
        flag(registry, "livefeed.paper.halted", "1 while a risk limit has halted trading", b -> b.exposure()
                .halted());
        flag(registry, "livefeed.paper.paused", "1 while the strategies are paused", b -> b.exposure()
                .paused());
        strategies.queues().onChange(queue -> added(registry, queue), queue -> removed(registry, queue));
    }

    private static void signals(
            MeterRegistry registry, PaperCounts counts, String outcome, ToDoubleFunction<PaperCounts> value) {
        counter(registry, "livefeed.signals", "Signals of strategies", "outcome", outcome, counts, value);
    }

    private static void orders(
            MeterRegistry registry, PaperCounts counts, String status, ToDoubleFunction<PaperCounts> value) {
        counter(registry, "livefeed.paper.orders", "Orders by status", "status", status, counts, value);
    }

    private static void fills(
            MeterRegistry registry, PaperCounts counts, String liquidity, ToDoubleFunction<PaperCounts> value) {
        counter(registry, "livefeed.paper.fills", "Fills of orders", "liquidity", liquidity, counts, value);
    }

    private static void counter(
            MeterRegistry registry,
            String name,
            String description,
            String tag,
            String is,
            PaperCounts counts,
            ToDoubleFunction<PaperCounts> value) {
        FunctionCounter.builder(name, counts, value)
                .description(description)
                .tag(tag, is)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, Function<Exposure, Number> value) {
        Gauge.builder(name, strategies.broker(), b -> value.apply(b.exposure()).doubleValue())
                .description(description)
                .register(registry);
    }

    private void flag(
            MeterRegistry registry, String name, String description, java.util.function.Predicate<PaperBroker> is) {
        Gauge.builder(name, strategies.broker(), b -> is.test(b) ? 1 : 0)
                .description(description)
                .register(registry);
    }

    private void added(MeterRegistry registry, StrategyQueue queue) {
        Tags tags = Tags.of("strategy", queue.strategy(), "topic", queue.topic().toString());
        List<Meter> meters = new ArrayList<>();
        meters.add(
                Gauge.builder("livefeed.strategy.queue", queue, i -> i.state().waiting())
                        .description("Moments waiting for the strategy")
                        .tags(tags)
                        .register(registry));
        meters.add(Gauge.builder("livefeed.strategy.lag.seconds", queue, i -> lag(i))
                .description("Event time since the oldest moment that is not completely processed")
                .tags(tags)
                .register(registry));
        meters.add(moments(registry, queue, tags, "taken", StrategyQueueStats::taken));
        meters.add(moments(registry, queue, tags, "dropped", StrategyQueueStats::dropped));
        meters.add(moments(registry, queue, tags, "conflated", StrategyQueueStats::conflated));
        meters.add(moments(registry, queue, tags, "failed", StrategyQueueStats::failed));
        metersByQueue.put(queue, meters);
    }

    private double lag(StrategyQueue queue) {
        long oldest = queue.oldestMicros();
        return oldest < 0 ? 0 : Math.max(0, strategies.clock().now() - oldest) / 1e6;
    }

    private static Meter moments(
            MeterRegistry registry,
            StrategyQueue queue,
            Tags tags,
            String fate,
            ToDoubleFunction<StrategyQueueStats> value) {
        return FunctionCounter.builder("livefeed.strategy.moments", queue, i -> value.applyAsDouble(i.state()))
                .description("Moments for the strategy by outcome")
                .tags(tags.and("fate", fate))
                .register(registry);
    }

    private void removed(MeterRegistry registry, StrategyQueue queue) {
        List<Meter> meters = metersByQueue.remove(queue);
        if (meters != null) {
            meters.forEach(registry::remove);
        }
    }
}
