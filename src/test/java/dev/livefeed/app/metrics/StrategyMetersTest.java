package dev.livefeed.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.paper.OrderRequest;
import dev.livefeed.app.paper.OrderType;
import dev.livefeed.app.paper.PaperSetup;
import dev.livefeed.app.strategy.StrategyRig;
import dev.livefeed.app.strategy.Timeframe;
import dev.livefeed.app.strategy.Trades;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Processor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of strategies and paper trading. */
class StrategyMetersTest {

    private static final long START = 20_000 * Timeframe.DAY;

    @TempDir
    Path temp;

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void ordersFillsAndMoney() throws Exception {
        try (StrategyRig rig = new StrategyRig(PaperSetup.settings(temp), false, "1s", "1s")) {
            new StrategyMeters(rig.strategies).bindTo(registry);
            rig.book(START, new BigDecimal("100"), new BigDecimal("101"), 3);

            rig.broker.place(order(OrderType.MARKET, "2", null));
            rig.broker.place(order(OrderType.LIMIT, "1", "90"));
            rig.broker.place(order(OrderType.POST_ONLY, "1", "200"));

            assertThat(value("livefeed.paper.orders", "status", "accepted")).isEqualTo(2);
            assertThat(value("livefeed.paper.orders", "status", "filled")).isEqualTo(1);
            assertThat(value("livefeed.paper.orders", "status", "refused")).isEqualTo(1);
            assertThat(value("livefeed.paper.fills", "liquidity", "taker")).isEqualTo(2);
            assertThat(value("livefeed.paper.fills", "liquidity", "maker")).isZero();
            assertThat(value("livefeed.paper.open.orders")).isEqualTo(1);
            // 1.5 at 101 and 0.5 at 101.5, and 0.055 % of 202.25
            assertThat(value("livefeed.paper.cash")).isEqualTo(99_797.6387625);
            assertThat(value("livefeed.paper.exposure")).isEqualTo(2 * 101.5 + 90);
            assertThat(value("livefeed.paper.available")).isEqualTo(1);
            assertThat(value("livefeed.paper.paused")).isZero();
            rig.broker.pause("test");
            assertThat(value("livefeed.paper.paused")).isEqualTo(1);
        }
    }

    @Test
    void queueAndLagOfASlowStrategyAreRemovedWithItsRoute() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (StrategyRig rig = new StrategyRig(PaperSetup.settings(temp), false, "1s", "1s")) {
            new StrategyMeters(rig.strategies).bindTo(registry);
            rig.context.getRegistry().bind("slow", (Processor) e -> go.await(30, TimeUnit.SECONDS));
            rig.yaml(
                    """
                    - route:
                        id: slow
                        from:
                          uri: strategy:candles
                          parameters: {timeframe: 1s}
                          steps:
                            - process: {ref: slow}
                    """);
            rig.book(START, new BigDecimal("100"), new BigDecimal("101"), 3);
            for (int i = 0; i < 5; i++) {
                rig.trade(Trades.trade(START + i * Timeframe.SECOND, "100", "1", Side.BUY));
            }
            // Four candles are closed: one is being processed, three are waiting.
            Awaitility.await().until(() -> value("livefeed.strategy.queue", "strategy", "slow") == 3);
            assertThat(value("livefeed.strategy.lag.seconds", "strategy", "slow"))
                    .as("since the first candle was closed by the second trade")
                    .isEqualTo(3);
            go.countDown();
            Awaitility.await().until(() -> value("livefeed.strategy.moments", "fate", "taken") == 4);
            Awaitility.await().until(() -> value("livefeed.strategy.lag.seconds", "strategy", "slow") == 0);

            rig.context.getRouteController().stopRoute("slow");
            assertThat(registry.find("livefeed.strategy.queue").meters()).isEmpty();
            assertThat(registry.find("livefeed.strategy.moments").meters()).isEmpty();
        }
    }

    private static OrderRequest order(OrderType type, String qty, String price) {
        return new OrderRequest(
                OrderRequest.MANUAL,
                Ids.linear("BTCUSDT"),
                Side.BUY,
                type,
                new BigDecimal(qty),
                price == null ? null : new BigDecimal(price),
                null);
    }

    private double value(String name, String... tags) {
        return registry.get(name).tags(tags).meter().measure().iterator().next().getValue();
    }
}
