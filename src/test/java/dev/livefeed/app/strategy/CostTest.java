package dev.livefeed.app.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.livefeed.app.paper.PaperSetup;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** The memory allocated per trade does not depend on the number of earlier trades of the day. For timing see bench. */
class CostTest {

    private static final int PART = 200_000;
    private static final int PRICES = 500;

    @Test
    void allocationDoesNotGrowWithTheTradesOfTheDay() throws Exception {
        BigDecimal[] prices = new BigDecimal[PRICES];
        for (int i = 0; i < PRICES; i++) {
            prices[i] = BigDecimal.valueOf(500_000 + i, 1);
        }
        try (StrategyRig rig = new StrategyRig(PaperSetup.settings(null), false, "1s,1m,5m,1h", "1m")) {
            trades(rig, prices, 0);
            long held = held();
            long early = 0;
            for (int part = 1; part <= 3; part++) {
                early = Math.max(early, trades(rig, prices, part));
            }
            trades(rig, prices, 4);
            trades(rig, prices, 5);
            long late = Long.MAX_VALUE;
            for (int part = 6; part <= 8; part++) {
                late = Math.min(late, trades(rig, prices, part));
            }

            assertThat(rig.market.context(Ids.linear("BTCUSDT")).trades()).isEqualTo(9 * PART);
            // Recompilation may change this by a third; a cost that grows with the day would be nine times as high.
            assertThat(late / (double) early)
                    .as(
                            "minimum of bytes allocated for %d trades late in the day, compared with the "
                                    + "maximum early in the day",
                            PART)
                    .isLessThan(2);
            assertThat(held() - held)
                    .as("heap growth over 1.6 million more trades, while the candle series of seconds and "
                            + "minutes fill up")
                    .isLessThan(4 << 20);
        }
    }

    /** Returns the number of bytes allocated by this thread. */
    private static long trades(StrategyRig rig, BigDecimal[] prices, int part) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < PART; i++) {
            int n = part * PART + i;
            long at = GeneratedDay.START + n * 45_000L;
            rig.trade(new Trade(
                    "BTCUSDT",
                    "linear",
                    "t",
                    at,
                    prices[(int) (n * 31L % PRICES)],
                    BigDecimal.ONE,
                    n % 3 == 0 ? Side.SELL : Side.BUY,
                    n,
                    false,
                    false,
                    at,
                    true));
        }
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    private static long held() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
