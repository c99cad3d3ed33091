package dev.livefeed.connector.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.TickerFigure;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import dev.livefeed.protocol.status.TopicStatus.TopicUnreadable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A figure that cannot be read costs only itself, and a stream of which most cannot be read is reported. */
class UnreadableFigureTest {

    private static final String TICKER = "btcusdt@ticker";
    private static final String MARK = "btcusdt@markPrice@1s";
    private static final String CANDLES = "btcusdt@kline_1m";
    private static final String LIQUIDATIONS = "btcusdt@forceOrder";

    private final FeedHarness feed = new FeedHarness("{\"data_silence_ms\":0}", BinanceMarket.USDM);

    private void subscribed(String channel) {
        feed.command(Kind.SUBSCRIBE, channel);
        for (int i = 0; i < 10; i++) {
            if (feed.opened.size() > 1) {
                feed.open();
            }
            feed.pass(Duration.ofSeconds(1));
            feed.accept();
        }
    }

    private void ticker(String last, String volume) {
        feed.data(
                TICKER,
                "\"E\":" + feed.millis() + ",\"s\":\"BTCUSDT\",\"P\":\"1.25\",\"c\":" + last
                        + ",\"o\":\"99\",\"h\":\"101\",\"l\":\"98\",\"v\":" + volume + ",\"q\":\"5\"");
        feed.pass(Duration.ofMillis(200));
    }

    private Ticker lastTicker() {
        List<Ticker> all = feed.lines.of(Ticker.class);
        return all.get(all.size() - 1);
    }

