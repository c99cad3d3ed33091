package dev.livefeed.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.process.Events;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Statuses;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Unsubscribed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** States of subscriptions: wanted, requested, confirmed or refused. */
class SubscriptionsTest {

    private final Subscriptions subscriptions =
            new Subscriptions(Ids.configured("BTCUSDT", "ETHUSDT"), List.of("trades", "depth"));

    private List<String> states() {
        return subscriptions.all().stream().map(s -> s.state().toString()).toList();
    }

    @Test
    void theCommands() {
        assertThat(states()).containsOnly("wanted");

        assertThat(subscriptions.ask())
                .containsExactly(
                        command("trades", "BTCUSDT", "sub-1"),
                        command("depth", "BTCUSDT", "sub-2"),
                        command("trades", "ETHUSDT", "sub-3"),
                        command("depth", "ETHUSDT", "sub-4"));
        assertThat(states()).containsOnly("asked");
    }

    @Test
    void aProcessThatFollowsAnotherIsToldUpToWhereTradesHaveCome() {
        LastTrades last = new LastTrades(Ids.bare(List.of("BTCUSDT")));
        Subscriptions following = new Subscriptions(Ids.configured("BTCUSDT"), List.of("trades", "depth"), last);
        assertThat(following.ask().get(0)).doesNotContainKeys("since", "known");
        last.trade(Events.trade("BTCUSDT", "1"));
        last.trade(Events.trade("ETHUSDT", "2"));

        List<Map<String, Object>> commands = following.ask();

        assertThat(commands.get(0))
                .containsEntry("since", Times.instant(Events.AT).toString())
                .containsEntry("known", List.of(Events.trade("BTCUSDT", "1").id()));
        assertThat(commands.get(1)).doesNotContainKey("since");
    }

    private static Map<String, Object> command(String channel, String symbol, String id) {
        return Map.of("command", "subscribe", "channel", channel, "symbol", symbol, "id", id);
    }

    @Test
    void answersAreMatchedByIdOrByWhatTheyName() {
        subscriptions.ask();
        subscriptions.status(Events.status(Subscribed.STATUS, null, null, "sub-1", null));
        subscriptions.status(Events.status(Subscribed.STATUS, "depth", "ETHUSDT", null, null));
        subscriptions.failure(new Failure("not listed", "10001", null, null, "sub-2", false));
        subscriptions.failure(new Failure("too many", null, "ETHUSDT", "trades", null, false));

        assertThat(states()).containsExactly("confirmed", "refused", "refused", "confirmed");
        assertThat(subscriptions.all())
                .extracting(Subscription::reason)
                .containsExactly(null, "not listed", "too many", null);
    }

    @Test
    void answersToNothingKnownChangeNothing() {
        subscriptions.ask();
        subscriptions.status(Events.status(Subscribed.STATUS, "trades", "XRPUSDT", null, null));
        subscriptions.status(Events.status(Subscribed.STATUS, "trades", "BTCUSDT", "other-1", null));
        subscriptions.status(Statuses.of(ConnectionUp.STATUS, null));
        subscriptions.failure(new Failure("trouble", null, "BTCUSDT", null, null, false));

        subscriptions.status(Events.status(Subscribed.STATUS, null, null, null, null));
        subscriptions.status(Events.status(Subscribed.STATUS, "trades", null, null, null));

        assertThat(states()).containsOnly("asked");
        assertThat(subscriptions.confirms()).isFalse();
    }

    @Test
    void aConnectorConfirmsIfOneOfItsRepliesMatches() {
        subscriptions.ask();
        subscriptions.status(Events.status(Subscribed.STATUS, "trades", "BTCUSDT", null, null));
        assertThat(subscriptions.confirms()).isTrue();

        subscriptions.forget();
        assertThat(subscriptions.confirms()).as("of the next process").isFalse();
    }

    @Test
    void theOnlyInstrumentNeedsNoSymbol() {
        Subscriptions one = new Subscriptions(Ids.configured("BTCUSDT"), List.of("trades", "depth"));
        one.ask();
        one.status(Events.status(Subscribed.STATUS, "execution", null, null, null));
        assertThat(one.confirms()).isFalse();

        one.status(Events.status(Subscribed.STATUS, "trades", null, null, null));

        assertThat(one.all())
                .extracting(Subscription::state)
                .containsExactly(Subscription.State.CONFIRMED, Subscription.State.ASKED);
    }

    @Test
    void troubleWithAChannelThatIsServedIsNoRefusal() {
        subscriptions.ask();
        subscriptions.status(Events.status(Subscribed.STATUS, "depth", "BTCUSDT", null, null));

        subscriptions.failure(new Failure("no book to resync", null, "BTCUSDT", "depth", null, false));
        subscriptions.failure(new Failure("no book to resync", null, "BTCUSDT", "depth", "resync-1", false));
        assertThat(subscriptions.all().get(1).state()).isEqualTo(Subscription.State.CONFIRMED);

        subscriptions.failure(new Failure("delisted", "refused", "BTCUSDT", "depth", null, false));
        assertThat(subscriptions.all().get(1).state()).isEqualTo(Subscription.State.REFUSED);
    }

    @Test
    void aResyncHasAnIdOfItsOwnAndGoesToTheChannelOfTheBook() {
        Subscriptions several = new Subscriptions(Ids.configured("BTCUSDT"), List.of("depth", "depth.200"));

        assertThat(several.resync(Ids.bare("BTCUSDT"), 200))
                .isEqualTo(Map.of("command", "resync", "channel", "depth.200", "symbol", "BTCUSDT", "id", "resync-1"));
        assertThat(several.resync(Ids.bare("BTCUSDT"), 50))
                .isEqualTo(Map.of("command", "resync", "channel", "depth", "symbol", "BTCUSDT", "id", "resync-2"));
    }

    @Test
    void whatIsUnsubscribedIsNotServed() {
        subscriptions.ask();
        subscriptions.status(Events.status(Unsubscribed.STATUS, null, null, "sub-1", null));

        assertThat(subscriptions.all().get(0).state()).isEqualTo(Subscription.State.REFUSED);
        assertThat(subscriptions.all().get(0).reason()).isEqualTo("unsubscribed");
    }

    @Test
    void aRestartForgetsTheAnswers() {
        subscriptions.ask();
        subscriptions.failure(new Failure("not listed", null, null, null, "sub-2", false));
        subscriptions.forget();

        assertThat(states()).containsOnly("wanted");
        assertThat(subscriptions.all()).extracting(Subscription::reason).containsOnlyNulls();
        assertThat(subscriptions.ask()).hasSize(4);
    }
}
