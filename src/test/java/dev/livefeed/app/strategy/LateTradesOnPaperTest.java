package dev.livefeed.app.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.paper.OrderRequest;
import dev.livefeed.app.paper.OrderStatus;
import dev.livefeed.app.paper.OrderType;
import dev.livefeed.app.paper.PaperSetup;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A late trade does not set a mark, fill an order or trigger a stop. */
class LateTradesOnPaperTest {

    private static final long S = Timeframe.SECOND;
    private static final long AT = 20_000 * Timeframe.DAY + 3600 * S;

    @TempDir
    Path folder;

    private StrategyRig rig;

    @BeforeEach
    void market() throws Exception {
        rig = new StrategyRig(
                PaperSetup.settings(folder, "linear", "1000000000", "1000000000", "5000", 64L << 20),
                true,
                "1s,1m",
                "1m");
        rig.book(AT, new BigDecimal("49999.5"), new BigDecimal("50000"), 3);
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void lateTradeNeitherHaltsNorTriggers() {
        trade(AT + S, "50000");
        long stop = place(Side.SELL, OrderType.STOP, "1", null, "45000");
        long bid = place(Side.BUY, OrderType.POST_ONLY, "1", "48000", null);
        place(Side.BUY, OrderType.MARKET, "1", null, null);
        rig.book(AT + 60 * S, new BigDecimal("49999.5"), new BigDecimal("50000"), 3);
        trade(AT + 60 * S, "50000");
        BigDecimal before = rig.broker.valuation().equity();

        // Newer than the orders: only the newer trade shows that it is late.
        trade(AT + 30 * S, "40000");

        assertThat(rig.broker.valuation().equity()).isEqualByComparingTo(before);
        assertThat(rig.broker.state().halted()).isNull();
        assertThat(rig.broker.state().open())
                .extracting(order -> order.id(), order -> order.status())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(stop, OrderStatus.OPEN),
                        org.assertj.core.groups.Tuple.tuple(bid, OrderStatus.OPEN));

        trade(AT + 61 * S, "40000");
        assertThat(rig.broker.state().open()).as("a current trade fills it").isEmpty();
    }

    @Test
    void tradeOlderThanTheFillDoesNotSetTheMark() {
        rig.book(AT + 60 * S, new BigDecimal("49999.5"), new BigDecimal("50000"), 3);
        place(Side.BUY, OrderType.MARKET, "1", null, null);
        BigDecimal before = rig.broker.valuation().equity();

        trade(AT + 10 * S, "40000");
        assertThat(rig.broker.valuation().equity()).isEqualByComparingTo(before);
        assertThat(rig.broker.state().halted()).isNull();

        trade(AT + 60 * S, "50010");
        assertThat(rig.broker.valuation().equity()).isEqualByComparingTo(before.add(new BigDecimal("10")));
        trade(AT + 61 * S, "40000");
        assertThat(rig.broker.state().halted()).contains("the limit is 5000");
    }

    @Test
    void openCandleKeepsItsClose() {
        trade(AT + 10 * S, "50000");
        trade(AT + 5 * S, "40000");

        Candle minute = rig.strategies.candles(Ids.linear("BTCUSDT"), "1m", 1).get(0);
        assertThat(minute.close()).isEqualByComparingTo("50000");
        assertThat(minute.open()).isEqualByComparingTo("40000");
        assertThat(minute.low()).isEqualByComparingTo("40000");
        assertThat(rig.strategies.late(Ids.linear("BTCUSDT")))
                .as("its one-second candle was closed")
                .isEqualTo(1);
    }

    private void trade(long micros, String price) {
        rig.trade(Trades.trade(micros, price, "1", Side.SELL));
    }

    private long place(Side side, OrderType type, String qty, String price, String stop) {
        return rig.broker
                .place(new OrderRequest(
                        OrderRequest.MANUAL,
                        Ids.linear("BTCUSDT"),
                        side,
                        type,
                        new BigDecimal(qty),
                        price == null ? null : new BigDecimal(price),
                        stop == null ? null : new BigDecimal(stop)))
                .order()
                .id();
    }
}
