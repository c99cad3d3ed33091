package dev.livefeed.app.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.TickerFigure;
import dev.livefeed.protocol.model.TickerFigures;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trade older than one already delivered is late: it counts for its time but is not the last price. */
class LateTradesTest {

    private final Market market = new Market(() -> 0);

    @Test
    void lateTradeCountsForItsTimeButNotAsLastPrice() {
        List<Trade> told = new ArrayList<>();
        market.onTaken(new MarketListener() {
            @Override
            public void trade(Trade trade) {
                told.add(trade);
            }

            @Override
            public void depth(Depth depth) {}

            @Override
            public void stale(InstrumentId instrument, int levels, String reason) {}
        });
        trade("BTCUSDT", 1, "2026-03-02T08:20:00Z", "50000");
        trade("ETHUSDT", 2, "2026-03-02T08:10:00Z", "4000");
        trade("BTCUSDT", 3, "2026-03-02T08:05:00Z", "40000");

        assertThat(told).extracting(Trade::late).containsExactly(false, false, true);
        assertThat(market.view(Ids.linear("BTCUSDT")).lastTrade().price()).isEqualByComparingTo("50000");
        assertThat(market.view(Ids.linear("BTCUSDT")).trades()).isEqualTo(2);
        ContextView context = market.context(Ids.linear("BTCUSDT"));
        assertThat(context.lastPrice()).isEqualByComparingTo("50000");
        assertThat(context.lastTimestampMicros()).isEqualTo(micros("2026-03-02T08:20:00Z"));
        assertThat(context.open()).isEqualByComparingTo("40000");
        assertThat(context.low()).isEqualByComparingTo("40000");
        assertThat(context.high()).isEqualByComparingTo("50000");
        assertThat(context.volume()).isEqualByComparingTo("2");
        assertThat(context.vwap()).isEqualByComparingTo("45000");
        assertThat(context.openingRangeLow()).isEqualByComparingTo("40000");
        assertThat(context.openingRangeHigh()).isEqualByComparingTo("40000");
        assertThat(market.view(Ids.linear("ETHUSDT")).lastTrade().price()).isEqualByComparingTo("4000");
    }

    @Test
    void lateTradeOfYesterdayCountsForYesterday() {
        trade("BTCUSDT", 1, "2026-03-01T23:00:00Z", "100");
        trade("BTCUSDT", 2, "2026-03-02T00:00:01Z", "200");
        trade("BTCUSDT", 3, "2026-03-01T23:59:59Z", "300");

        ContextView context = market.context(Ids.linear("BTCUSDT"));
        assertThat(context.day()).hasToString("2026-03-02");
        assertThat(context.lastPrice()).isEqualByComparingTo("200");
        assertThat(context.volume()).isEqualByComparingTo("1");
        assertThat(context.previous().high()).isEqualByComparingTo("300");
        assertThat(market.view(Ids.linear("BTCUSDT")).lastTrade().price()).isEqualByComparingTo("200");
    }

    @Test
    void sequenceDecidesAmongEqualTimes() {
        trade("BTCUSDT", 7, "2026-03-02T08:20:00Z", "50000");
        trade("BTCUSDT", 6, "2026-03-02T08:20:00Z", "40000");
        assertThat(market.view(Ids.linear("BTCUSDT")).lastTrade().price()).isEqualByComparingTo("50000");
        assertThat(market.context(Ids.linear("BTCUSDT")).lastPrice()).isEqualByComparingTo("50000");

        trade("BTCUSDT", 8, "2026-03-02T08:20:00Z", "45000");
        assertThat(market.context(Ids.linear("BTCUSDT")).lastPrice()).isEqualByComparingTo("45000");
    }

    @Test
    void tradesOlderThanTheRestoredStateAreLate(@TempDir Path folder) {
        trade("BTCUSDT", 1, "2026-03-02T08:20:00Z", "50000");
        new ContextStore(market, folder, Map.of()).save();
        Market next = new Market(() -> 0);
        new ContextStore(next, folder, Map.of()).restore(List.of(Ids.linear("BTCUSDT")));

        assertThat(next.newestMicros(Ids.linear("BTCUSDT"))).isEqualTo(micros("2026-03-02T08:20:00Z"));
        next.trade(at("BTCUSDT", 2, "2026-03-02T07:00:00Z", "40000"));
        assertThat(next.view(Ids.linear("BTCUSDT")).lastTrade()).isNull();
        assertThat(next.context(Ids.linear("BTCUSDT")).lastPrice()).isEqualByComparingTo("50000");
        next.trade(at("BTCUSDT", 3, "2026-03-02T08:20:01Z", "51000"));
        assertThat(next.view(Ids.linear("BTCUSDT")).lastTrade().price()).isEqualByComparingTo("51000");
    }

