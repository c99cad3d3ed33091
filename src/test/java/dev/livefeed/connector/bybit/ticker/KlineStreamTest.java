package dev.livefeed.connector.bybit.ticker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.FeedHarness;
import dev.livefeed.connector.bybit.TickerKlineFrames;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Unsubscribed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each push of a candle is emitted, and the closing push is never replaced by a later one. */
class KlineStreamTest {

    private static final String SYMBOL = "BTCUSDT";
    private static final long MINUTE = 60_000;

    private final FeedHarness feed = FeedHarness.open();
    private final long start = feed.time.micros() / 1_000 / MINUTE * MINUTE;

    private void subscribe() {
        feed.command(Kind.SUBSCRIBE, "kline.1m", SYMBOL, "c-1");
        feed.accept();
    }

    /** A push of the candle of the given minute, counted from the first. */
    private void push(int minute, String close, boolean confirm) {
        long from = start + minute * MINUTE;
        feed.receive(TickerKlineFrames.kline(
                "1", SYMBOL, from, from + MINUTE - 1, close, confirm, feed.time.micros() / 1_000));
    }

    private List<Kline> klines() {
        return feed.lines.of(Kline.class);
    }

    @Test
    void eachPushIsEmittedWithWhetherItCloses() {
        subscribe();
        push(0, "16677", false);
        push(0, "16650.5", true);

        assertThat(klines()).extracting(Kline::closed).containsExactly(false, true);
        Kline kline = klines().get(1);
        assertThat(kline.interval()).isEqualTo(KlineInterval.MINUTE);
        assertThat(kline.channel()).isEqualTo("kline.1m");
        assertThat(kline.start()).isEqualTo(Instant.ofEpochMilli(start));
        assertThat(kline.end()).isEqualTo(Instant.ofEpochMilli(start + MINUTE - 1));
        assertThat(kline.open()).isEqualTo("16649.5");
        assertThat(kline.high()).isEqualTo("16677");
        assertThat(kline.low()).isEqualTo("16608");
        assertThat(kline.close()).isEqualTo("16650.5");
        assertThat(kline.volume()).isEqualTo("2.081");
        assertThat(kline.turnover()).isEqualTo("34666.4005");
        assertThat(kline.timestampMicros()).isEqualTo(feed.time.micros() / 1_000 * 1_000);
        assertThat(kline.category()).isEqualTo("linear");
    }

    @ParameterizedTest
    @CsvSource({
        "1m, 1",
        "3m, 3",
        "5m, 5",
        "15m, 15",
        "30m, 30",
        "1h, 60",
        "2h, 120",
        "4h, 240",
        "6h, 360",
        "12h, 720",
        "1d, D",
        "1w, W",
        "1M, M"
    })
    void eachIntervalOfTheVenueHasItsChannel(String interval, String venue) {
        TopicName name = TopicName.of(Category.SPOT, "kline." + interval, SYMBOL, 50);

        assertThat(name.text()).isEqualTo("kline." + venue + ".BTCUSDT");
        assertThat(name.interval()).hasToString(interval);
        assertThat(name.channel()).isEqualTo("kline." + interval);
    }

