package dev.livefeed.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.process.Events;
import dev.livefeed.app.process.ManualClock;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Statuses;
import dev.livefeed.protocol.status.Subscribed;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the running connector has shown of itself, and when that is too little. */
class FeedAndWatchdogTest {

    private final ManualClock clock = new ManualClock();
    private final Feed feed = new Feed(clock);
    private final Watchdog watchdog = new Watchdog(
            Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(90), Duration.ofSeconds(15));

    private void trade() {
        feed.line();
        feed.event(Events.trade("BTCUSDT", "1"));
    }

    private void status(String status) {
        feed.line();
        feed.event(Statuses.of(status, null));
    }

    @Test
    void nothingRuns() {
        clock.forward(1_000_000);

        assertThat(watchdog.verdict(feed)).isNull();
        assertThat(feed.connected()).isFalse();
        assertThat(feed.uptimeMillis()).isEqualTo(-1);
        assertThat(feed.dataAgeMillis()).isEqualTo(-1);
        assertThat(feed.lastTimestampMicros()).isEqualTo(-1);
    }

    @Test
    void connectedTakesData() {
        feed.started();
        status(ConnectionUp.STATUS);
        assertThat(feed.connected()).isFalse();

        trade();
        assertThat(feed.connected()).isTrue();
        assertThat(feed.lastTimestampMicros()).isEqualTo(Events.AT);

        feed.ended();
        assertThat(feed.connected()).isFalse();
        feed.started();
        assertThat(feed.connected()).isFalse();
        assertThat(feed.lastTimestampMicros()).as("still the newest there was").isEqualTo(Events.AT);
    }

    @Test
    void disconnectedUntilConnectedAgain() {
        feed.started();
        trade();
        feed.event(Events.status(ConnectionDown.STATUS, null, null, null, "reset"));
        assertThat(feed.connected()).isFalse();
        assertThat(feed.disconnected()).isTrue();
        assertThat(feed.disconnectReason()).isEqualTo("reset");

        trade();
        assertThat(feed.disconnected()).as("a straggler proves nothing").isTrue();
        status(ConnectionUp.STATUS);
        assertThat(feed.connected()).isTrue();
        assertThat(feed.disconnectReason()).isNull();
        assertThat(feed.disconnects()).isOne();
    }

    @Test
    void oneConnectionOfSeveralIsNotTheFeed() {
        feed.started();
        trade();
        connection(ConnectionUp.STATUS, "linear", 1);
        connection(ConnectionUp.STATUS, "linear-2", 2);
        assertThat(feed.connectionsDown()).isEmpty();

        connection(ConnectionDown.STATUS, "linear-2", 1);
        assertThat(feed.connected()).isTrue();
        assertThat(feed.disconnected()).isFalse();
        assertThat(feed.connectionsDown()).hasToString("{linear-2=reset}");

        connection(ConnectionDown.STATUS, "linear", 0);
        assertThat(feed.disconnected()).isTrue();
        assertThat(feed.connectionsDown()).containsOnlyKeys("linear", "linear-2");

        connection(ConnectionUp.STATUS, "linear", 1);
        assertThat(feed.connected()).isTrue();
        assertThat(feed.connectionsDown()).containsOnlyKeys("linear-2");
        connection("closed", "linear-2", 1);
        assertThat(feed.connectionsDown()).isEmpty();
    }

    private void connection(String status, String name, int open) {
        feed.event(Statuses.of(
                status, null, null, null, null, "reset", Map.of("connection", name, "connections", 2, "open", open)));
    }

    @Test
    void aConnectorMaySayThatItsExchangeIsNoRealOne() {
        feed.started();
        feed.event(Statuses.of(ConnectionUp.STATUS, null, null, null, null, null, Map.of("synthetic", true)));

        assertThat(feed.saidSynthetic()).isTrue();
    }

    private void subscribed(String symbol, String id) {
        feed.line();
        feed.event(Events.status(Subscribed.STATUS, "trades", symbol, id, null));
    }

    @Test
    void aConfirmedSubscriptionIsEvidenceWithoutAnyTrade() {
        feed.started();
        status(ConnectionUp.STATUS);
        subscribed(null, null);
        assertThat(feed.connected())
                .as("a topic of the account says nothing of the market")
                .isFalse();

        subscribed("BTCUSDT", "sub-1");

        assertThat(feed.connected()).isTrue();
        assertThat(feed.dataAgeMillis()).isEqualTo(-1);
        clock.forward(10 * 60_000);
        status(Heartbeat.STATUS);
        assertThat(watchdog.verdict(feed)).isNull();
        feed.ended();
        feed.started();
        assertThat(feed.connected()).isFalse();
    }

    @Test
    void noDataWithinTheDeadline() {
        feed.started();
        status(ConnectionUp.STATUS);
        clock.forward(30_000);
        assertThat(watchdog.verdict(feed)).isNull();

        clock.forward(1);
        assertThat(watchdog.verdict(feed))
                .isEqualTo("no market data within 30.0 s of its start, and no subscription confirmed");
    }

    @Test
    void heartbeatsDoNotMeetTheDeadline() {
        feed.started();
        for (int i = 0; i < 31; i++) {
            clock.forward(1_000);
            status(Heartbeat.STATUS);
        }
        assertThat(watchdog.verdict(feed)).contains("no market data within");
    }

    @Test
    void aQuietMarketReplacesNothing() {
        feed.started();
        status(ConnectionUp.STATUS);
        trade();
        for (int i = 0; i < 24 * 60 * 12; i++) {
            clock.forward(5_000);
            status(Heartbeat.STATUS);
            assertThat(watchdog.verdict(feed)).isNull();
        }
        assertThat(feed.connected()).isTrue();
        assertThat(feed.well()).isTrue();
        clock.forward(13_000);
        assertThat(feed.well()).as("its heartbeats are late").isFalse();
    }

