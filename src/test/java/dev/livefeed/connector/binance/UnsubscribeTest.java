package dev.livefeed.connector.binance;

import static dev.livefeed.connector.binance.FeedHarness.TRADES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.binance.FeedHarness.Sent;
import dev.livefeed.connector.sdk.command.Command.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is unsubscribed is not carried by the venue any more, whatever became of the requests. */
class UnsubscribeTest {

    private final FeedHarness feed = new FeedHarness("{}");

    private void subscribed() {
        feed.command(Kind.SUBSCRIBE, "trades");
        assertThat(feed.accept()).singleElement().satisfies(one -> assertThat(one.text())
                .contains("\"SUBSCRIBE\"", TRADES));
        // The budget of messages is whole again.
        feed.pass(Duration.ofSeconds(2));
    }

    private List<Sent> leaving() {
        return feed.sent().stream()
                .filter(one -> one.text().contains("\"UNSUBSCRIBE\""))
                .toList();
    }

    @Test
    void aRefusedRequestIsRepeatedUntilItIsAccepted() {
        subscribed();
        feed.command(Kind.UNSUBSCRIBE, "trades");
        for (int seconds : new int[] {2, 3, 5}) {
            List<Sent> leaving = leaving();
            assertThat(leaving).hasSize(1);
            feed.refuse(leaving.get(0));
            feed.pass(Duration.ofSeconds(seconds));
        }
        assertThat(feed.accept()).singleElement().satisfies(one -> assertThat(one.text())
                .contains("\"UNSUBSCRIBE\"", TRADES));
        feed.pass(Duration.ofMinutes(2));

        assertThat(leaving()).isEmpty();
    }

    @Test
    void aRefusedRequestIsNotRepeatedIfTheStreamIsWantedAgain() {
        subscribed();
        feed.command(Kind.UNSUBSCRIBE, "trades");
        Sent leaving = leaving().get(0);
        feed.command(Kind.SUBSCRIBE, "trades");
        Sent asking = feed.sent().get(0);
        feed.refuse(leaving);
        // The request that subscribes it is under way.
        feed.pass(Duration.ofSeconds(3));
        feed.accept(asking);
        feed.pass(Duration.ofMinutes(2));

        assertThat(feed.sent()).isEmpty();
    }

    @Test
    void anUnansweredRequestIsNotRepeatedIfTheStreamIsBeingSubscribedAgain() {
        subscribed();
        feed.command(Kind.UNSUBSCRIBE, "trades");
        assertThat(leaving()).hasSize(1);
        feed.pass(Duration.ofSeconds(3));
        feed.command(Kind.SUBSCRIBE, "trades");
        Sent asking = feed.sent().get(0);
        // The first request times out while the second is under way.
        feed.pass(Duration.ofSeconds(3));
        feed.accept(asking);
        feed.trade(feed.link(), 7);
        feed.pass(Duration.ofSeconds(10));
        feed.trade(feed.link(), 8);

        assertThat(leaving()).isEmpty();
        assertThat(feed.lines.trades()).hasSize(2);
    }

    @Test
    void aStreamWhoseRequestWasNeverAnsweredIsUnsubscribedToo() {
        feed.command(Kind.SUBSCRIBE, "trades");
        feed.sent();
        feed.pass(Duration.ofSeconds(2));
        feed.command(Kind.UNSUBSCRIBE, "trades");

        assertThat(leaving()).hasSize(1);
    }

    @Test
    void aStreamThatWasNeverAskedForIsNotUnsubscribed() {
        // The budget of messages is used up, so that the request waits.
        for (String channel : List.of("depth", "kline.1m", "kline.5m", "kline.15m")) {
            feed.command(Kind.SUBSCRIBE, channel);
        }
        feed.command(Kind.SUBSCRIBE, "trades");
        assertThat(feed.sent()).noneMatch(one -> one.text().contains(TRADES));
        feed.command(Kind.UNSUBSCRIBE, "trades");
        feed.pass(Duration.ofSeconds(3));

        assertThat(feed.sent()).noneMatch(one -> one.text().contains(TRADES));
    }
}