    @Test
    void newestTradeIsForgottenWhenTheClockStepsBack() {
        trade("BTCUSDT", 1, "2026-03-02T09:20:00Z", "50000");

        market.forgetAfter(micros("2026-03-02T08:20:00Z"));
        trade("BTCUSDT", 2, "2026-03-02T08:20:00Z", "40000");

        assertThat(market.view(Ids.linear("BTCUSDT")).lastTrade().price()).isEqualByComparingTo("40000");
        assertThat(market.context(Ids.linear("BTCUSDT")).lastPrice()).isEqualByComparingTo("40000");
    }

    @Test
    void tradeThatCannotBeCountedMovesNoPrice() {
        trade("BTCUSDT", 1, "2026-03-02T08:20:00Z", "50000");

        assertThatThrownBy(() -> trade("BTCUSDT", 2, "2026-03-02T08:20:01Z", "0.0000000000000000001"))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(market.view(Ids.linear("BTCUSDT")).lastTrade().price()).isEqualByComparingTo("50000");
    }

    @Test
    void olderTickerDoesNotReplaceANewerOne() {
        ticker("2026-03-02T08:20:00Z", "50000", "2026-03-02T08:20:00Z");
        ticker("2026-03-02T08:19:50Z", "40000", "2026-03-02T08:20:01Z");
        assertThat(lastTicker()).isEqualByComparingTo("50000");

        ticker("2026-03-02T08:20:00Z", "50001", "2026-03-02T08:20:02Z");
        assertThat(lastTicker()).as("of the same time").isEqualByComparingTo("50001");
    }

    @Test
    void tickerDatedInTheFutureIsReplaced() {
        ticker("2026-03-02T09:20:00Z", "50000", "2026-03-02T08:20:00Z");
        ticker("2026-03-02T08:20:01Z", "40000", "2026-03-02T08:20:01Z");

        assertThat(lastTicker()).isEqualByComparingTo("40000");
    }

    private void ticker(String at, String price, String received) {
        TickerFigures figures = new TickerFigures.Builder()
                .set(TickerFigure.LAST_PRICE, new BigDecimal(price))
                .build();
        market.ticker(new Ticker("BTCUSDT", "linear", micros(at), figures, -1, -1, micros(received), false));
    }

    private BigDecimal lastTicker() {
        return market.lastTicker(Ids.linear("BTCUSDT")).lastPrice();
    }

    @Test
    void blockTradesCountUnlessTheyAreIgnored() {
        Trade block = new Trade(
                "BTCUSDT",
                "linear",
                "b",
                micros("2026-03-02T08:05:00Z"),
                new BigDecimal("52500"),
                BigDecimal.TEN,
                Side.BUY,
                -1,
                true,
                false,
                micros("2026-03-02T08:05:00Z"),
                false);
        ContextRules all = ContextRules.DEFAULT;
        Market ignoring = new Market(
                () -> 0,
                new ContextRules(all.tickSize(), false, all.maxBins(), all.openingRange(), all.sessions(), true));
        for (Market one : List.of(market, ignoring)) {
            one.trade(at("BTCUSDT", 1, "2026-03-02T08:04:00Z", "50000"));
            one.trade(block);
        }

        assertThat(market.view(Ids.linear("BTCUSDT")).lastTrade().price()).isEqualByComparingTo("52500");
        assertThat(market.context(Ids.linear("BTCUSDT")).volume()).isEqualByComparingTo("11");
        assertThat(ignoring.view(Ids.linear("BTCUSDT")).lastTrade().price()).isEqualByComparingTo("50000");
        ContextView context = ignoring.context(Ids.linear("BTCUSDT"));
        assertThat(context.high()).isEqualByComparingTo("50000");
        assertThat(context.openingRangeHigh()).isEqualByComparingTo("50000");
        assertThat(context.vwap()).isEqualByComparingTo("50000");
        assertThat(context.volume()).isEqualByComparingTo("1");
        assertThat(context.poc()).isEqualByComparingTo("50000");
    }

    private void trade(String symbol, long seq, String at, String price) {
        market.trade(at(symbol, seq, at, price));
    }

    private static Trade at(String symbol, long seq, String at, String price) {
        return RandomDays.trade(symbol, seq, Instant.parse(at), new BigDecimal(price), BigDecimal.ONE, Side.BUY);
    }

    private static long micros(String at) {
        return Instant.parse(at).toEpochMilli() * 1_000;
    }
}
