package dev.livefeed.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.status.BookSuspect;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.Synced;
import dev.livefeed.protocol.status.TopicStatus.TopicUnreadable;
import dev.livefeed.protocol.status.Unsubscribed;
import org.junit.jupiter.api.Test;

class TopicFaultsTest {

    private static final InstrumentId BTC = InstrumentId.of(null, "linear", "BTCUSDT");

    private final FeedState feed = new FeedState(() -> 0);

    @Test
    void anUnreadableTopicIsAnAlarmUntilItIsOver() {
        unreadable(false);

        assertThat(feed.topicFaults().alarms())
                .containsExactly(
                        "trades of linear:BTCUSDT: most of it cannot be read (20 of the last 20 rows): S is \"\"");
        unreadable(true);
        assertThat(feed.topicFaults().alarms()).isEmpty();
    }

    @Test
    void aSuspectBookIsAReasonUntilItIsSynced() {
        Head head = Head.of("bybit", "BTCUSDT", "depth", "a level could not be read");
        feed.event(new BookSuspect(head, "linear", 50L));
        assertThat(feed.topicFaults().suspectBook("depth", BTC))
                .isEqualTo("book depth of linear:BTCUSDT is suspect: a level could not be read");
        assertThat(feed.topicFaults().suspectBook("depth.200", BTC)).isNull();

        feed.event(new Synced(Head.of("bybit", "BTCUSDT", "depth", null), "linear", 50L, null));

        assertThat(feed.topicFaults().suspectBook("depth", BTC)).isNull();
    }

    @Test
    void aSuspectBookOfAnEndedInstrumentIsForgotten() {
        feed.event(new BookSuspect(Head.of("bybit", "BTCUSDT", "depth", "a level could not be read"), "linear", 50L));
        feed.event(ended("ETHUSDT"));
        assertThat(feed.topicFaults().suspectBook("depth", BTC)).isNotNull();

        feed.event(ended("BTCUSDT"));

        assertThat(feed.topicFaults().suspectBook("depth", BTC)).isNull();
    }

    @Test
    void aFaultOfOneMarketIsNoneOfTheOtherWithTheSameSymbol() {
        InstrumentId spot = InstrumentId.of("bybit", "spot", "BTCUSDT");
        feed.event(new BookSuspect(Head.of("bybit", "BTCUSDT", "depth", "a level could not be read"), "linear", 50L));
        assertThat(feed.topicFaults().suspectBook("depth", spot)).isNull();
        feed.event(new InstrumentEnded(Head.of("bybit", "BTCUSDT", null, "delisted"), "spot", "Closed", null));
        assertThat(feed.topicFaults().suspectBook("depth", BTC)).isNotNull();

        feed.event(new BookSuspect(Head.of("bybit", "ETHUSDT", "depth", "unread"), null, 50L));

        assertThat(feed.topicFaults().suspectBook("depth", InstrumentId.of("bybit", "spot", "ETHUSDT")))
                .isEqualTo("book depth of ETHUSDT is suspect: unread");
    }

    @Test
    void faultsEndWithTheSubscriptionAndTheProcess() {
        unreadable(false);
        feed.event(new Unsubscribed(Head.of("bybit", "BTCUSDT", "trades", null), "linear", null));
        assertThat(feed.topicFaults().unreadable()).isFalse();

        unreadable(false);
        feed.started(() -> true);

        assertThat(feed.topicFaults().unreadable()).isFalse();
    }

    private void unreadable(boolean over) {
        Head head = Head.of("bybit", "BTCUSDT", "trades", over ? null : "S is \"\"");
        feed.event(new TopicUnreadable(head, "linear", "publicTrade.BTCUSDT", 20L, 20L, null, over));
    }

    private static InstrumentEnded ended(String symbol) {
        return new InstrumentEnded(Head.of("bybit", symbol, null, "delisted"), "linear", "Closed", null);
    }
}
