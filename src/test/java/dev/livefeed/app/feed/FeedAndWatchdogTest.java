package dev.livefeed.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.process.Events;
import dev.livefeed.app.process.ManualClock;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.RiskEvent;
import dev.livefeed.protocol.status.ConnectionClosed;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionInfo;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.Maintenance;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Statuses;
import dev.livefeed.protocol.status.Subscribed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The state of the running connector's feed, and when the watchdog replaces the process. */
class FeedAndWatchdogTest {

    private final ManualClock clock = new ManualClock();
    private final FeedState feed = new FeedState(clock);
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
        assertThat(feed.snapshot().connected()).isFalse();
        assertThat(feed.snapshot().data().uptimeMillis()).isEqualTo(-1);
        assertThat(feed.snapshot().data().ageMillis()).isEqualTo(-1);
        assertThat(feed.snapshot().data().lastTimestampMicros()).isEqualTo(-1);
    }

    @Test
    void connectedTakesData() {
        feed.started(() -> true);
        status(ConnectionUp.STATUS);
        assertThat(feed.snapshot().connected()).isFalse();

        trade();
        assertThat(feed.snapshot().connected()).isTrue();
        assertThat(feed.snapshot().data().lastTimestampMicros()).isEqualTo(Events.AT);

        feed.ended("ended");
        assertThat(feed.snapshot().connected()).isFalse();
        feed.started(() -> true);
        assertThat(feed.snapshot().connected()).isFalse();
        assertThat(feed.snapshot().data().lastTimestampMicros())
                .as("still the newest one")
                .isEqualTo(Events.AT);
    }

    @Test
    void disconnectedUntilConnectedAgain() {
        feed.started(() -> true);
        trade();
        feed.event(Events.status(ConnectionDown.STATUS, null, null, null, "reset"));
        assertThat(feed.snapshot().connected()).isFalse();
        assertThat(feed.snapshot().link().lost()).isTrue();
        assertThat(feed.snapshot().link().reason()).isEqualTo("reset");

        trade();
        assertThat(feed.snapshot().link().lost())
                .as("an older event is no evidence")
                .isTrue();
        status(ConnectionUp.STATUS);
        assertThat(feed.snapshot().connected()).isTrue();
        assertThat(feed.snapshot().link().reason()).isNull();
        assertThat(feed.snapshot().losses().disconnects()).isOne();
    }

    @Test
    void lossesAndOutagesAreCountedOverAllProcesses() {
        feed.started(() -> true);
        connection(ConnectionUp.STATUS, "linear", 1);
        connection(ConnectionDown.STATUS, "linear-2", 1);
        assertThat(feed.snapshot().losses()).isEqualTo(new FeedSnapshot.Losses(0, 1, 1, null));
        connection(ConnectionDown.STATUS, "linear", 0);
        assertThat(feed.snapshot().losses()).isEqualTo(new FeedSnapshot.Losses(1, 2, 2, "reset"));

        feed.ended("the connector process ended");
        assertThat(feed.snapshot().losses()).isEqualTo(new FeedSnapshot.Losses(2, 3, 2, "the connector process ended"));
        feed.phase(Phase.RETRYING);
        feed.started(() -> true);
        assertThat(feed.snapshot().losses().total()).isEqualTo(2);
        feed.phase(Phase.EXHAUSTED);
        assertThat(feed.snapshot().losses()).isEqualTo(new FeedSnapshot.Losses(3, 3, 2, null));
    }

    @Test
    void theFeedIsWholeWhileAllConnectionsAreOpen() {
        feed.started(() -> true);
        assertThat(feed.snapshot().allConnected()).as("nothing is open yet").isFalse();
        connection(ConnectionUp.STATUS, "linear", 1);
        assertThat(feed.snapshot().allConnected()).as("one of two").isFalse();
        connection(ConnectionUp.STATUS, "linear-2", 2);
        assertThat(feed.snapshot().allConnected()).isTrue();
        connection(ConnectionDown.STATUS, "linear-2", 1);
        assertThat(feed.snapshot().allConnected()).isFalse();
        feed.event(Statuses.of(
                "closed", null, null, null, null, null, Map.of("connection", "linear-2", "connections", 1, "open", 1)));
        assertThat(feed.snapshot().allConnected()).isTrue();
        feed.ended("ended");
        assertThat(feed.snapshot().allConnected()).isFalse();
    }

    @Test
    void aSnapshotDoesNotChange() {
        feed.started(() -> true);
        trade();
        FeedSnapshot before = feed.snapshot();

        feed.event(Events.status(ConnectionDown.STATUS, null, null, null, "reset"));

        assertThat(before.connected()).isTrue();
        assertThat(before.link().down()).isEmpty();
    }

    @Test
    void oneConnectionOfSeveralIsNotTheFeed() {
        feed.started(() -> true);
        trade();
        connection(ConnectionUp.STATUS, "linear", 1);
        connection(ConnectionUp.STATUS, "linear-2", 2);
        assertThat(feed.snapshot().link().down()).isEmpty();

        connection(ConnectionDown.STATUS, "linear-2", 1);
        assertThat(feed.snapshot().connected()).isTrue();
        assertThat(feed.snapshot().link().lost()).isFalse();
        assertThat(feed.snapshot().link().down()).hasToString("{linear-2=reset}");

        connection(ConnectionDown.STATUS, "linear", 0);
        assertThat(feed.snapshot().link().lost()).isTrue();
        assertThat(feed.snapshot().link().down()).containsOnlyKeys("linear", "linear-2");

        connection(ConnectionUp.STATUS, "linear", 1);
        assertThat(feed.snapshot().connected()).isTrue();
        assertThat(feed.snapshot().link().down()).containsOnlyKeys("linear-2");
        connection("closed", "linear-2", 1);
        assertThat(feed.snapshot().link().down()).isEmpty();
    }

    private void connection(String status, String name, int open) {
        connection(status, Map.of("connection", name, "connections", 2, "open", open));
    }

    private void connection(String status, Map<String, Object> details) {
        feed.line();
        feed.event(Statuses.of(status, null, null, null, null, "reset", details));
    }

    @Test
    void connectionsWithoutANameAreDownUntilAllAreOpen() {
        feed.started(() -> true);
        trade();
        connection(ConnectionDown.STATUS, Map.of("connections", 3, "open", 2));
        connection(ConnectionDown.STATUS, Map.of("connections", 3, "open", 1));
        connection(ConnectionUp.STATUS, Map.of("connections", 3, "open", 2));
        assertThat(feed.snapshot().link().down()).hasToString("{=reset}");
        connection(ConnectionUp.STATUS, Map.of("connections", 3, "open", 3));
        assertThat(feed.snapshot().link().down()).isEmpty();
    }

    @Test
    void allAreOpenWhateverTheNamesWere() {
        feed.started(() -> true);
        trade();
        connection(ConnectionDown.STATUS, Map.of("connection", "session-7", "connections", 2, "open", 1));
        connection(ConnectionUp.STATUS, Map.of("connection", "session-9", "connections", 2, "open", 2));
        assertThat(feed.snapshot().link().down()).isEmpty();

        connection(ConnectionDown.STATUS, Map.of("connection", "session-9"));
        assertThat(feed.snapshot().link().lost()).isTrue();
        connection(ConnectionUp.STATUS, Map.of("connection", "session-10"));
        assertThat(feed.snapshot().link().down()).as("without numbers").isEmpty();
    }

    @Test
    void anAttemptThatFailsIsNoFurtherLoss() {
        feed.started(() -> true);
        trade();
        clock.forward(1_000);
        connection(ConnectionDown.STATUS, "linear-2", 1);
        long lost = clock.getAsLong();
        clock.forward(1_000);
        connection(ConnectionDown.STATUS, "linear-2", 1);
        assertThat(feed.snapshot().link().lastLoss()).isEqualTo(lost);

        connection(ConnectionUp.STATUS, Map.of("connection", "linear-2", "connections", 3, "open", 2));
        clock.forward(1_000);
        connection(ConnectionDown.STATUS, Map.of("connection", "linear-2", "connections", 3, "open", 1));
        assertThat(feed.snapshot().link().lastLoss()).isEqualTo(clock.getAsLong());
        assertThat(feed.snapshot().link().downSince()).isEqualTo(clock.getAsLong());
    }

    @Test
    void aConnectorMaySayThatItsExchangeIsNoRealOne() {
        feed.started(() -> true);
        feed.event(Statuses.of(ConnectionUp.STATUS, null, null, null, null, null, Map.of("synthetic", true)));

        assertThat(feed.snapshot().synthetic()).isTrue();
    }

    private void subscribed(String channel, String symbol, String id) {
        feed.line();
        feed.event(Events.status(Subscribed.STATUS, channel, symbol, id, null));
    }

    @Test
    void aBareSubscribedIsEvidenceToo() {
        feed.started(() -> true);
        status(ConnectionUp.STATUS);
        subscribed(null, null, null);

        assertThat(feed.snapshot().connected()).isTrue();
        clock.forward(10 * 60_000);
        status(Heartbeat.STATUS);
        assertThat(watchdog.verdict(feed)).isNull();
    }

    @Test
    void aConfirmedSubscriptionIsEvidenceWithoutAnyTrade() {
        feed.started(() -> true);
        status(ConnectionUp.STATUS);
        subscribed("execution.fast.linear", null, null);
        assertThat(feed.snapshot().connected())
                .as("a topic of the account is not market data")
                .isFalse();

        subscribed("trades", "BTCUSDT", "sub-1");

        assertThat(feed.snapshot().connected()).isTrue();
        assertThat(feed.snapshot().data().ageMillis()).isEqualTo(-1);
        clock.forward(10 * 60_000);
        status(Heartbeat.STATUS);
        assertThat(watchdog.verdict(feed)).isNull();
        feed.ended("ended");
        feed.started(() -> true);
        assertThat(feed.snapshot().connected()).isFalse();
    }

    @Test
    void noDataWithinTheDeadline() {
        feed.started(() -> true);
        status(ConnectionUp.STATUS);
        clock.forward(30_000);
        assertThat(watchdog.verdict(feed)).isNull();

        clock.forward(1);
        assertThat(watchdog.verdict(feed))
                .isEqualTo("no market data within 30.0 s of its start, and no subscription confirmed");
    }

    @Test
    void aVerdictHasTheReasonOfTheConnector() {
        feed.started(() -> true);
        feed.event(Events.status(ConnectionDown.STATUS, null, null, null, "cannot connect to 127.0.0.1"));
        clock.forward(30_001);

        assertThat(watchdog.verdict(feed))
                .isEqualTo("no market data within 30.0 s of its start, and no subscription confirmed: cannot connect to"
                        + " 127.0.0.1");
    }

    @Test
    void heartbeatsDoNotMeetTheDeadline() {
        feed.started(() -> true);
        for (int i = 0; i < 31; i++) {
            clock.forward(1_000);
            status(Heartbeat.STATUS);
        }
        assertThat(watchdog.verdict(feed)).contains("no market data within");
    }

    @Test
    void aQuietMarketReplacesNothing() {
        feed.started(() -> true);
        status(ConnectionUp.STATUS);
        trade();
        for (int i = 0; i < 24 * 60 * 12; i++) {
            clock.forward(5_000);
            status(Heartbeat.STATUS);
            assertThat(watchdog.verdict(feed)).isNull();
        }
        assertThat(feed.snapshot().connected()).isTrue();
        assertThat(feed.snapshot().healthy()).isTrue();
        clock.forward(13_000);
        assertThat(feed.snapshot().healthy()).as("its heartbeats are late").isFalse();
    }

    @Test
    void aConnectorWithoutHeartbeatsThatPrintsNothingIsLookedAtAfterTheGrace() {
        feed.started(() -> true);
        trade();
        clock.forward(90_000);
        assertThat(watchdog.verdict(feed)).as("within the grace").isNull();

        clock.forward(1);
        assertThat(watchdog.verdict(feed))
                .isEqualTo("no line for 90.0 s from a connector that sends no heartbeats (limit 60.0 s)");

        feed.line();
        clock.forward(60_000);
        assertThat(watchdog.verdict(feed)).as("any line counts").isNull();
        clock.forward(1);
        assertThat(watchdog.verdict(feed)).contains("no line for 60.0 s");
    }

    @Test
    void anExchangeThatStaysLost() {
        feed.started(() -> true);
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
        feed.started(() -> true);
        status(ConnectionDown.STATUS);
        for (int i = 0; i < 40; i++) {
            clock.forward(5_000);
            trade();
            assertThat(watchdog.verdict(feed)).isNull();
        }
        assertThat(feed.snapshot().link().lost()).isTrue();
        for (int i = 0; i < 13; i++) {
            clock.forward(5_000);
            status(Heartbeat.STATUS);
        }
        assertThat(watchdog.verdict(feed)).isEqualTo("the exchange has been lost for 65.0 s (limit 60.0 s)");
    }

    @Test
    void whileTheRoutesHoldALineNoClockRuns() {
        feed.started(() -> true);
        trade();
        status(Heartbeat.STATUS);
        for (int i = 0; i < 1_000; i++) {
            clock.forward(1_000);
            feed.held();
            assertThat(watchdog.verdict(feed)).isNull();
        }
        clock.forward(15_000);
        assertThat(watchdog.verdict(feed)).as("the time starts again").isNull();
        clock.forward(1);
        assertThat(watchdog.verdict(feed)).contains("no line for 15.0 s");
        assertThat(feed.snapshot().data().ageMillis())
                .as("the age of the data is unaffected")
                .isEqualTo(1_015_001);

        feed.ended("ended");
        feed.started(() -> true);
        clock.forward(1_000_000);
        feed.held();
        clock.forward(30_000);
        assertThat(watchdog.verdict(feed)).as("nor before the first data").isNull();
        clock.forward(1);
        assertThat(watchdog.verdict(feed)).contains("no market data within");
    }

    @Test
    void anEventOfAnyChannelShowsThatTheFeedIsAlive() {
        feed.started(() -> true);
        for (int i = 0; i < 200; i++) {
            clock.forward(1_000);
            feed.line();
            feed.event(Events.snapshot("ETHUSDT", i, "1", "2"));
            assertThat(watchdog.verdict(feed)).isNull();
        }
    }

    @Test
    void silenceMattersOnlyWhereThereAreHeartbeats() {
        feed.started(() -> true);
        trade();
        clock.forward(20_000);
        assertThat(watchdog.verdict(feed)).isNull();

        status(Heartbeat.STATUS);
        clock.forward(15_000);
        assertThat(watchdog.verdict(feed)).isNull();
        clock.forward(1);
        assertThat(watchdog.verdict(feed)).contains("no line for 15.0 s", "limit 15.0 s");

        feed.ended("ended");
        feed.started(() -> true);
        trade();
        clock.forward(20_000);
        assertThat(watchdog.verdict(feed))
                .as("the new process has sent no heartbeat")
                .isNull();
    }

    @Test
    void howLongTheFeedHasBeenGood() {
        feed.started(() -> true);
        status(ConnectionUp.STATUS);
        clock.forward(60_000);
        assertThat(feed.goodMillis()).as("no evidence yet").isEqualTo(-1);
        subscribed("trades", "BTCUSDT", "sub-1");
        assertThat(feed.goodMillis()).isZero();
        clock.forward(7_000);
        status(Heartbeat.STATUS);
        assertThat(feed.goodMillis()).as("quiet, but working").isEqualTo(7_000);
        clock.forward(5_000);
        assertThat(feed.goodMillis()).as("unknown since the last heartbeat").isEqualTo(7_000);

        status(ConnectionDown.STATUS);
        assertThat(feed.goodMillis()).isEqualTo(12_000);
        clock.forward(100_000);
        status(Heartbeat.STATUS);
        assertThat(feed.goodMillis()).as("a lost exchange is not good").isEqualTo(12_000);
        status(ConnectionUp.STATUS);
        clock.forward(3_000);
        status(Heartbeat.STATUS);
        assertThat(feed.goodMillis()).as("the longest").isEqualTo(12_000);

        feed.started(() -> true);
        trade();
        clock.forward(60_000);
        assertThat(feed.goodMillis())
                .as("a connector without heartbeats is assumed to work")
                .isEqualTo(60_000);
        feed.ended("ended");
        clock.forward(60_000);
        assertThat(feed.goodMillis()).isEqualTo(60_000);
    }

    private void maintenance(FeedState of, String state, Instant begin) {
        of.line();
        of.event(new Maintenance(
                Status.Head.of("bybit", null), "m", "Upgrade", state, begin, begin.plusSeconds(3_600), null));
    }

    @Test
    void duringMaintenanceALostExchangeIsNoReasonAndAfterItTheLimitBeginsAgain() {
        Instant begin = Instant.parse("2026-06-03T12:00:00Z");
        FeedState under = new FeedState(clock, () -> begin.plusSeconds(60));
        under.started(() -> true);
        under.line();
        under.event(Events.trade("BTCUSDT", "1"));
        clock.forward(100_000);
        under.line();
        under.event(Events.status(Heartbeat.STATUS, null, null, null, null));
        under.event(Events.status(ConnectionDown.STATUS, null, null, null, "reset"));
        maintenance(under, "scheduled", begin);

        for (int second = 0; second < 600; second++) {
            clock.forward(1_000);
            under.line();
            assertThat(watchdog.verdict(under)).isNull();
        }
        maintenance(under, "completed", begin);
        clock.forward(60_000);
        under.line();
        assertThat(watchdog.verdict(under)).isNull();
        clock.forward(1);
        under.line();

        assertThat(watchdog.verdict(under)).startsWith("the exchange has been lost for 60.0 s");
    }

    @Test
    void aSilentProcessIsReplacedDuringMaintenanceToo() {
        Instant begin = Instant.parse("2026-06-03T12:00:00Z");
        FeedState under = new FeedState(clock, () -> begin);
        under.started(() -> true);
        maintenance(under, "ongoing", begin);
        under.event(Events.status(Heartbeat.STATUS, null, null, null, null));
        clock.forward(15_001);

        assertThat(watchdog.verdict(under)).startsWith("no line for 15.0 s");
    }

    @Test
    void aStartDuringMaintenanceMayTakeUntilItsEnd() {
        Instant begin = Instant.parse("2026-06-03T12:00:00Z");
        FeedState under = new FeedState(clock, () -> begin);
        maintenance(under, "ongoing", begin);
        under.started(() -> true);
        clock.forward(600_000);
        under.line();

        assertThat(watchdog.verdict(under)).isNull();
    }

    @Test
    void riskFiguresDoNotShowThatDataIsFresh() {
        feed.started(() -> true);
        feed.line();
        feed.event(new RiskEvent.PriceLimit(
                InstrumentId.of(null, "linear", "BTCUSDT"),
                Events.AT,
                BigDecimal.TEN,
                BigDecimal.ONE,
                Events.AT,
                false));

        assertThat(feed.snapshot().connected()).isFalse();
        assertThat(feed.snapshot().data().ageMillis()).isEqualTo(-1);
    }

    @Test
    void connectionThatIsReplacedUnderAnotherNameIsDownUntilItIsClosedOrAllAreOpen() {
        feed.started(() -> true);
        up("a", 2, 1);
        up("b", 2, 2);
        down("b", 2, 1);
        up("c", 3, 2);
        assertThat(feed.snapshot().link().down())
                .as("nothing tells that b is gone")
                .containsOnlyKeys("b");
        feed.event(new ConnectionClosed(Status.Head.of("c", null), info("b", 3, 2)));
        assertThat(feed.snapshot().link().down()).isEmpty();

        down("c", 2, 1);
        up("d", 2, 2);
        assertThat(feed.snapshot().link().down()).as("all are open").isEmpty();
    }

    private void up(String name, long connections, long open) {
        feed.event(new ConnectionUp(Status.Head.of("c", null), info(name, connections, open), false, false));
    }

    private void down(String name, long connections, long open) {
        feed.event(new ConnectionDown(Status.Head.of("c", "reset"), info(name, connections, open), 1L, 100L));
    }

    private static ConnectionInfo info(String name, long connections, long open) {
        return new ConnectionInfo(null, name, connections, open);
    }
}
