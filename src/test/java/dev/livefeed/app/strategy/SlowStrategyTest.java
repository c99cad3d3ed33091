package dev.livefeed.app.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.app.paper.PaperSetup;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failing strategy and one that blocks forever affect neither the feed nor a third strategy. */
class SlowStrategyTest {

    private static final String ROUTE =
            """
            - route:
                id: %s
                routeConfigurationId: strategy-failures
                from:
                  uri: strategy:candles
                  parameters: {timeframe: 1s, size: %d}
                  steps:
                    - process: {ref: %s}
            """;
    private static final int CANDLES = 3_000;

    @TempDir
    Path temp;

    @Test
    void slowAndFailingStrategiesDoNotDelayTheFeed() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger good = new AtomicInteger();
        try (StrategyRig rig = new StrategyRig(PaperSetup.settings(temp), false, "1s", "1s")) {
            rig.context.getRegistry().bind("stuck", (Processor) exchange -> release.await());
            rig.context.getRegistry().bind("failing", (Processor) exchange -> {
                throw new IllegalStateException("wanted");
            });
            rig.context.getRegistry().bind("good", (Processor) exchange -> good.incrementAndGet());
            rig.yaml(ROUTE.formatted("a-stuck", 10, "stuck"))
                    .yaml(ROUTE.formatted("b-failing", 10_000, "failing"))
                    .yaml(ROUTE.formatted("c-good", 10_000, "good"));
            rig.book(GeneratedDay.START, new BigDecimal("100"), new BigDecimal("101"), 5);

            for (int i = 0; i <= CANDLES; i++) {
                rig.trade(Trades.trade(GeneratedDay.START + i * Timeframe.SECOND, "100", "1", Side.BUY));
            }

            assertThat(rig.market.view(Ids.linear("BTCUSDT")).trades())
                    .as("the feed has delivered everything while one strategy still blocks on its first moment")
                    .isEqualTo(CANDLES + 1);
            // Each failure is logged with its stack trace, which takes milliseconds on a busy machine.
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                assertThat(good).hasValue(CANDLES);
                assertThat(state(rig, "b-failing").failed()).isEqualTo(CANDLES);
            });
            StrategyQueueStats stuck = state(rig, "a-stuck");
            assertThat(stuck.taken()).isLessThanOrEqualTo(1);
            assertThat(stuck.waiting()).isEqualTo(10);
            assertThat(stuck.taken() + stuck.waiting() + stuck.dropped()).isEqualTo(CANDLES);
            assertThat(state(rig, "b-failing").lastFailure()).contains("wanted");
            release.countDown();
            await().untilAsserted(
                            () -> assertThat(state(rig, "a-stuck").waiting()).isZero());
        } finally {
            release.countDown();
        }
    }

    private static StrategyQueueStats state(StrategyRig rig, String name) {
        return rig.strategies.queues().states().stream()
                .filter(s -> s.strategy().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
