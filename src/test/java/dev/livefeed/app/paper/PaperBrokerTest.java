package dev.livefeed.app.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.app.api.PaperApi;
import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.strategy.Trades;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaperBrokerTest {

    @TempDir
    Path folder;

    private final PaperMarket market = new PaperMarket(50);
    private String category = "linear";
    private PaperBroker broker;

    @BeforeEach
    void open() {
        market.bid("100", "5").bid("99", "8").ask("101", "2").ask("102", "4");
        start(PaperSetup.settings(folder));
    }

    private void start(PaperSettings settings) {
        broker = new PaperBroker(settings, market, () -> market.now);
        broker.open();
        assertThat(broker.unavailable()).isNull();
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void marketOrderTakesOnlyShownLiquidity() {
        PaperOrder order =
                place("s", Side.BUY, OrderType.MARKET, "7", null, null).order();

        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(order.filled()).isEqualByComparingTo("6");
        assertThat(order.value()).isEqualByComparingTo("610");
        assertThat(order.fees()).isEqualByComparingTo("0.3355");
        assertThat(order.reason()).isEqualTo("the book has no more liquidity");
        assertThat(place("s", Side.BUY, OrderType.MARKET, "1", null, null)
                        .order()
                        .filled())
                .as("consumed liquidity is unavailable")
                .isEqualByComparingTo("0");
        market.ask("101", "3");
        assertThat(place("s", Side.BUY, OrderType.MARKET, "1", null, null)
                        .order()
                        .filled())
                .as("until the exchange changes the level")
                .isEqualByComparingTo("1");
    }

    @Test
    void ordersThatFindAllPositionsTakenAreCounted() {
        for (int i = 1; i <= PaperAccount.MAX_POSITIONS; i++) {
            assertThat(place("s" + i, Side.BUY, OrderType.MARKET, "0.001", null, null)
                            .refused())
                    .isNull();
        }
        assertThat(broker.positions()).isEqualTo(PaperAccount.MAX_POSITIONS);
        assertThat(broker.counts().withoutPosition()).isZero();

        assertThat(place("one more", Side.BUY, OrderType.MARKET, "0.001", null, null)
                        .refused())
                .isEqualTo("1000 positions of strategies and symbols are kept, the maximum");
        assertThat(broker.counts().withoutPosition()).isOne();
        assertThat(place("s1", Side.BUY, OrderType.MARKET, "0.001", null, null).refused())
                .isNull();
    }

    @Test
    void restingOrderWaitsForTheQueue() {
        PaperOrder order =
                place("s", Side.BUY, OrderType.POST_ONLY, "2", "100", null).order();

        trade("100", "4", Side.SELL);
        assertThat(filled(order)).isEqualByComparingTo("0");
        trade("100", "2.5", Side.SELL);
        assertThat(filled(order)).as("1 of 5 was ahead of it").isEqualByComparingTo("1.5");
        trade("99", "0.1", Side.SELL);
        assertThat(filled(order))
                .as("a trade through fills no more than its size")
                .isEqualByComparingTo("1.6");
        trade("100", "9", Side.BUY);
        assertThat(filled(order)).as("buyers do not take bids").isEqualByComparingTo("1.6");
    }

    @Test
    void depthBeforeItsTradeIsNotCountedTwice() {
        PaperOrder order =
                place("s", Side.BUY, OrderType.POST_ONLY, "2", "100", null).order();
        market.bid("100", "1");
        broker.depth(Ids.linear("BTCUSDT"));

        trade("100", "4", Side.SELL);
        assertThat(filled(order)).as("the book already reflects this trade").isEqualByComparingTo("0");
        trade("100", "1.5", Side.SELL);
        assertThat(filled(order)).isEqualByComparingTo("0.5");
    }

    @Test
    void blockAndRpiTradesFillNothing() {
        PaperOrder order =
                place("s", Side.BUY, OrderType.POST_ONLY, "2", "100", null).order();
        for (int i = 0; i < 2; i++) {
            broker.trade(new Trade(
                    "BTCUSDT",
                    "linear",
                    "b" + i,
                    market.now,
                    new BigDecimal("90"),
                    BigDecimal.TEN,
                    Side.SELL,
                    -1,
                    i == 0,
                    i == 1,
                    market.now,
                    false));
        }
        assertThat(filled(order)).isEqualByComparingTo("0");
    }

    @Test
    void crossingPostOnlyAndOrdersOnAStaleBookAreRefused() {
        assertThat(place("s", Side.BUY, OrderType.POST_ONLY, "1", "101", null).refused())
                .isEqualTo("post_only at 101 would take: the best opposite price is 101");
        market.synced = false;
        assertThat(place("s", Side.BUY, OrderType.MARKET, "1", null, null).refused())
                .contains("the book of BTCUSDT is stale: gap");
    }

    @Test
    void stopTriggeredOnAStaleBookWaitsForASyncedOne() {
        PaperOrder order =
                place("s", Side.SELL, OrderType.STOP, "1", null, "98").order();
        market.synced = false;
        trade("98", "1", Side.SELL);
        assertThat(order(order.id()).status()).isEqualTo(OrderStatus.TRIGGERED);
        assertThat(filled(order)).isEqualByComparingTo("0");

        market.synced = true;
        broker.depth(Ids.linear("BTCUSDT"));
        assertThat(order(order.id()).status()).isEqualTo(OrderStatus.FILLED);
        assertThat(order(order.id()).averagePrice()).isEqualByComparingTo("100");
    }

    @Test
    void tradesOlderThanAnOrderNeitherFillNorTriggerIt() {
        PaperOrder resting =
                place("s", Side.BUY, OrderType.POST_ONLY, "2", "100", null).order();
        PaperOrder stop = place("s", Side.SELL, OrderType.STOP, "1", null, "98").order();

        tradeOf(market.now - 1, "100", "50", Side.SELL);
        tradeOf(market.now - 60_000_000, "97", "50", Side.SELL);
        assertThat(filled(resting)).isEqualByComparingTo("0");
        assertThat(order(stop.id()).status()).isEqualTo(OrderStatus.OPEN);

        tradeOf(market.now, "97", "50", Side.SELL);
        assertThat(filled(resting)).isEqualByComparingTo("2");
        assertThat(order(stop.id()).status()).isEqualTo(OrderStatus.FILLED);
    }

    @Test
    void ordersFromBeforeAClockStepMatchEveryTrade() {
        PaperOrder resting =
                place("s", Side.BUY, OrderType.POST_ONLY, "2", "100", null).order();
        market.now -= 3_600_000_000L;

        trade("99", "5", Side.SELL);

        assertThat(filled(resting)).isEqualByComparingTo("2");
    }

    @Test
    void lostFeedCancelsAndRestartCancels() {
        PaperOrder first =
                place("s", Side.BUY, OrderType.LIMIT, "1", "100", null).order();
        broker.feedDown(instrument -> true, "the feed is down: test");
        assertThat(order(first.id()).reason()).isEqualTo("the feed is down: test");

        PaperOrder second =
                place("s", Side.BUY, OrderType.LIMIT, "1", "100", null).order();
        broker.close();
        open();
        assertThat(order(second.id()).reason()).isEqualTo("the application was started again");
    }

    @Test
    void valueAndExposureLimits() {
        broker.close();
        start(PaperSetup.settings(folder, "linear", "250", "400", "1000", 1 << 20));

        assertThat(place("s", Side.BUY, OrderType.MARKET, "3", null, null).refused())
                .isEqualTo("the order is worth 303, more than the limit of one order, 250");
        place("s", Side.BUY, OrderType.MARKET, "2", null, null);
        assertThat(place("t", Side.BUY, OrderType.LIMIT, "2", "100", null).refused())
                .isEqualTo("positions and open orders would be worth 402, more than the limit, 400");
        assertThat(place("s", Side.SELL, OrderType.MARKET, "2", null, null).refused())
                .as("reducing is always allowed")
                .isNull();
    }

    @Test
    void ordersMustObeyTheExchangeRules() {
        rules("0.5", "0.1", "0.2", "3", "2", "50");

        assertThat(place("s", Side.BUY, OrderType.LIMIT, "1", "100.3", null).refused())
                .isEqualTo("price must be a multiple of the tick size 0.5");
        assertThat(place("s", Side.SELL, OrderType.STOP, "1", null, "90.1").refused())
                .isEqualTo("stop_price must be a multiple of the tick size 0.5");
        assertThat(place("s", Side.BUY, OrderType.MARKET, "0.25", null, null).refused())
                .isEqualTo("qty must be a multiple of the exchange's step 0.1");
        assertThat(place("s", Side.BUY, OrderType.MARKET, "0.1", null, null).refused())
                .isEqualTo("qty must be at least 0.2, the exchange's minimum");
        assertThat(place("s", Side.BUY, OrderType.MARKET, "2.1", null, null).refused())
                .isEqualTo("qty must be at most 2, the exchange's maximum");
        assertThat(place("s", Side.BUY, OrderType.LIMIT, "3.1", "100", null).refused())
                .isEqualTo("qty must be at most 3, the exchange's maximum");
        assertThat(place("s", Side.BUY, OrderType.LIMIT, "0.4", "100", null).refused())
                .isEqualTo("the order is worth 40, below the exchange's minimum of 50");
        assertThat(broker.state().lastOrderId()).isZero();
        assertThat(broker.counts().refusedOrders()).isEqualTo(7);
        assertThat(place("s", Side.BUY, OrderType.LIMIT, "2.5", "100.50", null).refused())
                .isNull();
    }

    @Test
    void wholePositionCanAlwaysBeClosed() {
        place("s", Side.BUY, OrderType.MARKET, "0.25", null, null);
        rules("0.5", "0.1", "0.2", "3", "2", "50");

        assertThat(place("s", Side.SELL, OrderType.MARKET, "0.15", null, null).refused())
                .contains("step 0.1");
        assertThat(place("s", Side.SELL, OrderType.MARKET, "0.25", null, null).refused())
                .isNull();
    }

    @Test
    void signalsAreRoundedToTheRulesNeverToAWorsePrice() {
        rules("0.5", "0.1", null, null, null, null);

        PaperOrder buy = order(broker.signal(signal(Signal.BUY, "1.29", "99.8")).orderId());
        assertThat(buy.qty()).isEqualByComparingTo("1.2");
        assertThat(buy.price()).isEqualByComparingTo("99.5");
        PaperOrder sell =
                order(broker.signal(signal(Signal.SELL, "0.1", "103.2")).orderId());
        assertThat(sell.price()).isEqualByComparingTo("103.5");
        assertThat(broker.signal(signal(Signal.BUY, "0.09", "99.8")).refused())
                .isEqualTo("the quantity 0.09 is less than the exchange's step");
    }

    @Test
    void invalidSignalsAreRejected() {
        assertThatThrownBy(() -> new Signal(
                        null, Ids.linear("BTCUSDT"), 0, "buy", null, new Signal.Terms(null, null, "market"), null))
                .hasMessage("a signal's strategy must be a name of at most 100 characters: the id of its route");
        assertThatThrownBy(() -> new Signal(
                        "manual", Ids.linear("BTCUSDT"), 0, "buy", null, new Signal.Terms(null, null, "market"), null))
                .hasMessageContaining("reserved for manual orders");
        assertThatThrownBy(() ->
                        new Signal("s", Ids.linear(""), 0, "buy", null, new Signal.Terms(null, null, "market"), null))
                .hasMessageStartingWith("a signal's symbol must be");
        assertThatThrownBy(() -> new Signal(
                        "s", Ids.linear("BTCUSDT"), 0, "hold", null, new Signal.Terms(null, null, "market"), null))
                .hasMessage("a signal's signalType must be buy, sell or close");
        assertThatThrownBy(() -> new Signal(
                        "s",
                        Ids.linear("BTCUSDT"),
                        0,
                        "buy",
                        BigDecimal.TEN,
                        new Signal.Terms(null, null, "market"),
                        null))
                .hasMessage("a signal's confidence must be from 0 to 1, or null");
        assertThatThrownBy(() -> new Signal(
                        "s",
                        Ids.linear("BTCUSDT"),
                        0,
                        "buy",
                        null,
                        new Signal.Terms(null, null, "market"),
                        Map.of("reason", "x".repeat(500))))
                .hasMessageContaining("metadata must be at most 20 texts of at most 500 characters each");
        Signal odd = new Signal(
                "s", Ids.linear("BTCUSDT"), market.now, "buy", null, new Signal.Terms(null, null, null), null);
        assertThat(broker.signal(odd).refused()).startsWith("type must be one of");
    }

    @Test
    void countsOrdersFillsAndSignals() {
        place("s", Side.BUY, OrderType.MARKET, "3", null, null);
        place("s", Side.BUY, OrderType.IOC, "1", "90", null);
        PaperOrder resting =
                place("s", Side.BUY, OrderType.LIMIT, "1", "99.5", null).order();
        trade("99.5", "0.5", Side.SELL);
        broker.signal(signal(market.now));
        broker.signal(signal(market.now - 20_000_000));

        PaperCounts counts = broker.counts();
        assertThat(counts.accepted()).isEqualTo(4);
        assertThat(counts.filled()).isEqualTo(2);
        assertThat(counts.cancelled()).isEqualTo(1);
        assertThat(counts.takerFills()).isEqualTo(3);
        assertThat(counts.makerFills()).isEqualTo(1);
        assertThat(counts.signalsTaken()).isEqualTo(1);
        assertThat(counts.signalsRefused()).isEqualTo(1);
        assertThat(counts.refusedOrders()).isEqualTo(0);
        Exposure exposure = broker.exposure();
        assertThat(exposure.openOrders()).isEqualTo(1);
        assertThat(exposure.cash()).isEqualByComparingTo(broker.state().cash());
        assertThat(exposure.value())
                .as("4.5 at the last price of 102, plus an open bid for 0.5 at 99.5")
                .isEqualByComparingTo("508.75");
        assertThat(order(resting.id()).filled()).isEqualByComparingTo("0.5");
    }

    private void rules(String tick, String step, String min, String max, String maxMarket, String value) {
        market.rules =
                new OrderRules(number(tick), number(step), number(min), number(max), number(maxMarket), number(value));
    }

    private static BigDecimal number(String text) {
        return text == null ? null : new BigDecimal(text);
    }

    private Signal signal(String type, String qty, String price) {
        return new Signal(
                "s",
                Ids.linear("BTCUSDT"),
                market.now,
                type,
                null,
                new Signal.Terms(new BigDecimal(price), new BigDecimal(qty), "limit"),
                Map.of("reason", "test"));
    }

    @Test
    void dailyLossHaltsTradingUntilTheNextDay() {
        broker.close();
        start(PaperSetup.settings(folder, "linear", "10000", "10000", "20", 1 << 20));
        broker.clock(market.now);
        place("s", Side.BUY, OrderType.MARKET, "2", null, null);
        PaperOrder resting =
                place("s", Side.BUY, OrderType.LIMIT, "1", "90", null).order();

        trade("91", "1", Side.SELL);

        assertThat(broker.state().halted()).contains("the loss of 2023-11-14 is 20.1111, the limit is 20");
        assertThat(order(resting.id()).reason()).isEqualTo("trading was halted");
        assertThat(place("s", Side.BUY, OrderType.MARKET, "1", null, null).refused())
                .startsWith("trading is halted");
        assertThat(place("s", Side.SELL, OrderType.MARKET, "1", null, null).refused())
                .isNull();
        market.now += 86_400_000_000L;
        broker.clock(market.now);
        assertThat(broker.state().halted()).isNull();
        assertThat(broker.state().day()).isEqualTo("2023-11-15");
    }

    @Test
    void repeatedDayDoesNotEndAHalt() {
        broker.close();
        start(PaperSetup.settings(folder, "linear", "10000", "10000", "20", 1 << 20));
        market.now += 86_400_000_000L;
        broker.clock(market.now);
        place("s", Side.BUY, OrderType.MARKET, "2", null, null);
        trade("91", "1", Side.SELL);
        assertThat(broker.state().halted()).contains("the loss of 2023-11-15 is");

        market.now -= 86_400_000_000L;
        broker.clock(market.now);
        market.now += 86_400_000_000L;
        broker.clock(market.now);

        assertThat(broker.state().halted()).isNotNull();
        assertThat(broker.state().day()).isEqualTo("2023-11-15");
        assertThat(broker.state().dayEquity()).isEqualByComparingTo("100000");
    }

    @Test
    void spotSellsOnlyWhatIsHeldAndInverseIsRefused() {
        broker.close();
        category = "spot";
        start(PaperSetup.settings(folder, "spot", "10000", "10000", "1000", 1 << 20));
        assertThat(place("s", Side.SELL, OrderType.MARKET, "1", null, null).refused())
                .contains("no more can be sold than is held");
        place("s", Side.BUY, OrderType.MARKET, "1", null, null);
        assertThat(place("s", Side.SELL, OrderType.LIMIT, "1", "105", null).refused())
                .isNull();
        assertThat(place("s", Side.SELL, OrderType.MARKET, "1", null, null).refused())
                .as("an open order already sells it")
                .contains("no more can be sold than is held");
        broker.close();
        category = "inverse";
        start(PaperSetup.settings(folder, "inverse", "10000", "10000", "1000", 1 << 20));
        assertThat(place("s", Side.BUY, OrderType.MARKET, "1", null, null).refused())
                .contains("supports linear and spot");
    }

    @Test
    void pauseCancelsStrategyOrdersAndSurvivesARestart() {
        PaperOrder ofStrategy =
                place("s", Side.BUY, OrderType.LIMIT, "1", "100", null).order();
        PaperOrder byHand = place(OrderRequest.MANUAL, Side.BUY, OrderType.LIMIT, "1", "100", null)
                .order();
        broker.pause("test");
        assertThat(order(ofStrategy.id()).status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(order(byHand.id()).status()).isEqualTo(OrderStatus.OPEN);
        broker.close();
        start(PaperSetup.settings(folder));

        assertThat(broker.signal(signal(market.now)).refused()).isEqualTo("strategies are paused: test");
        broker.resume();
        assertThat(broker.signal(signal(market.now)).refused()).isNull();
    }

    @Test
    void oldSignalsAreRefusedAndRecorded() {
        SignalOutcome outcome = broker.signal(signal(market.now - 10_000_001));

        assertThat(outcome.refused()).startsWith("the signal is 10.000001 s old, must be at most 10.0 s");
        assertThat(broker.state().signals()).containsExactly(outcome);
    }

    @Test
    void unwritableJournalStopsOnlyPaperTrading() throws Exception {
        broker.close();
        Path file = folder.resolve("blocked");
        Files.writeString(file, "a file where a folder should be");
        broker = new PaperBroker(PaperSetup.settings(file.resolve("x")), market, () -> market.now);
        broker.open();

        assertThat(broker.unavailable()).contains("cannot be opened");
        assertThat(place("s", Side.BUY, OrderType.MARKET, "1", null, null).refused())
                .startsWith("paper trading is unavailable");
        trade("100", "1", Side.SELL);
        broker.feedDown(instrument -> true, "x");
        broker.clock(market.now);
        broker.pause("x");
        assertThat(broker.state().fills()).isEmpty();
    }

    @Test
    void cancelIsNotConfirmedWhenTheJournalFails() throws Exception {
        broker.close();
        Path journal = folder.resolve("journal");
        start(PaperSetup.settings(journal, "linear", "10000", "10000", "1000", 1));
        PaperOrder order =
                place("s", Side.BUY, OrderType.LIMIT, "1", "90", null).order();
        try (var files = Files.list(journal)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(journal);

        assertThatThrownBy(() -> new PaperApi(broker, null).cancel(order.id()))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(503));
        assertThat(broker.unavailable()).contains("takes no more");
        assertThat(order(order.id()).status()).isEqualTo(OrderStatus.OPEN);
        assertThat(broker.cancel(order.id(), "again")).isNull();
    }

    private Signal signal(long at) {
        return new Signal(
                "s",
                Ids.linear("BTCUSDT"),
                at,
                Signal.BUY,
                null,
                new Signal.Terms(null, BigDecimal.ONE, "market"),
                Map.of("reason", "test"));
    }

    private OrderResult place(String strategy, Side side, OrderType type, String qty, String price, String stop) {
        return broker.place(new OrderRequest(
                strategy,
                InstrumentId.of(null, category, "BTCUSDT"),
                side,
                type,
                new BigDecimal(qty),
                price == null ? null : new BigDecimal(price),
                stop == null ? null : new BigDecimal(stop)));
    }

    private void trade(String price, String qty, Side side) {
        tradeOf(market.now, price, qty, side);
    }

    private void tradeOf(long micros, String price, String qty, Side side) {
        broker.trade(Trades.trade(micros, price, qty, side));
    }

    private PaperOrder order(long id) {
        JournalEntry.State state = broker.state();
        return java.util.stream.Stream.concat(state.open().stream(), state.ended().stream())
                .filter(o -> o.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private BigDecimal filled(PaperOrder order) {
        return order(order.id()).filled();
    }
}
