package dev.livefeed.connector.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An instrument that stops sending data is looked up in a new instrument list, long before the next hourly one. */
class UnannouncedHaltTest {

    private final FeedHarness feed = new FeedHarness("{\"data_silence_ms\":0}");
    private long id = 100;

    private void trades(int seconds) {
        for (int i = 0; i < seconds; i++) {
            feed.trade(feed.link(), id++);
            feed.pass(Duration.ofSeconds(1));
        }
    }

    private void subscribe() {
        feed.list("TRADING");
        feed.command(Kind.SUBSCRIBE, "trades");
        feed.accept();
        feed.trade(feed.link(), id++);
        trades(20);
        feed.lines.next();
        feed.list("TRADING");
    }

    @Test
    void aHaltIsReportedWithinHalfAMinute() {
        subscribe();
        feed.list("HALT");

        feed.pass(Duration.ofSeconds(30));

        assertThat(feed.lines.statuses("instrument")).singleElement().satisfies(status -> assertThat(status.details())
                .containsEntry("phase", "halted"));
        assertThat(feed.lines.statuses()).extracting(Status::status).doesNotContain("degraded", "silent");
        assertThat(feed.opened).hasSize(1);

        feed.list("TRADING");
        feed.pass(Duration.ofSeconds(65));
        trades(5);
        assertThat(feed.lines.statuses("instrument")).hasSize(2);
    }

    @Test
    void anInstrumentThatIsDelistedIsHaltedAndThenEnds() {
        subscribe();
        feed.list("BREAK");
        feed.pass(Duration.ofSeconds(30));
        assertThat(feed.lines.statuses("instrument")).singleElement().satisfies(status -> assertThat(status.details())
                .containsEntry("phase", "halted"));
        feed.accept();
        feed.unlist();
        feed.pass(Duration.ofMinutes(4));

        assertThat(feed.lines.statuses(InstrumentEnded.STATUS))
                .singleElement()
                .satisfies(end -> assertThat(end.reason()).contains("does not list it any more"));
        assertThat(feed.lines.statuses()).extracting(Status::status).doesNotContain("degraded", "silent", "gap");
        assertThat(feed.sent()).isNotEmpty().allSatisfy(request -> assertThat(request.text())
                .contains("UNSUBSCRIBE", FeedHarness.TRADES));
    }

    @Test
    void aMarketThatIsOnlyQuietTakesFewRequests() {
        subscribe();

        feed.pass(Duration.ofMinutes(4));

        assertThat(feed.listings()).isBetween(1, 5);
        assertThat(feed.lines.statuses()).extracting(Status::status).isSubsetOf("heartbeat");
        assertThat(feed.opened).hasSize(1);
    }
}
