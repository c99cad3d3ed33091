package dev.livefeed.connector.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Repaired;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A request for missing trades that is lost does not use up the time to fetch them. */
class LostRequestTest {

    private final FeedHarness feed = new FeedHarness("{}");

    private void missing() {
        feed.command(Kind.SUBSCRIBE, "trades");
        feed.accept();
        feed.trade(feed.link(), 7);
        feed.trade(feed.link(), 10);
        assertThat(feed.requests()).hasSize(1);
    }

    private String list() {
        return "[" + feed.row(8) + "," + feed.row(9) + "," + feed.row(10) + "]";
    }

    @Test
    void aRequestWithoutAnAnswerIsSentAgainSoon() {
        missing();
        feed.pass(Duration.ofMillis(4_900));
        assertThat(feed.requests()).hasSize(1);
        feed.swallow();
        feed.pass(Duration.ofMillis(200));
        assertThat(feed.requests()).hasSize(1);
        feed.answer(list());

        assertThat(feed.lines.trades()).extracting(Trade::id).containsExactly("7", "8", "9", "10");
        assertThat(feed.lines.statuses(Repaired.STATUS)).hasSize(1);
        feed.pass(Duration.ofSeconds(40));
        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
    }

    @Test
    void theFirstAnswerCountsAndALaterOneIsIgnored() {
        missing();
        feed.pass(Duration.ofMillis(5_100));
        assertThat(feed.requests()).hasSize(2);
        feed.answer(list());
        feed.answer(list());

        assertThat(feed.lines.trades()).extracting(Trade::id).containsExactly("7", "8", "9", "10");
        assertThat(feed.lines.statuses(Repaired.STATUS)).hasSize(1);
    }

    @Test
    void atMostThreeAreUnderWay() {
        missing();
        feed.pass(Duration.ofMillis(14_900));

        assertThat(feed.requests()).hasSize(3);
    }

    /** Ids of the venue begin at 0, so that a request without the id would fetch the oldest trades of all. */
    @Test
    void aFailedRequestOfARestartedProcessIsRepeatedFromTheTradeThatIsKnown() {
        FeedHarness restarted = new FeedHarness("{\"trades\":\"trade\"}");
        restarted.resume(restarted.time.micros() - 5_000_000L, "12", "11");
        restarted.accept();
        for (int i = 0; i < 3; i++) {
            assertThat(restarted.requests()).singleElement().satisfies(path -> assertThat(path)
                    .startsWith("/api/v3/historicalTrades")
                    .endsWith("&fromId=11"));
            restarted.fail(500);
            restarted.pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void tradesThatAreHeldComeBeforeARefusalOfTheirStream() {
        missing();
        feed.end(feed.link());
        feed.pass(Duration.ofSeconds(1));
        feed.open();
        feed.refuse(feed.sent().get(0));

        List<Event> events = feed.lines.events();
        assertThat(events.get(events.size() - 1)).isInstanceOf(Failure.class);
        assertThat(feed.lines.trades()).extracting(Trade::id).containsExactly("7", "10");
        assertThat(feed.lines.statuses(Gap.STATUS)).hasSize(1);
    }

    @Test
    void tradesThatWereLostBeforeAHaltAreFoundThoughNoneFollows() {
        FeedHarness halted = new FeedHarness("{\"data_silence_ms\":0}");
        halted.listed = "HALT";
        halted.command(Kind.SUBSCRIBE, "trades");
        halted.accept();
        halted.trade(halted.link(), 7);
        assertThat(halted.lines.statuses("instrument")).singleElement().satisfies(instrument -> assertThat(
                        instrument.details().get("phase"))
                .isEqualTo("halted"));
        String lost = "[" + halted.row(8) + "]";
        for (int second = 0; second < 100; second++) {
            halted.pass(Duration.ofSeconds(1));
            if (!halted.requests().isEmpty()) {
                halted.answer(lost);
            }
        }

        assertThat(halted.lines.trades()).extracting(Trade::id).containsExactly("7", "8");
    }

    @Test
    void ifNoneIsAnsweredTheTradesAreAGap() {
        missing();
        for (int second = 0; second < 31; second++) {
            feed.pass(Duration.ofSeconds(1));
            feed.swallow();
        }

        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> assertThat(gap.reason())
                .contains("no complete response in time"));
        assertThat(feed.lines.trades()).extracting(Trade::id).containsExactly("7", "10");
    }
}
