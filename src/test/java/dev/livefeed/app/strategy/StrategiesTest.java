package dev.livefeed.app.strategy;

import static dev.livefeed.app.strategy.GeneratedDay.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.app.paper.Fill;
import dev.livefeed.app.paper.OrderRequest;
import dev.livefeed.app.paper.OrderStatus;
import dev.livefeed.app.paper.OrderType;
import dev.livefeed.app.paper.PaperOrder;
import dev.livefeed.app.paper.PaperSetup;
import dev.livefeed.app.paper.Signal;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.status.ConnectionClosed;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Statuses;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrategiesTest {

    private static final long S = Timeframe.SECOND;

    @TempDir
    Path temp;

    private StrategyRig rig;
    private final List<Moment> moments = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        rig = new StrategyRig(PaperSetup.settings(temp), true, "1s,1m", "1s");
        rig.context.getRegistry().bind("ear", (Processor)
                e -> moments.add(e.getMessage().getBody(Moment.class)));
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private void listen(String uri, String parameters) throws Exception {
        rig.yaml(
                """
                - route:
                    id: ear
                    from:
                      uri: strategy:%s
                      parameters: {%s}
                      steps:
                        - process: {ref: ear}
                """
                        .formatted(uri, parameters));
    }

    private void book(long seconds) {
        rig.book(START + seconds * S, new BigDecimal("100"), new BigDecimal("100.5"), 5);
    }

    private void trade(long seconds) {
        rig.trade(Trades.trade(START + seconds * S, "100", "1", Side.BUY));
    }

    @Test
    void lostFeedCancelsOrdersAndPausesStrategiesUntilABookIsSynced() throws Exception {
        listen("candles", "timeframe: 1s");
        trade(0);
        trade(1);
        assertThat(moments).as("nothing before the first book").isEmpty();
        book(2);
        trade(2);
        assertThat(moments).hasSize(1);
        PaperOrder order = rig.broker
                .place(new OrderRequest(
                        "manual",
                        Ids.linear("BTCUSDT"),
                        Side.BUY,
                        OrderType.LIMIT,
                        BigDecimal.ONE,
                        BigDecimal.TEN,
                        null))
                .order();
        assertThat(order.status()).isEqualTo(OrderStatus.OPEN);

        rig.status(Statuses.of(ConnectionDown.STATUS, "x", null, null, null, "ended", java.util.Map.of()));
        assertThat(rig.broker.state().open()).isEmpty();
        assertThat(rig.strategies.unavailable()).isEqualTo("the feed is down: ended");
        trade(3);
        trade(4);
        assertThat(moments).as("no moment while it is down").hasSize(1);

        book(5);
        trade(5);
        assertThat(rig.strategies.unavailable()).isNull();
        assertThat(moments).hasSize(2);
    }

    @Test
    void bookTopsAreThrottledAndConflated() throws Exception {
        listen("book-tops", "");
        for (int i = 0; i < 100; i++) {
            rig.book(START + i * 10_000L, new BigDecimal("100"), new BigDecimal("100.5"), 5);
        }

        assertThat(moments).as("one per 100 ms of event time").hasSize(10);
        assertThat(moments.get(0).top().spread()).isEqualByComparingTo("0.5");
        assertThat(moments.get(0).top().mid()).isEqualByComparingTo("100.25");
        assertThat(moments.get(0).top().imbalance()).isEqualByComparingTo("-0.0909");
    }

    @Test
    void regimesAndSessionsAreDelivered() throws Exception {
        listen("regimes", "");
        book(0);
        for (int i = 0; i < 20; i++) {
            rig.trade(Trades.trade(START + i * S, Integer.toString(100 + i), "1", Side.BUY));
        }
        assertThat(moments).extracting(m -> m.regime().kind()).containsExactly(Regime.UNKNOWN, Regime.TREND);

        moments.clear();
        rig.context.getRouteController().stopRoute("ear");
        rig.context.removeRoute("ear");
        listen("sessions", "");
        book(8 * 3_600);
        assertThat(moments).hasSize(1);
        assertThat(moments.get(0).change().session()).isEqualTo("london");
        assertThat(moments.get(0).inSession("london")).isTrue();
        assertThat(moments.get(0).secondsToSessionChange()).isEqualTo(4 * 3_600);
    }

    @Test
    void candlesOfAQuietSymbolAreClosedByOtherEvents() throws Exception {
        listen("candles", "timeframe: 1m");
        book(0);
        trade(0);
        book(61);
        assertThat(moments).isEmpty();
        book(62);
        assertThat(moments).hasSize(1);
        assertThat(moments.get(0).candle().closed()).isTrue();
    }

    @Test
    void oneFutureEventDoesNotStopTheClock() {
        book(0);
        trade(20 * 3_600);
        for (int i = 1; i <= 300; i++) {
            book(i);
            trade(i);
        }

        assertThat(rig.strategies.clock().steps()).isEqualTo(1);
        assertThat(rig.strategies.clock().now()).isEqualTo(START + 300 * S);
        assertThat(rig.strategies.candles(Ids.linear("BTCUSDT"), "1s", 3))
                .extracting(Candle::startMicros)
                .containsExactly(START + 298 * S, START + 299 * S, START + 300 * S);
    }

    @Test
    void repairedTradesDoNotTurnTheClockBack() throws Exception {
        listen("candles", "timeframe: 1m");
        book(0);
        trade(0);
        book(180);
        for (String symbol : List.of("BTCUSDT", "ETHUSDT", "SOLUSDT")) {
            for (int i = 0; i < 1_000; i++) {
                rig.trade(Trades.trade(
                        symbol, START + 1 + i * 100_000L, new BigDecimal("100"), BigDecimal.ONE, Side.BUY));
            }
        }
        book(181);
        trade(241);
        book(400);

        assertThat(rig.strategies.clock().steps()).isZero();
        assertThat(moments.stream()
                        .filter(moment -> moment.symbol().equals("BTCUSDT"))
                        .map(moment -> moment.candle().startMicros())
                        .toList())
                .as("no candle is closed twice")
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    /** A strategy as a user-supplied Java bean. */
    public static final class Bean {

        public Signal decide(Moment moment) {
            return moment.position().isFlat()
                    ? new Signals().buy(moment, new BigDecimal("0.5"), null, "first candle")
                    : null;
        }
    }

    @Test
    void strategyAsAJavaBean() throws Exception {
        rig.yaml(
                """
                - route:
                    id: java
                    from:
                      uri: strategy:candles
                      parameters: {timeframe: 1s}
                      steps:
                        - setBody:
                            method: {beanType: dev.livefeed.app.strategy.StrategiesTest$Bean, method: decide}
                        - filter:
                            simple: "${body} != null"
                            steps:
                              - to: direct:signals
                """);
        book(0);
        trade(0);
        trade(1);
        trade(2);

        assertThat(rig.broker.state().fills()).hasSize(1).first().satisfies(fill -> {
            assertThat(fill.strategy()).isEqualTo("java");
            assertThat(fill.price()).isEqualByComparingTo("100.5");
        });
        assertThat(rig.broker.state().fills()).extracting(Fill::qty).containsExactly(new BigDecimal("0.5"));
    }

    @Test
    void invalidEndpointsAreRejectedWithAReason() {
        assertThatThrownBy(() -> listen("candels", "")).hasStackTraceContaining("is none of");
        assertThatThrownBy(() -> listen("candles", "timeframe: 7m"))
                .hasStackTraceContaining("timeframe 7m is not configured; the configured ones are [1s, 1m]");
        assertThatThrownBy(() -> listen("candles", "timeframe: 1m, size: 0"))
                .hasStackTraceContaining("must be 1 to 100000");
        assertThatThrownBy(() -> listen("candles", "timframe: 1m")).hasStackTraceContaining("timframe");
        assertThatThrownBy(() -> listen("candles", "timeframe: 1m, sweepLookback: 60"))
                .hasStackTraceContaining("sweepLookback is 60, must be 1 to 59");
    }

    @Test
    void sweepsAreDetectedByTheParametersOfTheRoute() throws Exception {
        listen("candles", "timeframe: 1s, sweepLookback: 2, sweepMinCandles: 2");
        book(0);
        int second = 0;
        for (String price : List.of("90", "102", "102", "99")) {
            rig.trade(Trades.trade(START + second++ * S, price, "1", Side.BUY));
        }
        rig.trade(Trades.trade(START + 3 * S + 1, "103", "1", Side.BUY));
        trade(4);

        assertThat(moments).hasSize(4);
        assertThat(moments.get(2).sweep()).isEqualTo(Sweep.NONE);
        assertThat(moments.get(3).sweep().isLow()).isTrue();
        assertThat(moments.get(3).sweep().level()).as("the 90 is too old").isEqualByComparingTo("102");
    }

    @Test
    void lostConnectionCancelsOnlyItsOrders() throws Exception {
        for (String symbol : List.of("BTCUSDT", "ETHUSDT")) {
            rig.book(symbol, START, new BigDecimal("100"), new BigDecimal("101"), 3);
            rig.broker.place(new OrderRequest(
                    OrderRequest.MANUAL,
                    Ids.linear(symbol),
                    Side.BUY,
                    OrderType.LIMIT,
                    BigDecimal.ONE,
                    new BigDecimal("90"),
                    null));
        }
        rig.status(resyncing("BTCUSDT"));
        assertThat(rig.broker.state().open())
                .as("a resync alone does not cancel orders")
                .hasSize(2);

        rig.status(Statuses.with(
                Statuses.with(
                        Statuses.with(
                                Statuses.of(ConnectionDown.STATUS, "bybit", null, null, null, "reset", Map.of()),
                                "connection",
                                "linear-2"),
                        "connections",
                        2),
                "open",
                1));
        rig.status(resyncing("ETHUSDT"));

        assertThat(rig.broker.state().open()).extracting(PaperOrder::symbol).containsExactly("BTCUSDT");
        assertThat(rig.broker.state().ended())
                .singleElement()
                .extracting(PaperOrder::reason)
                .isEqualTo("a connection to the exchange is down");
        assertThat(rig.strategies.unavailable()).isNull();

        rig.status(Statuses.with(
                Statuses.with(
                        Statuses.with(
                                Statuses.of(ConnectionUp.STATUS, "bybit", null, null, null, null, Map.of()),
                                "connection",
                                "linear-2"),
                        "connections",
                        2),
                "open",
                2));
        rig.status(resyncing("BTCUSDT"));
        assertThat(rig.broker.state().open()).hasSize(1);
    }

    @Test
    void aLossThatIsOverBetweenTwoStatusesCancelsTheOrders() throws Exception {
        book(2);
        trade(2);
        rig.broker.place(new OrderRequest(
                "manual", Ids.linear("BTCUSDT"), Side.BUY, OrderType.LIMIT, BigDecimal.ONE, BigDecimal.TEN, null));
        assertThat(rig.broker.state().open()).hasSize(1);

        rig.feed.event(Statuses.of(ConnectionDown.STATUS, "x", null, null, null, "reset", Map.of()));
        rig.status(Statuses.of(ConnectionUp.STATUS, "x", null, null, null, null, Map.of()));

        assertThat(rig.broker.state().open()).isEmpty();
        assertThat(rig.strategies.unavailable()).isEqualTo("the feed is down: reset");
    }

    @Test
    void symbolsWaitForTheirOwnBook() throws Exception {
        listen("candles", "timeframe: 1s");
        both(0);
        both(2);
        assertThat(moments).extracting(Moment::symbol).containsExactlyInAnyOrder("BTCUSDT", "ETHUSDT");
        moments.clear();

        rig.status(Statuses.of(ConnectionDown.STATUS, "x", null, null, null, "ended", Map.of()));
        book(3);
        assertThat(rig.strategies.unavailable()).isNull();
        for (long second = 3; second < 20; second++) {
            trade(second);
            rig.trade(Trades.trade("ETHUSDT", START + second * S, BigDecimal.TEN, BigDecimal.ONE, Side.SELL));
        }
        assertThat(moments).extracting(Moment::symbol).hasSizeGreaterThan(10).containsOnly("BTCUSDT");
        moments.clear();

        both(20);
        both(22);
        assertThat(moments).extracting(Moment::symbol).contains("BTCUSDT", "ETHUSDT");
    }

    /** Sends a book and a trade of both symbols. */
    private void both(long second) {
        book(second);
        rig.book("ETHUSDT", START + second * S, new BigDecimal("10"), new BigDecimal("11"), 3);
        trade(second);
        rig.trade(Trades.trade("ETHUSDT", START + second * S, BigDecimal.TEN, BigDecimal.ONE, Side.SELL));
    }

    @Test
    void closedConnectionNoLongerCountsAsDown() {
        rig.book(START, new BigDecimal("100"), new BigDecimal("101"), 3);
        rig.broker.place(new OrderRequest(
                OrderRequest.MANUAL,
                Ids.linear("BTCUSDT"),
                Side.BUY,
                OrderType.LIMIT,
                BigDecimal.ONE,
                new BigDecimal("90"),
                null));
        for (String status : List.of(ConnectionDown.STATUS, ConnectionClosed.STATUS)) {
            rig.status(Statuses.with(
                    Statuses.with(
                            Statuses.with(
                                    Statuses.of(status, "bybit", null, null, null, "reset", Map.of()),
                                    "connection",
                                    "linear-2"),
                            "connections",
                            1),
                    "open",
                    1));
        }

        rig.status(resyncing("BTCUSDT"));

        assertThat(rig.broker.state().open()).hasSize(1);
    }

    @Test
    void feedWithoutDepthDeliversMomentsAndRefusesOrders() throws Exception {
        listen("candles", "timeframe: 1s");
        for (int i = 0; i < 11; i++) {
            assertThat(rig.strategies.unavailable()).isEqualTo("no feed yet");
            trade(i == 10 ? 9 : i);
        }
        trade(10);
        assertThat(rig.strategies.unavailable()).isNull();
        assertThat(moments).singleElement().satisfies(moment -> {
            assertThat(moment.candle().startMicros()).isEqualTo(START + 9 * S);
            assertThat(moment.top()).isNull();
        });
        assertThat(rig.broker
                        .place(new OrderRequest(
                                "manual",
                                Ids.linear("BTCUSDT"),
                                Side.BUY,
                                OrderType.MARKET,
                                BigDecimal.ONE,
                                null,
                                null))
                        .refused())
                .contains("no depth yet");

        rig.status(Statuses.of(ConnectionDown.STATUS, "x", null, null, null, "ended", Map.of()));
        trade(11);
        assertThat(rig.strategies.unavailable()).isEqualTo("the feed is down: ended");
        trade(21);
        assertThat(rig.strategies.unavailable()).isNull();
    }

    private static Status resyncing(String symbol) {
        return Statuses.of(Resyncing.STATUS, "bybit", symbol, "depth", null, null, Map.of());
    }
}