    @Test
    void aMonthEndsLongAfterToday() {
        feed.command(Kind.SUBSCRIBE, "kline.1M", SYMBOL, "c-1");
        assertThat(feed.accept()).singleElement().asString().contains("kline.M.BTCUSDT");
        feed.receive(TickerKlineFrames.kline(
                "M", SYMBOL, start, start + 31L * 86_400_000 - 1, "16650", false, feed.time.micros() / 1_000));

        assertThat(klines()).singleElement().matches(k -> k.interval() == KlineInterval.MONTH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            option | kline.1m     | category option has no candles
            linear | kline.60     | interval is "60", must be one of 1m, 3m
            linear | kline        | channel is "kline", must be trades, depth
            spot   | liquidations | category spot has no liquidations
            option | liquidations | category option has no liquidations
            """)
    void whatTheVenueDoesNotHaveIsRefusedBeforeItIsAsked(String category, String channel, String text) {
        FeedHarness other = FeedHarness.open("BYBIT_CATEGORY", category);
        other.command(Kind.SUBSCRIBE, channel, "BTC-6JAN23-17500-C", "c-1");

        assertThat(other.network.sent()).isEmpty();
        assertThat(other.lines.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.error()).contains(text);
            assertThat(failure.id()).isEqualTo("c-1");
            assertThat(failure.channel()).isEqualTo(channel);
        });
    }

    @Test
    void thereIsNoResyncOfCandles() {
        subscribe();
        feed.command(Kind.RESYNC, "kline.1m", SYMBOL, "c-2");

        assertThat(feed.network.sent()).isEmpty();
        assertThat(feed.lines.failures())
                .singleElement()
                .extracting(Failure::error)
                .isEqualTo("channel kline.1m does not support resync; use depth or depth.N");
    }

    @Test
    void aRefusedTopicIsReportedAndTheOthersRun() {
        feed.command(
                new dev.livefeed.connector.sdk.command.Command(Kind.SUBSCRIBE, "kline.1m", "NOSUCH", null, "c-1"),
                new dev.livefeed.connector.sdk.command.Command(Kind.SUBSCRIBE, "kline.1m", SYMBOL, null, "c-2"));
        feed.refuse(feed.network.sent().get(0), "error:handler not found,topic:kline.1.NOSUCH");
        feed.accept();
        push(0, "16650", false);

        assertThat(feed.lines.failures()).extracting(Failure::id).containsExactly("c-1");
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-2");
        assertThat(klines()).hasSize(1);
    }

    @Test
    void afterUnsubscribingNothingComes() {
        subscribe();
        feed.command(Kind.UNSUBSCRIBE, "kline.1m", SYMBOL, "c-2");
        feed.accept();
        push(0, "16650", false);

        assertThat(feed.lines.statuses(Unsubscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-2");
        assertThat(klines()).isEmpty();
    }

    @Test
    void candlesThatClosedDuringAnOutageAreAnnounced() {
        subscribe();
        push(0, "16650", false);
        reconnect();
        push(3, "16650", false);
        push(3, "16650", true);
        reconnect();
        push(4, "16650", false);

        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> {
            assertThat(gap.channel()).isEqualTo("kline.1m");
            assertThat(gap.details())
                    .containsEntry("from", Instant.ofEpochMilli(start).toString())
                    .containsEntry(
                            "to", Instant.ofEpochMilli(start + 3 * MINUTE - 1).toString());
        });
        assertThat(feed.feed.figures()).containsEntry("kline_gaps", 1L);
    }

    @Test
    void aCandleMayCloseALittleLateButNotNever() {
        subscribe();
        push(0, "16650", false);
        push(1, "16650", false);
        push(0, "16650", true);
        feed.answerPings(Duration.ofSeconds(10));
        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();

        push(2, "16650", false);
        feed.answerPings(Duration.ofSeconds(10));

        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> assertThat(gap.details())
                .containsEntry("from", Instant.ofEpochMilli(start + MINUTE).toString())
                .containsEntry(
                        "to", Instant.ofEpochMilli(start + 2 * MINUTE - 1).toString()));
    }

    @Test
    void minutesWithoutATradeMayBePassedOver() {
        subscribe();
        push(0, "16650", true);
        push(4, "16650", false);
        feed.answerPings(Duration.ofSeconds(10));

        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
    }

    private void reconnect() {
        feed.disconnect();
        feed.pass(Duration.ofSeconds(1));
        feed.connect();
        feed.accept();
    }

    @Test
    void whileTheReaderIsBehindTheEndOfACandleIsKept() {
        subscribe();
        feed.command(Kind.SUBSCRIBE, "trades", SYMBOL, "c-2");
        feed.accept();
        feed.lines.block();
        for (int i = 0; i < 40; i++) {
            feed.receive(feed.trade(SYMBOL, "t-" + i));
        }
        push(0, "16650", false);
        push(0, "16651", false);
        push(0, "16652", true);
        push(1, "16653", false);
        push(1, "16654", false);
        feed.lines.unblock();
        feed.outbox.drained();

        assertThat(klines()).extracting(k -> k.close().toPlainString()).containsExactly("16652", "16654");
        assertThat(klines()).extracting(Kline::closed).containsExactly(true, false);
    }

    @Test
    void aCandleThatCannotBeRightIsNotEmitted() {
        subscribe();
        push(0, "17000", false);
        feed.receive(
                TickerKlineFrames.kline("1", SYMBOL, start, start - 1, "16650", false, feed.time.micros() / 1_000));
        feed.receive(
                TickerKlineFrames.kline("1", SYMBOL, start, start + MINUTE - 1, "", false, feed.time.micros() / 1_000));

        assertThat(klines()).isEmpty();
        assertThat(feed.feed.figures()).containsEntry("unreadable_rows", 3L);
    }

    @Test
    void aClosedCandleIsEmittedOnceAndAnotherOneAsACorrection() {
        subscribe();
        push(0, "16650", true);
        push(0, "16650", true);
        push(0, "16650.0", true);
        push(0, "16660", false);
        push(0, "16655", true);
        push(0, "16655", true);
        push(1, "16656", false);

        assertThat(klines()).extracting(k -> k.close().toPlainString()).containsExactly("16650", "16655", "16656");
        assertThat(klines()).extracting(Kline::correction).containsExactly(false, true, false);
        assertThat(feed.feed.figures()).containsEntry("repeated_candles", 4L).containsEntry("corrected_candles", 1L);
    }

    @Test
    void aCandleWhoseStartIsWrongHidesNoOtherThatIsMissing() {
        subscribe();
        push(0, "16650", false);
        push(600, "16650", false);
        push(0, "16651", false);
        push(0, "16652", true);
        push(1, "16653", false);
        push(2, "16654", false);
        feed.pass(Duration.ofSeconds(10));

        assertThat(klines()).hasSize(6);
        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> {
            assertThat(((Gap) gap).from()).isEqualTo(Instant.ofEpochMilli(start + MINUTE));
            assertThat(((Gap) gap).to()).isEqualTo(Instant.ofEpochMilli(start + 2 * MINUTE - 1));
        });
    }

    @Test
    void aCorrectionOfAnOlderCandleDoesNotHideThatOneIsMissing() {
        subscribe();
        push(0, "16650", true);
        push(1, "16651", false);
        push(2, "16652", false);
        push(0, "16649.5", true);
        feed.pass(Duration.ofSeconds(10));

        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> {
            assertThat(((Gap) gap).from()).isEqualTo(Instant.ofEpochMilli(start + MINUTE));
            assertThat(((Gap) gap).to()).isEqualTo(Instant.ofEpochMilli(start + 2 * MINUTE - 1));
        });
    }
}