    private Object unread(UnreadableReason reason) {
        return feed.figures().get(reason.figure());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "\"-1\"", "{}", "[1]", "true", "\"1e400\""})
    void aTickerHasAllFiguresThatCanBeRead(String bad) {
        subscribed("ticker");
        ticker("\"100\"", "\"7\"");
        ticker(bad, "\"8\"");

        assertThat(lastTicker().figure(TickerFigure.LAST_PRICE)).isNull();
        assertThat(lastTicker().volume24h()).isEqualByComparingTo("8");
        assertThat(lastTicker().figure(TickerFigure.PREV_PRICE_24H)).isEqualByComparingTo("99");
        assertThat(unread(UnreadableReason.NUMBER)).isEqualTo(1L);
        assertThat(feed.lines.statuses(TopicUnreadable.STATUS)).isEmpty();
    }

    @Test
    void anObjectInPlaceOfAPriceDoesNotCostTheFieldsBeforeIt() {
        subscribed("ticker");
        feed.data(
                TICKER,
                "\"E\":" + feed.millis() + ",\"c\":\"100\",\"o\":{\"c\":\"3\"},\"h\":\"101\",\"l\":\"98\",\"v\":\"8\"");
        feed.pass(Duration.ofMillis(200));

        assertThat(lastTicker().figure(TickerFigure.LAST_PRICE)).isEqualByComparingTo("100");
        assertThat(lastTicker().figure(TickerFigure.PREV_PRICE_24H)).isNull();
    }

    @Test
    void aMarkPriceWithoutReadableFundingIsUsed() {
        subscribed("ticker");
        feed.data(MARK, "\"E\":" + feed.millis() + ",\"p\":\"100\",\"i\":\"99\",\"r\":\"none\",\"T\":\"soon\"");
        feed.pass(Duration.ofMillis(200));

        assertThat(lastTicker().figure(TickerFigure.MARK_PRICE)).isEqualByComparingTo("100");
        assertThat(lastTicker().figure(TickerFigure.FUNDING_RATE)).isNull();
        assertThat(unread(UnreadableReason.NUMBER)).isEqualTo(1L);
        assertThat(unread(UnreadableReason.TIME)).isEqualTo(1L);
    }

    @Test
    void aTickerOfWhichMostFiguresCannotBeReadIsReportedAndItsEndToo() {
        subscribed("ticker");
        for (int i = 0; i < 20; i++) {
            feed.data(TICKER, "\"E\":" + feed.millis() + ",\"c\":\"x\",\"o\":\"x\",\"h\":\"x\",\"l\":\"98\"");
            feed.pass(Duration.ofMillis(200));
        }
        assertThat(feed.lines.statuses(TopicUnreadable.STATUS)).hasSize(1);
        assertThat(((TopicUnreadable)
                                feed.lines.statuses(TopicUnreadable.STATUS).get(0))
                        .sample())
                .contains("\"c\":\"x\"");
        for (int i = 0; i < 20; i++) {
            ticker("\"100\"", "\"7\"");
        }

        assertThat(feed.lines.statuses(TopicUnreadable.STATUS)).hasSize(2);
    }

    private void candle(String open, String turnover, String closed) {
        long start = feed.millis() / 60_000 * 60_000;
        feed.data(
                CANDLES,
                "\"E\":" + feed.millis() + ",\"k\":{\"t\":" + start + ",\"T\":" + (start + 59_999) + ",\"o\":" + open
                        + ",\"h\":\"101\",\"l\":\"98\",\"c\":\"100\",\"v\":\"5\",\"q\":" + turnover + ",\"x\":" + closed
                        + "}");
        feed.pass(Duration.ofMillis(200));
    }

    @Test
    void aCandleWithoutReadableTurnoverIsUsed() {
        subscribed("kline.1m");
        candle("\"99\"", "\"x\"", "true");

        assertThat(feed.lines.of(Kline.class)).hasSize(1);
        assertThat(feed.lines.of(Kline.class).get(0).turnover()).isNull();
        assertThat(feed.lines.of(Kline.class).get(0).closed()).isTrue();
        assertThat(unread(UnreadableReason.NUMBER)).isEqualTo(1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "null", "\"0\""})
    void aCandleWithoutAPriceIsLeftOutAndItsStreamReportedIfAllAreLikeThat(String open) {
        subscribed("kline.1m");
        for (int i = 0; i < 20; i++) {
            candle(open, "\"5\"", "false");
        }

        assertThat(feed.lines.of(Kline.class)).isEmpty();
        assertThat(unread(UnreadableReason.NUMBER)).isEqualTo(20L);
        assertThat(feed.lines.statuses(TopicUnreadable.STATUS)).hasSize(1);
    }

    @Test
    void aCandleThatDoesNotSayWhetherItIsClosedIsUnreadable() {
        subscribed("kline.1m");
        candle("\"99\"", "\"5\"", "\"perhaps\"");
        assertThat(feed.lines.of(Kline.class)).isEmpty();
        candle("\"99\"", "\"5\"", "\"true\"");

        assertThat(feed.lines.of(Kline.class)).hasSize(1);
        assertThat(unread(UnreadableReason.FORM)).isEqualTo(1L);
    }

    @Test
    void aLiquidationWithoutAPriceIsLeftOutAndItsStreamReportedIfAllAreLikeThat() {
        subscribed("liquidations");
        String good = "\"S\":\"SELL\",\"q\":\"2\",\"p\":\"100\",\"T\":" + feed.millis();
        feed.data(LIQUIDATIONS, "\"E\":" + feed.millis() + ",\"o\":{" + good + "}");
        assertThat(feed.lines.of(Liquidation.class)).hasSize(1);
        for (int i = 0; i < 20; i++) {
            feed.data(LIQUIDATIONS, "\"E\":" + feed.millis() + ",\"o\":{" + good.replace("\"100\"", "\"x\"") + "}");
        }

        assertThat(feed.lines.of(Liquidation.class)).hasSize(1);
        assertThat(unread(UnreadableReason.NUMBER)).isEqualTo(20L);
        assertThat(feed.lines.statuses(TopicUnreadable.STATUS)).hasSize(1);
    }

    private void candleFrom(long start, String closed, long event) {
        feed.data(
                CANDLES,
                "\"E\":" + event + ",\"k\":{\"t\":" + start + ",\"T\":" + (start + 59_999)
                        + ",\"o\":\"99\",\"h\":\"101\",\"l\":\"98\",\"c\":\"100\",\"v\":\"5\",\"q\":\"6\",\"x\":"
                        + closed
                        + "}");
        feed.pass(Duration.ofMillis(200));
    }

    @Test
    void aCandleWhoseStartIsFarAheadDoesNotSilenceThoseThatFollow() {
        subscribed("kline.1m");
        long start = feed.millis() / 60_000 * 60_000;
        candleFrom(start, "false", feed.millis());
        candleFrom(start + 36_000_000, "false", feed.millis());
        candleFrom(start, "false", feed.millis());
        candleFrom(4_000_000_000_000L, "false", feed.millis());
        candleFrom(start, "true", feed.millis());
        feed.pass(Duration.ofSeconds(10));

        assertThat(feed.lines.of(Kline.class))
                .extracting(kline -> kline.startMicros() / 1_000)
                .containsExactly(start, start + 36_000_000, start, start);
        assertThat(unread(UnreadableReason.TIME)).isEqualTo(1L);
        assertThat(feed.lines.statuses("gap")).isEmpty();
    }

    @Test
    void aFrameOfATimeThatIsFarAheadDoesNotSilenceItsCandle() {
        subscribed("kline.1m");
        long start = feed.millis() / 60_000 * 60_000;
        candleFrom(start, "false", feed.millis() + 80_000_000);
        candleFrom(start, "false", feed.millis());

        assertThat(feed.lines.of(Kline.class)).hasSize(2);
    }

    @Test
    void aTickerOfATimeThatIsFarAheadDoesNotSilenceItsStream() {
        subscribed("ticker");
        long ahead = feed.millis() + 80_000_000;
        feed.data(TICKER, "\"E\":" + ahead + ",\"c\":\"100\",\"v\":\"7\"");
        feed.data(MARK, "\"E\":" + ahead + ",\"p\":\"100\"");
        feed.pass(Duration.ofMillis(200));
        ticker("\"101\"", "\"8\"");
        feed.data(MARK, "\"E\":" + feed.millis() + ",\"p\":\"102\"");
        feed.pass(Duration.ofMillis(200));

        assertThat(lastTicker().figure(TickerFigure.LAST_PRICE)).isEqualByComparingTo("101");
        assertThat(lastTicker().figure(TickerFigure.MARK_PRICE)).isEqualByComparingTo("102");
        assertThat(lastTicker().timestampMicros()).isLessThanOrEqualTo(feed.time.micros());
    }
}