    @Test
    void aConnectorWithoutHeartbeatsThatPrintsNothingIsLookedAtAfterTheGrace() {
        feed.started();
        trade();
        clock.forward(90_000);
        assertThat(watchdog.verdict(feed)).as("within the grace").isNull();

        clock.forward(1);
        assertThat(watchdog.verdict(feed))
                .isEqualTo("no line for 90.0 s from a connector that sends no heartbeats (limit 60.0 s)");

        feed.line();
        clock.forward(60_000);
        assertThat(watchdog.verdict(feed)).as("any line will do").isNull();
        clock.forward(1);
        assertThat(watchdog.verdict(feed)).contains("no line for 60.0 s");
    }

    @Test
    void anExchangeThatStaysLost() {
        feed.started();
        trade();
        clock.forward(100_000);
        status(ConnectionDown.STATUS);
        for (int i = 0; i < 12; i++) {
            clock.forward(5_000);
            status(i % 4 == 0 ? ConnectionDown.STATUS : Heartbeat.STATUS);
            assertThat(watchdog.verdict(feed)).isNull();
        }
        clock.forward(1);
        assertThat(watchdog.verdict(feed)).isEqualTo("the exchange has been lost for 60.0 s (limit 60.0 s)");

        status(ConnectionUp.STATUS);
        assertThat(watchdog.verdict(feed)).isNull();
    }

    @Test
    void anExchangeWhoseDataComesIsNotLost() {
        feed.started();
        status(ConnectionDown.STATUS);
        for (int i = 0; i < 40; i++) {
            clock.forward(5_000);
            trade();
            assertThat(watchdog.verdict(feed)).isNull();
        }
        assertThat(feed.disconnected()).isTrue();
        for (int i = 0; i < 13; i++) {
            clock.forward(5_000);
            status(Heartbeat.STATUS);
        }
        assertThat(watchdog.verdict(feed)).isEqualTo("the exchange has been lost for 65.0 s (limit 60.0 s)");
    }

    @Test
    void whileTheRoutesHoldALineNoClockRuns() {
        feed.started();
        trade();
        status(Heartbeat.STATUS);
        for (int i = 0; i < 1_000; i++) {
            clock.forward(1_000);
            feed.held();
            assertThat(watchdog.verdict(feed)).isNull();
        }
        clock.forward(15_000);
        assertThat(watchdog.verdict(feed)).as("the clock starts afresh").isNull();
        clock.forward(1);
        assertThat(watchdog.verdict(feed)).contains("no line for 15.0 s");
        assertThat(feed.dataAgeMillis()).as("how old the data is stays honest").isEqualTo(1_015_001);

        feed.ended();
        feed.started();
        clock.forward(1_000_000);
        feed.held();
        clock.forward(30_000);
        assertThat(watchdog.verdict(feed)).as("nor before the first data").isNull();
        clock.forward(1);
        assertThat(watchdog.verdict(feed)).contains("no market data within");
    }

    @Test
    void anyChannelIsThePulse() {
        feed.started();
        for (int i = 0; i < 200; i++) {
            clock.forward(1_000);
            feed.line();
            feed.event(Events.snapshot("ETHUSDT", i, "1", "2"));
            assertThat(watchdog.verdict(feed)).isNull();
        }
    }

    @Test
    void silenceMattersOnlyWhereThereAreHeartbeats() {
        feed.started();
        trade();
        clock.forward(20_000);
        assertThat(watchdog.verdict(feed)).isNull();

        status(Heartbeat.STATUS);
        clock.forward(15_000);
        assertThat(watchdog.verdict(feed)).isNull();
        clock.forward(1);
        assertThat(watchdog.verdict(feed)).contains("no line for 15.0 s", "limit 15.0 s");

        feed.ended();
        feed.started();
        trade();
        clock.forward(20_000);
        assertThat(watchdog.verdict(feed))
                .as("the new process has sent no heartbeat")
                .isNull();
    }

    @Test
    void howLongTheFeedHasBeenGood() {
        feed.started();
        status(ConnectionUp.STATUS);
        clock.forward(60_000);
        assertThat(feed.goodMillis()).as("no evidence yet").isEqualTo(-1);
        subscribed("BTCUSDT", "sub-1");
        assertThat(feed.goodMillis()).isZero();
        clock.forward(7_000);
        status(Heartbeat.STATUS);
        assertThat(feed.goodMillis()).as("quiet, and well").isEqualTo(7_000);
        clock.forward(5_000);
        assertThat(feed.goodMillis())
                .as("nobody knows since the last heartbeat")
                .isEqualTo(7_000);

        status(ConnectionDown.STATUS);
        assertThat(feed.goodMillis()).isEqualTo(12_000);
        clock.forward(100_000);
        status(Heartbeat.STATUS);
        assertThat(feed.goodMillis()).as("a lost exchange is not good").isEqualTo(12_000);
        status(ConnectionUp.STATUS);
        clock.forward(3_000);
        status(Heartbeat.STATUS);
        assertThat(feed.goodMillis()).as("the longest").isEqualTo(12_000);

        feed.started();
        trade();
        clock.forward(60_000);
        assertThat(feed.goodMillis())
                .as("a connector without heartbeats is believed")
                .isEqualTo(60_000);
        feed.ended();
        clock.forward(60_000);
        assertThat(feed.goodMillis()).isEqualTo(60_000);
    }
}
