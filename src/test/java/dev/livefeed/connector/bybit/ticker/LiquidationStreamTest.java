package dev.livefeed.connector.bybit.ticker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.FeedHarness;
import dev.livefeed.connector.bybit.TickerKlineFrames;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each liquidation is emitted with both of its sides, and possible losses are announced. */
class LiquidationStreamTest {

    private static final String SYMBOL = "BTCUSDT";

    private final FeedHarness feed = FeedHarness.open();

    private long millis() {
        return feed.time.micros() / 1_000;
    }

    private void subscribe() {
        feed.command(Kind.SUBSCRIBE, "liquidations", SYMBOL, "c-1");
        assertThat(feed.accept()).singleElement().asString().contains("allLiquidation.BTCUSDT");
    }

    private void liquidate(String side) {
        feed.receive(TickerKlineFrames.liquidations(
                SYMBOL, millis(), TickerKlineFrames.liquidated(SYMBOL, side, "0.5", "83000.10", millis() - 200)));
    }

    private List<Liquidation> liquidations() {
        return feed.lines.of(Liquidation.class);
    }

    @Test
    void buyAtTheVenueMeansThatALongPositionWasSold() {
        subscribe();
        feed.receive(TickerKlineFrames.liquidations(
                SYMBOL,
                millis(),
                TickerKlineFrames.liquidated(SYMBOL, "Buy", "0.5", "83000.10", millis() - 300),
                TickerKlineFrames.liquidated(SYMBOL, "Sell", "20000", "83001", millis() - 200)));

        Liquidation longOne = liquidations().get(0);
        assertThat(longOne.side()).isEqualTo(Side.SELL);
        assertThat(longOne.position()).isEqualTo(Liquidation.PositionSide.LONG);
        assertThat(longOne.price()).isEqualTo("83000.10");
        assertThat(longOne.qty()).isEqualTo("0.5");
        assertThat(longOne.timestampMicros()).isEqualTo((millis() - 300) * 1_000);
        Liquidation shortOne = liquidations().get(1);
        assertThat(shortOne.side()).isEqualTo(Side.BUY);
        assertThat(shortOne.position()).isEqualTo(Liquidation.PositionSide.SHORT);
        assertThat(shortOne.qty()).isEqualTo("20000");
        assertThat(liquidations()).hasSize(2).allMatch(l -> l.category().equals("linear"));
    }

    @Test
    void anOutageIsAGapSinceThereIsNoListToFetchFrom() {
        subscribe();
        feed.answerPings(Duration.ofMinutes(5));
        liquidate("Buy");
        feed.answerPings(Duration.ofSeconds(10));
        Instant last = Instant.ofEpochMilli(millis() - 10_000);
        feed.disconnect();
        feed.pass(Duration.ofSeconds(2));
        feed.connect();
        feed.accept();

        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> {
            assertThat(gap.channel()).isEqualTo("liquidations");
            assertThat(gap.symbol()).isEqualTo(SYMBOL);
            assertThat(gap.details())
                    .containsEntry("from", last.toString())
                    .containsEntry("to", Instant.ofEpochMilli(millis()).toString());
        });
        liquidate("Sell");
        assertThat(liquidations()).hasSize(2);
        assertThat(feed.lines.statuses(Gap.STATUS)).hasSize(1);
    }

    @Test
    void aLongQuietTimeBeforeAnOutageIsNoPartOfTheGap() {
        subscribe();
        feed.answerPings(Duration.ofMinutes(5));
        feed.disconnect();
        Instant lost = Instant.ofEpochMilli(millis());
        feed.pass(Duration.ofSeconds(2));
        feed.connect();
        feed.accept();

        Status gap = feed.lines.statuses(Gap.STATUS).get(0);
        assertThat(Instant.parse((String) gap.details().get("from"))).isEqualTo(lost.minusSeconds(60));
    }

    @Test
    void framesThatCannotBeReadAreAnnouncedTogether() {
        subscribe();
        liquidate("Buy");
        for (int i = 0; i < 20; i++) {
            liquidate("Both");
            feed.pass(Duration.ofMillis(50));
        }
        assertThat(feed.lines.statuses(Gap.STATUS)).hasSize(1);
        feed.answerPings(Duration.ofSeconds(11));

        assertThat(feed.lines.statuses(Gap.STATUS)).hasSize(2);
        assertThat(feed.lines.statuses(Gap.STATUS).get(1).reason()).contains("must be Buy or Sell");
        assertThat(liquidations()).hasSize(1);
        assertThat(feed.feed.figures()).containsEntry("liquidation_gaps", 2L).containsEntry("unreadable_rows", 20L);
    }

    @Test
    void theFirstSubscriptionIsNoGapAndNeitherIsOneThatWasGivenUp() {
        subscribe();
        liquidate("Buy");
        feed.command(Kind.UNSUBSCRIBE, "liquidations", SYMBOL, "c-2");
        feed.accept();
        feed.answerPings(Duration.ofSeconds(20));
        subscribe();
        liquidate("Buy");

        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
        assertThat(liquidations()).hasSize(2);
    }

    @Test
    void hoursWithoutOneAreNoSilence() {
        subscribe();
        for (int minute = 0; minute < 120; minute++) {
            feed.receive(feed.trade(SYMBOL, "t-" + minute));
            feed.answerPings(Duration.ofMinutes(1));
        }

        assertThat(feed.lines.statuses("silent")).isEmpty();
        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
        assertThat(feed.network.sent()).noneMatch(r -> r.contains("unsubscribe"));
    }

    @Test
    void theyAreKeptWhileTheReaderIsBehindAndAnnouncedWhereThereIsNoRoom() {
        subscribe();
        feed.lines.block();
        for (int i = 0; i < 300; i++) {
            liquidate("Buy");
        }
        feed.lines.unblock();
        feed.outbox.drained();

        int kept = liquidations().size();
        assertThat(kept).isBetween(50, 250);
        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> {
            assertThat(gap.channel()).isEqualTo("liquidations");
            assertThat(gap.details()).containsEntry("count", 300 - kept);
        });
        assertThat(feed.outbox.figures()).containsEntry("further_lost", (long) (300 - kept));
    }
}
