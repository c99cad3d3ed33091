package dev.livefeed.connector.bybit.ticker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.FeedHarness;
import dev.livefeed.connector.bybit.TickerKlineFrames;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.TickerFigure;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each event has the complete ticker: from snapshots and deltas for futures, from snapshots elsewhere. */
class TickerStreamTest {

    private static final String SYMBOL = "BTCUSDT";

    private final FeedHarness feed = FeedHarness.open();

    private long millis() {
        return feed.time.micros() / 1_000;
    }

    private void subscribe() {
        feed.command(Kind.SUBSCRIBE, "ticker", SYMBOL, "c-1");
    }

    private void snapshot(String lastPrice) {
        feed.receive(TickerKlineFrames.fullTicker(SYMBOL, lastPrice, millis()));
    }

    private void delta(String fields) {
        feed.receive(TickerKlineFrames.ticker(SYMBOL, "delta", fields, millis()));
    }

    private List<Ticker> tickers() {
        return feed.lines.of(Ticker.class);
    }

    @Test
    void aSnapshotIsTakenWholeAndEmptyTextsAreAbsent() {
        subscribe();
        assertThat(feed.accept()).singleElement().asString().contains("\"tickers.BTCUSDT\"");
        snapshot("83024.60");

        Ticker ticker = tickers().get(0);
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::channel)
                .containsExactly("ticker");
        assertThat(ticker.symbol()).isEqualTo(SYMBOL);
        assertThat(ticker.category()).isEqualTo("linear");
        assertThat(ticker.timestampMicros()).isEqualTo(millis() * 1_000);
        assertThat(ticker.receivedAt()).isEqualTo(feed.time.micros());
        assertThat(ticker.lastPrice()).isEqualTo("83024.60");
        assertThat(ticker.bidQty()).isEqualTo("3.871");
        assertThat(ticker.askPrice()).isEqualTo("83024.70");
        assertThat(ticker.fundingRate()).isEqualTo("-0.00007774");
        assertThat(ticker.figure(TickerFigure.OPEN_INTEREST_VALUE)).isEqualTo("4742247240.22");
        assertThat(ticker.figure(TickerFigure.FUNDING_INTERVAL_HOURS)).isEqualTo("8");
        assertThat(ticker.nextFundingTime()).isEqualTo(Instant.ofEpochMilli(millis() + 3_600_000));
        assertThat(ticker.seq()).isEqualTo(818232112541L);
        assertThat(ticker.figure(TickerFigure.PRE_OPEN_PRICE)).isNull();
        assertThat(ticker.figure(TickerFigure.BASIS)).isNull();
        assertThat(ticker.synthetic()).isFalse();
    }

    @Test
    void aDeltaChangesWhatItNamesAndTheWholeIsEmitted() {
        subscribe();
        feed.accept();
        snapshot("83024.60");
        delta("\"ask1Price\":\"83024.80\",\"ask1Size\":\"3.383\"");
        delta("\"fundingRate\":\"\",\"nextFundingTime\":\"\",\"unknown\":{\"a\":[1]}");

        Ticker second = tickers().get(1);
        assertThat(second.askPrice()).isEqualTo("83024.80");
        assertThat(second.askQty()).isEqualTo("3.383");
        assertThat(second.bidPrice()).isEqualTo("83024.60");
        assertThat(second.lastPrice()).isEqualTo("83024.60");
        Ticker third = tickers().get(2);
        assertThat(third.fundingRate()).isNull();
        assertThat(third.nextFundingTime()).isNull();
        assertThat(third.askPrice()).isEqualTo("83024.80");
    }

    @Test
    void numbersMayBeNumbersKeysStandInAnyOrderAndAPriceOfZeroIsNone() {
        subscribe();
        feed.accept();
        snapshot("83024.60");
        feed.receive("{\"ts\":" + millis() + ",\"data\":{\"bid1Size\":0,\"bid1Price\":\"0\",\"lastPrice\":83025.5,"
                + "\"openInterest\":1.5,\"symbol\":\"BTCUSDT\"},\"type\":\"delta\",\"topic\":\"tickers.BTCUSDT\"}");

        Ticker ticker = tickers().get(1);
        assertThat(ticker.lastPrice()).isEqualTo("83025.5");
        assertThat(ticker.openInterest()).isEqualTo("1.5");
        assertThat(ticker.bidPrice()).isNull();
        assertThat(ticker.bidQty()).isNull();
        assertThat(ticker.askPrice()).isEqualTo("83024.70");
        assertThat(ticker.seq()).isEqualTo(-1);
    }

    @Test
    void theSnapshotMayComeBeforeTheAcknowledgement() {
        subscribe();
        snapshot("83024.60");
        delta("\"lastPrice\":\"83024.70\"");
        feed.accept();

        assertThat(tickers()).hasSize(2);
    }

    @Test
    void nothingIsEmittedBeforeTheFirstSnapshotWhichIsAskedForAgain() {
        subscribe();
        feed.accept();
        delta("\"lastPrice\":\"83024.70\"");
        assertThat(tickers()).isEmpty();
        assertThat(feed.feed.figures()).containsEntry("early_ticker_deltas", 1L);

        feed.answerPings(Duration.ofSeconds(6));
        assertThat(feed.accept()).singleElement().asString().contains("\"unsubscribe\"", "tickers.BTCUSDT");
        assertThat(feed.accept()).singleElement().asString().contains("\"subscribe\"", "tickers.BTCUSDT");
        snapshot("83024.80");

        assertThat(tickers()).singleElement().extracting(Ticker::lastPrice).hasToString("83024.80");
        assertThat(feed.feed.figures()).containsEntry("ticker_restarts", 1L);
    }

    @Test
    void aVenueThatNeverSendsASnapshotIsAskedMoreAndMoreRarely() {
        subscribe();
        feed.accept();
        int asked = 0;
        for (int second = 0; second < 600; second++) {
            delta("\"lastPrice\":\"83024.70\"");
            feed.answerPings(Duration.ofSeconds(1));
            asked += (int) feed.accept().stream()
                    .filter(r -> r.contains("\"subscribe\""))
                    .count();
        }

        assertThat(asked).isBetween(8, 15);
        assertThat(tickers()).isEmpty();
    }

    @Test
    void aFigureThatCannotBeReadIsUnknownAndTheOthersAreTaken() {
        subscribe();
        feed.accept();
        snapshot("83024.60");
        delta("\"lastPrice\":\"a lot\",\"bid1Price\":\"1.5\",\"bid1Size\":\"1\"");

        assertThat(tickers()).hasSize(2).last().satisfies(ticker -> {
            assertThat(ticker.bidPrice()).hasToString("1.5");
            assertThat(ticker.figures().get(TickerFigure.LAST_PRICE)).isNull();
        });
        assertThat(feed.feed.figures())
                .containsEntry("unreadable_rows", 1L)
                .containsEntry("unreadable_rows_number", 1L)
                .containsEntry("unreadable_frames", 0L);
    }

    @Test
    void aFrameThatCannotBeReadMakesThePictureAnew() {
        subscribe();
        feed.accept();
        snapshot("83024.60");
        feed.answerPings(Duration.ofSeconds(10));
        feed.receive(TickerKlineFrames.ticker("BTCUSDT", "delta", "", feed.time.micros() / 1_000)
                .replaceFirst("\"type\":\"delta\"", "\"type\":\"other\""));
        delta("\"bid1Price\":\"1.5\",\"bid1Size\":\"1\"");
        assertThat(tickers()).hasSize(1);

        feed.pass(Duration.ofMillis(50));
        feed.accept();
        feed.accept();
        snapshot("83030.00");

        assertThat(tickers()).hasSize(2).last().extracting(Ticker::bidPrice).hasToString("83024.60");
        assertThat(feed.feed.figures()).containsEntry("unreadable_frames", 1L);
    }

    @Test
    void aFrameOfNobodyKnowsWhichTopicCountsToo() {
        subscribe();
        feed.accept();
        snapshot("83024.60");
        feed.answerPings(Duration.ofSeconds(10));
        feed.receive("{\"topic\":\"tick");
        delta("\"lastPrice\":\"1\"");

        assertThat(tickers()).hasSize(1);
        feed.pass(Duration.ofMillis(50));
        assertThat(feed.network.sent()).anyMatch(r -> r.contains("\"unsubscribe\"") && r.contains("tickers.BTCUSDT"));
    }

    @Test
    void aTickerThatFallsSilentIsReportedAndAskedForAgain() {
        subscribe();
        feed.accept();
        snapshot("83024.60");
        feed.answerPings(Duration.ofMinutes(6));

        assertThat(feed.lines.statuses("silent")).singleElement().satisfies(silent -> {
            assertThat(silent.channel()).isEqualTo("ticker");
            assertThat(silent.details()).containsEntry("never", false);
        });
        assertThat(feed.network.sent()).anyMatch(r -> r.contains("\"unsubscribe\"") && r.contains("tickers.BTCUSDT"));
    }

    @Test
    void afterAReconnectThePictureBeginsAnew() {
        subscribe();
        feed.accept();
        snapshot("83024.60");
        feed.disconnect();
        feed.pass(Duration.ofSeconds(1));
        feed.connect();
        assertThat(feed.accept()).anyMatch(r -> r.contains("tickers.BTCUSDT"));
        delta("\"lastPrice\":\"1\"");
        assertThat(tickers()).hasSize(1);
        snapshot("83100.00");

        assertThat(tickers()).hasSize(2);
    }

    @Test
    void onlyTheLatestWaitsWhileTheReaderIsBehind() {
        subscribe();
        feed.command(Kind.SUBSCRIBE, "trades", SYMBOL, "c-2");
        feed.accept();
        snapshot("83024.60");
        feed.lines.block();
        for (int i = 0; i < 40; i++) {
            feed.receive(feed.trade(SYMBOL, "t-" + i));
        }
        int before = tickers().size();
        for (int i = 0; i < 10; i++) {
            delta("\"lastPrice\":\"8302" + i + "\"");
        }
        feed.lines.unblock();
        feed.outbox.drained();

        assertThat(tickers())
                .hasSize(before + 1)
                .last()
                .extracting(Ticker::lastPrice)
                .hasToString("83029");
        assertThat(feed.outbox.figures()).containsEntry("further_conflated", 9L);
        delta("\"lastPrice\":\"83031\"");
        assertThat(tickers()).last().extracting(Ticker::lastPrice).hasToString("83031");
    }

    @Test
    void spotHasSnapshotsOnlyAndNoBidOrAsk() {
        FeedHarness spot = FeedHarness.open("BYBIT_CATEGORY", "spot");
        spot.command(Kind.SUBSCRIBE, "ticker", SYMBOL, "c-1");
        spot.accept();
        for (String price : List.of("21109.77", "21110")) {
            spot.receive("{\"topic\":\"tickers.BTCUSDT\",\"ts\":" + spot.time.micros() / 1_000
                    + ",\"type\":\"snapshot\",\"cs\":2588407389,\"data\":{\"symbol\":\"BTCUSDT\",\"lastPrice\":\""
                    + price
                    + "\",\"highPrice24h\":\"21426.99\",\"lowPrice24h\":\"20575\",\"prevPrice24h\":\"20704.93\","
                    + "\"volume24h\":\"6780.866843\",\"turnover24h\":\"141946527.22907118\","
                    + "\"price24hPcnt\":\"0.0196\","
                    + "\"usdIndexPrice\":\"21120.2400136\"}}");
        }

        List<Ticker> read = spot.lines.of(Ticker.class);
        assertThat(read).hasSize(2);
        assertThat(read.get(1).lastPrice()).isEqualTo("21110");
        assertThat(read.get(1).figure(TickerFigure.USD_INDEX_PRICE)).isEqualTo("21120.2400136");
        assertThat(read.get(1).figure(TickerFigure.TURNOVER_24H)).isEqualTo("141946527.22907118");
        assertThat(read.get(1).bidPrice()).isNull();
        // The next frame replaces one that cannot be read, so no snapshot is requested.
        spot.receive("{\"topic\":\"tickers.BTCUSDT\",\"ts\":1,\"type\":\"snapshot\",\"data\":{}}");
        spot.pass(Duration.ofMillis(100));
        assertThat(spot.network.sent()).noneMatch(r -> r.contains("unsubscribe"));
    }

    @Test
    void optionsHaveFieldsOfTheirOwn() {
        String contract = "BTC-6JAN23-17500-C";
        FeedHarness option = FeedHarness.open("BYBIT_CATEGORY", "option");
        option.command(Kind.SUBSCRIBE, "ticker", contract, "c-1");
        option.receive("{\"success\":true,\"conn_id\":\"x\",\"data\":{\"failTopics\":[],\"successTopics\":[\"tickers."
                + contract + "\"]},\"type\":\"COMMAND_RESP\"}");
        option.receive("{\"id\":\"tickers." + contract + "-2480334983-1672917511074\",\"topic\":\"tickers." + contract
                + "\",\"ts\":" + option.time.micros() / 1_000 + ",\"data\":{\"symbol\":\"" + contract
                + "\",\"bidPrice\":\"0\",\"bidSize\":\"0\",\"bidIv\":\"0\",\"askPrice\":\"10\",\"askSize\":\"5.1\","
                + "\"askIv\":\"0.514\",\"lastPrice\":\"10\",\"highPrice24h\":\"25\",\"lowPrice24h\":\"5\","
                + "\"markPrice\":\"7.86976724\",\"indexPrice\":\"16823.73\",\"markPriceIv\":\"0.4896\","
                + "\"underlyingPrice\":\"16815.1\",\"openInterest\":\"49.85\",\"turnover24h\":\"446802.8473\","
                + "\"volume24h\":\"26.55\",\"totalVolume\":\"86\",\"totalTurnover\":\"1437431\",\"delta\":\"0.047831\","
                + "\"gamma\":\"0.00021453\",\"vega\":\"0.81351067\",\"theta\":\"-19.9115368\","
                + "\"predictedDeliveryPrice\":\"0\",\"change24h\":\"-0.33333334\"},\"type\":\"snapshot\"}");

        Ticker ticker = option.lines.of(Ticker.class).get(0);
        assertThat(ticker.symbol()).isEqualTo(contract);
        assertThat(ticker.bidPrice()).isNull();
        assertThat(ticker.askPrice()).isEqualTo("10");
        assertThat(ticker.askQty()).isEqualTo("5.1");
        assertThat(ticker.figure(TickerFigure.THETA)).isEqualTo("-19.9115368");
        assertThat(ticker.figure(TickerFigure.MARK_IV)).isEqualTo("0.4896");
        assertThat(ticker.figure(TickerFigure.CHANGE_24H)).isEqualTo("-0.33333334");
        assertThat(ticker.figure(TickerFigure.PREDICTED_DELIVERY_PRICE)).isNull();
    }

    @Test
    void whatTheOtherSideCallsSyntheticIsLabelled() {
        FeedHarness local = new FeedHarness();
        local.feed.start();
        local.feed.opened(local.network.lastLink(), true);
        local.command(Kind.SUBSCRIBE, "ticker", SYMBOL, "c-1");
        local.accept();
        local.receive(TickerKlineFrames.fullTicker(SYMBOL, "1.5", local.time.micros() / 1_000));

        assertThat(local.lines.of(Ticker.class)).singleElement().matches(Ticker::synthetic);
    }
}
