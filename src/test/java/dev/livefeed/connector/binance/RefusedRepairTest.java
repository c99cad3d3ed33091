package dev.livefeed.connector.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Repaired;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Missing trades, whatever the venue answers: they are fetched, or a gap with its reason, and the next ones follow. */
class RefusedRepairTest {

    private final FeedHarness feed = new FeedHarness("{}");

    private void missing() {
        feed.command(Kind.SUBSCRIBE, "trades");
        feed.accept();
        feed.trade(feed.link(), 7);
        feed.pass(Duration.ofSeconds(1));
        feed.trade(feed.link(), 10);
        feed.pass(Duration.ofMillis(1_100));
        assertThat(feed.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|{\"code\":-1121,\"msg\":\"Invalid symbol.\"}|HTTP 400, code -1121: Invalid symbol.",
                "403|<html>Forbidden</html>|the venue answered 403",
                "418|{\"code\":-1003,\"msg\":\"IP banned\"}|the venue answered 418",
                "429|{\"code\":-1003,\"msg\":\"Too much request weight used\"}|the venue answered 429",
                "451|{\"code\":0,\"msg\":\"Service unavailable from a restricted location\"}|HTTP 451",
                "503||the venue answered 503",
                "200|<html>maintenance</html>|the response cannot be used",
                "200|[{\"a\":8,\"p\":\"100.0|the response cannot be used",
                "200|{\"a\":8}|not a list",
                "200|null|not a list",
                "200||the response cannot be used"
            })
    void aVenueThatNeverAnswersWellCostsTheTradesAndSaysWhy(int status, String body, String reason) {
        missing();
        for (int step = 0; step < 50 * 20; step++) {
            if (!feed.requests().isEmpty()) {
                feed.answer(status, body == null ? "" : body);
            }
            feed.pass(Duration.ofMillis(50));
        }
        feed.trade(feed.link(), 11);

        assertThat(feed.lines.trades()).extracting(Trade::id).containsExactly("7", "10", "11");
        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> assertThat(gap.reason())
                .contains(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|{\"code\":-1121,\"msg\":\"Invalid symbol.\"}",
                "429|{\"code\":-1003,\"msg\":\"Too much request weight used\"}",
                "451|",
                "503|",
                "200|<html>maintenance</html>",
                "200|[{\"a\":8,\"p\":\"100.0",
                "200|[]"
            })
    void oneBadAnswerCostsNothing(int status, String body) {
        missing();
        String rows = "[" + feed.row(8) + "," + feed.row(9) + "," + feed.row(10) + "]";
        feed.answer(status, body == null ? "" : body);
        for (int step = 0; step < 200 && feed.requests().isEmpty(); step++) {
            feed.pass(Duration.ofMillis(50));
        }
        feed.answer(rows);
        feed.trade(feed.link(), 11);

        assertThat(feed.lines.trades()).extracting(Trade::id).containsExactly("7", "8", "9", "10", "11");
        assertThat(feed.lines.statuses(Repaired.STATUS)).hasSize(1);
        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
    }

    @Test
    void aHoleInTheVenuesListIsAGapAndTheRestIsFetched() {
        feed.command(Kind.SUBSCRIBE, "trades");
        feed.accept();
        feed.trade(feed.link(), 7);
        feed.trade(feed.link(), 12);
        feed.pass(Duration.ofMillis(1_100));
        feed.answer("[" + feed.row(8) + "," + feed.row(10) + "," + feed.row(11) + "," + feed.row(12) + "]");
        feed.trade(feed.link(), 13);

        assertThat(feed.lines.trades()).extracting(Trade::id).containsExactly("7", "8", "10", "11", "12", "13");
        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> assertThat(gap.reason())
                .contains("9 to 9"));
    }
}
