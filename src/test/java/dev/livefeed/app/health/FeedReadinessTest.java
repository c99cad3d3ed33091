package dev.livefeed.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.feed.FeedSnapshot;
import dev.livefeed.app.feed.Phase;
import dev.livefeed.app.feed.Subscription;
import dev.livefeed.app.feed.Subscriptions;
import dev.livefeed.app.process.Events;
import dev.livefeed.app.process.ManualClock;
import dev.livefeed.app.settings.ReadyPolicy;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.ReplayStatus.ReplayProgress;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.Statuses;
import dev.livefeed.protocol.status.Subscribed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Time-lines of readiness, on a clock that the test advances. Health is looked at each second. */
class FeedReadinessTest {

    private static final long SECOND = 1_000;

    private final ManualClock clock = new ManualClock();
    private final FeedCounters counters = new FeedCounters(clock, 50);
    private final Set<InstrumentId> unsynced = new HashSet<>();
    private Subscriptions subscriptions = new Subscriptions(Ids.configured("BTCUSDT"), List.of("trades"));
    private FeedReadiness readiness = readiness("all");
    private Phase phase = Phase.RUNNING;
    private FeedSnapshot.Link link = link(false, Map.of());
    private long started = clock.getAsLong();
    private long newest = -1;
    private final List<String> changes = new ArrayList<>();
    private boolean last;
    /** The last report of a replay; null if there is none. */
    private ReplayProgress progress;

    private long changedAt;

    private FeedReadiness readiness(String policy) {
        HealthLimits limits = new HealthLimits(
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                Duration.ofMillis(500),
                Duration.ofMinutes(2),
                new ReadyRules(ReadyPolicy.parse(policy), Duration.ofSeconds(2), Duration.ofSeconds(5)));
        return new FeedReadiness(
                counters,
                limits,
                InstrumentId::symbol,
                () -> subscriptions.confirms(),
                s -> unsynced.contains(s.instrument()) ? "book of " + s.symbol() + " is stale" : null);
    }

    /** As after a loss that is reported now. */
    private FeedSnapshot.Link link(boolean lost, Map<String, String> down) {
        long now = clock.getAsLong();
        long since = link == null || link.down().isEmpty() ? now : link.downSince();
        return new FeedSnapshot.Link(true, lost, lost ? "reset" : null, down, since, now, false);
    }

    /** Whether all instruments are halted, so that no subscription counts. */
    private boolean halted;

    private void want(String policy, String... symbols) {
        subscriptions = new Subscriptions(Ids.configured(symbols), List.of("trades"));
        readiness = readiness(policy);
    }

    private void trade(String symbol) {
        counters.event(Events.trade(symbol, "100"));
        newest = clock.getAsLong();
    }

    private Readiness look() {
        return readiness.look(snapshot(), halted ? List.of() : subscriptions.all(), false);
    }

    /** As the connector of a replay reports it. */
    private void paused(boolean now) {
        progress = new ReplayProgress(
                Status.Head.of("replay", null),
                now ? ReplayProgress.PAUSED : ReplayProgress.PLAYING,
                "1",
                null,
                null,
                null,
                null,
                Status.Extras.NONE);
        changedAt = clock.getAsLong();
    }

    private FeedSnapshot.Playback playback() {
        return progress == null
                ? FeedSnapshot.Playback.NONE
                : new FeedSnapshot.Playback(true, progress, progress.paused() ? 0 : clock.getAsLong() - changedAt);
    }

    private FeedSnapshot snapshot() {
        long now = clock.getAsLong();
        long age = newest < started ? -1 : now - newest;
        return new FeedSnapshot(
                phase,
                phase == Phase.RUNNING,
                link,
                new FeedSnapshot.Data(true, now - started, age, 0, -1, 0),
                new FeedSnapshot.Report(Heartbeat.of(Head.of("connector", null), Map.of()), Map.of(), null),
                new FeedSnapshot.Losses(0, 0, 0, null),
                false,
                playback());
    }

    @Test
    void freshMeansTheSameBetweenTwoLooks() {
        trade("BTCUSDT");
        run(60, Map.of("BTCUSDT", 12));
        clock.forward(11 * SECOND);
        assertThat(readiness.fresh(snapshot())).as("as recent as usual").isTrue();
        assertThat(look().fresh()).isTrue();

        clock.forward(20 * SECOND);
        assertThat(readiness.fresh(snapshot())).as("without a look").isFalse();
        assertThat(look().fresh()).isFalse();

        trade("BTCUSDT");
        assertThat(readiness.fresh(snapshot())).as("without a look").isTrue();
        link = link(true, Map.of("", "reset"));
        assertThat(readiness.fresh(snapshot())).as("not connected").isFalse();
    }

    private boolean ready() {
        Readiness now = look();
        return now.flowing() && now.enough();
    }

    /** Looks each second; trades come at multiples of the interval. */
    private void run(int seconds, Map<String, Integer> intervals) {
        for (int i = 1; i <= seconds; i++) {
            clock.forward(SECOND);
            int second = i;
            intervals.forEach((symbol, interval) -> {
                if (second % interval == 0) {
                    trade(symbol);
                }
            });
            boolean now = ready();
            if (now != last) {
                changes.add((now ? "ready " : "not ready ") + i);
                last = now;
            }
        }
    }

    @Test
    void aPausedReplayIsNotReadyAndItsTimeDoesNotCount() {
        run(120, Map.of("BTCUSDT", 12));
        changes.clear();
        assertThat(last).isTrue();

        paused(true);
        assertThat(readiness.fresh(snapshot())).as("without a look").isFalse();
        run(3_600, Map.of());
        assertThat(changes).containsExactly("not ready 1");
        assertThat(look().unready()).singleElement().satisfies(one -> assertThat(one.reasons())
                .containsExactly("the replay is paused"));

        paused(false);
        changes.clear();
        run(5, Map.of());
        assertThat(look().unready().stream().flatMap(one -> one.reasons().stream()))
                .as("nothing is late at once")
                .noneMatch(reason -> reason.contains("no data of"));
        run(600, Map.of("BTCUSDT", 3));
        assertThat(changes).as("it is ready, and stays so").hasSize(1).allMatch(change -> change.startsWith("ready"));
        clock.forward(25 * SECOND);
        assertThat(look().fresh())
                .as("the usual interval is not that of the pause")
                .isFalse();
    }

    @Test
    void slowInstrumentDoesNotFlap() {
        trade("BTCUSDT");
        last = ready();
        assertThat(last).isTrue();

        run(600, Map.of("BTCUSDT", 12));

        assertThat(changes).isEmpty();
    }

    /** Looks with one more instrument, whose book is not there yet. */
    private void joins(String symbol) {
        subscriptions = new Subscriptions(Ids.configured("BTCUSDT", symbol), List.of("trades"));
        unsynced.add(Ids.bare(symbol));
    }

    @Test
    void instrumentThatJoinsAReadyFeedHasTheUsualTimeForItsFirstBook() {
        run(30, Map.of("BTCUSDT", 1));
        changes.clear();

        joins("NEWUSDT");
        run(4, Map.of("BTCUSDT", 1));
        unsynced.clear();
        run(10, Map.of("BTCUSDT", 1, "NEWUSDT", 1));
        assertThat(changes).isEmpty();

        joins("OTHERUSDT");
        run(10, Map.of("BTCUSDT", 1));
        assertThat(changes).containsExactly("not ready 6");
        unsynced.clear();
        run(1, Map.of("BTCUSDT", 1, "OTHERUSDT", 1));
        assertThat(changes).as("it was never ready before").containsExactly("not ready 6", "ready 1");
    }

    @Test
    void instrumentThatJoinsAFeedThatIsNotReadyCountsAtOnce() {
        run(30, Map.of("BTCUSDT", 1));
        link = link(true, Map.of("", "reset"));
        run(3, Map.of());
        joins("NEWUSDT");
        run(3, Map.of());
        link = link(false, Map.of());
        changes.clear();

        run(30, Map.of("BTCUSDT", 1));

        assertThat(changes).isEmpty();
        assertThat(look().reasons()).containsExactly("book of NEWUSDT is stale");
    }

    @Test
    void noDataIsExpectedWhileNoInstrumentCounts() {
        trade("BTCUSDT");
        last = ready();
        halted = true;

        run(120, Map.of());

        assertThat(changes).isEmpty();
        assertThat(look().reasons()).isEmpty();
    }

    @Test
    void slowInstrumentThatStopsIsNoticedByItsOwnInterval() {
        trade("BTCUSDT");
        last = ready();
        run(120, Map.of("BTCUSDT", 12));

        run(60, Map.of());

        assertThat(changes).hasSize(1).first().asString().isIn("not ready 28", "not ready 29");
        assertThat(look().flowing()).isFalse();
    }

    @Test
    void fastInstrumentThatStopsIsNoticedAfterTheLimitAndTheDelay() {
        run(30, Map.of("BTCUSDT", 1));
        changes.clear();
        run(20, Map.of());

        assertThat(changes).containsExactly("not ready 15");
    }

    @Test
    void readyAgainAfterTheDelay() {
        run(30, Map.of("BTCUSDT", 1));
        run(20, Map.of());
        changes.clear();

        run(10, Map.of("BTCUSDT", 1));

        assertThat(changes).containsExactly("ready 3");
    }

    @Test
    void oneOutageDoesNotRaiseTheLimit() {
        run(30, Map.of("BTCUSDT", 1));
        run(60, Map.of());
        run(10, Map.of("BTCUSDT", 1));
        changes.clear();

        run(20, Map.of());

        assertThat(changes).containsExactly("not ready 15");
    }

    @Test
    void rareProbeGetsTheSameAnswer() {
        run(30, Map.of("BTCUSDT", 1));

        clock.forward(14 * SECOND);
        assertThat(ready()).isTrue();
        clock.forward(SECOND);
        assertThat(ready()).isFalse();
    }

    @Test
    void silentInstrumentAmongOthersIsNamed() {
        want("all", "BTCUSDT", "ETHUSDT", "SOLUSDT");
        run(30, Map.of("BTCUSDT", 1, "ETHUSDT", 1, "SOLUSDT", 1));
        changes.clear();

        run(30, Map.of("BTCUSDT", 1, "SOLUSDT", 1));

        assertThat(changes).containsExactly("not ready 15");
        assertThat(look().ready()).isEqualTo(2);
        assertThat(look().reasons()).containsExactly("no data of ETHUSDT for 30 s; usual are 1 s");
    }

    @Test
    void shareOfTheInstrumentsIsEnough() {
        want("60%", "BTCUSDT", "ETHUSDT", "SOLUSDT");
        refuse("SOLUSDT");
        run(30, Map.of("BTCUSDT", 1, "ETHUSDT", 1));
        assertThat(ready()).isTrue();
        assertThat(look().reasons()).isEmpty();
        assertThat(look().unready())
                .containsExactly(new Readiness.Unready("SOLUSDT", List.of("trades of SOLUSDT refused: not listed")));

        run(30, Map.of("BTCUSDT", 1));

        assertThat(ready()).isFalse();
        assertThat(look().reasons())
                .containsExactly(
                        "1 of 3 instruments is ready; READY_WHEN is 60%",
                        "no data of ETHUSDT for 30 s; usual are 1 s", "trades of SOLUSDT refused: not listed");
    }

    @Test
    void oneIsEnoughForAny() {
        want("any", "BTCUSDT", "ETHUSDT", "SOLUSDT");
        refuse("SOLUSDT");
        run(30, Map.of("BTCUSDT", 1, "ETHUSDT", 1));
        run(30, Map.of("BTCUSDT", 1));
        assertThat(ready()).isTrue();

        run(30, Map.of());

        assertThat(ready()).isFalse();
    }

    private void refuse(String symbol) {
        subscriptions.all().stream()
                .filter(s -> s.symbol().equals(symbol))
                .forEach(s -> subscriptions.failure(new Failure("not listed", null, null, null, s.id(), false)));
    }

    @Test
    void instrumentThatTradesRarelyIsJudgedBySubscriptionsOnly() {
        want("all", "BTCUSDT", "OPTION");
        trade("BTCUSDT");
        trade("OPTION");
        last = ready();

        run(1_800, Map.of("BTCUSDT", 1, "OPTION", 900));

        assertThat(changes).isEmpty();
    }

    @Test
    void instrumentWithoutAnyTradeDoesNotBlockTheOthers() {
        want("all", "BTCUSDT", "OPTION");
        trade("BTCUSDT");
        last = ready();
        assertThat(last).isTrue();

        run(60, Map.of("BTCUSDT", 1));

        assertThat(changes).isEmpty();
    }

    @Test
    void instrumentThatIsNotConfirmedAndHasNoDataIsNotReadyIfOthersAreConfirmed() {
        want("all", "BTCUSDT", "ETHUSDT");
        confirm("BTCUSDT");
        trade("BTCUSDT");
        run(60, Map.of("BTCUSDT", 1));
        assertThat(changes).isEmpty();
        assertThat(look().reasons())
                .containsExactly(
                        "trades of ETHUSDT is not confirmed by the connector, which confirmed others, and no data has "
                                + "come");

        confirm("ETHUSDT");
        run(5, Map.of("BTCUSDT", 1));

        assertThat(changes).containsExactly("ready 1");
    }

    @Test
    void dataShowsThatAnUnconfirmedSubscriptionWorks() {
        want("all", "BTCUSDT", "ETHUSDT");
        confirm("BTCUSDT");
        trade("BTCUSDT");
        assertThat(ready()).isFalse();

        trade("ETHUSDT");

        assertThat(ready()).isTrue();
    }

    @Test
    void dataOfThePreviousProcessDoesNotConfirmASubscription() {
        want("all", "BTCUSDT", "ETHUSDT");
        trade("BTCUSDT");
        trade("ETHUSDT");
        phase = Phase.RETRYING;
        ready();
        phase = Phase.RUNNING;
        clock.forward(SECOND);
        started = clock.getAsLong();
        confirm("BTCUSDT");
        trade("BTCUSDT");

        assertThat(ready()).isFalse();
        assertThat(look().unready()).extracting(Readiness.Unready::instrument).containsExactly("ETHUSDT");
    }

    @Test
    void unconfirmedChannelThatMayBeSilentCountsToo() {
        subscriptions = new Subscriptions(Ids.configured("BTCUSDT", "ETHUSDT"), List.of("liquidations"));
        readiness = readiness("all");
        assertThat(look().wanted()).isZero();

        confirm("BTCUSDT");

        assertThat(look().reasons())
                .containsExactly(
                        "liquidations of ETHUSDT is not confirmed by the connector, which confirmed others, and no "
                                + "data has come");
    }

    private void confirm(String symbol) {
        subscriptions.all().stream()
                .filter(s -> s.symbol().equals(symbol))
                .forEach(s -> subscriptions.status(
                        Statuses.of("subscribed", null, symbol, s.channel(), s.id(), null, Map.of())));
    }

    @Test
    void shortResyncOfABookDoesNotCount() {
        run(30, Map.of("BTCUSDT", 1));
        changes.clear();
        unsynced.add(Ids.bare("BTCUSDT"));
        run(4, Map.of("BTCUSDT", 1));
        unsynced.clear();
        run(10, Map.of("BTCUSDT", 1));
        assertThat(changes).isEmpty();

        unsynced.add(Ids.bare("BTCUSDT"));
        run(10, Map.of("BTCUSDT", 1));

        assertThat(changes).containsExactly("not ready 6");
        assertThat(look().reasons()).containsExactly("book of BTCUSDT is stale");
    }

    @Test
    void lostExchangeCountsAtOnceAndANewProcessStartsAnew() {
        run(30, Map.of("BTCUSDT", 1));
        changes.clear();
        link = link(true, Map.of());
        assertThat(ready()).isFalse();

        link = link(false, Map.of());
        trade("BTCUSDT");
        assertThat(ready()).isFalse();
        assertThat(look().reasons()).singleElement().asString().contains("not yet for READY_AFTER (2.0 s)");
        clock.forward(2 * SECOND);
        assertThat(ready()).isTrue();

        phase = Phase.RETRYING;
        assertThat(ready()).isFalse();
        phase = Phase.RUNNING;
        clock.forward(SECOND);
        started = clock.getAsLong();
        assertThat(ready()).as("no data of this process").isFalse();
        trade("BTCUSDT");
        assertThat(ready()).isTrue();
    }

    @Test
    void outageOfAConnectionIsNoUsualInterval() {
        run(30, Map.of("BTCUSDT", 1));
        for (int i = 0; i < 3; i++) {
            link = link(false, Map.of("linear-1", "reset"));
            run(60, Map.of());
            trade("BTCUSDT");
            ready();
            link = link(false, Map.of());
            run(10, Map.of("BTCUSDT", 1));
        }
        changes.clear();

        run(20, Map.of());

        assertThat(changes).containsExactly("not ready 15");
    }

    /** Subscribed by the commands sub-1, sub-2 and so on, in the order of symbols and channels. */
    private void confirm(int command, String connection) {
        Subscription s = subscriptions.all().get(command - 1);
        Map<String, Object> details = connection == null ? Map.of() : Map.of("connection", connection);
        subscriptions.status(Statuses.of(Subscribed.STATUS, null, s.symbol(), s.channel(), s.id(), null, details));
    }

    private void down(String... connections) {
        Map<String, String> down = new TreeMap<>();
        for (String connection : connections) {
            down.put(connection, "reset");
        }
        link = link(false, down);
    }

    private static List<Readiness.Unready> eth(String... connections) {
        return List.of(new Readiness.Unready(
                "ETHUSDT",
                List.of(connections).stream()
                        .map(name -> "connection " + name + " is down: reset")
                        .toList()));
    }

    @ParameterizedTest
    @CsvSource({
        "all, trades, linear-2, false",
        "any, trades, linear-2, true",
        "50%, trades, linear-2, true",
        "60%, trades, linear-2, false",
        "any, depth, linear-2, true",
        "any, trades depth, linear-2 linear-2, true",
        "any, trades depth, linear-2 linear-3, true",
        "any, trades depth, linear-3 linear-2, true",
        "any, kline.1m, linear-2, true",
        "any, ticker, linear-2, true",
        "any, trades liquidations, linear-3 linear-2, true"
    })
    void instrumentOfAConnectionThatIsDownIsNotReadyWhateverThePolicy(
            String policy, String channels, String connections, boolean enough) {
        List<String> all = List.of(channels.split(" "));
        subscriptions = new Subscriptions(Ids.configured("BTCUSDT", "ETHUSDT"), all);
        readiness = readiness(policy);
        String[] carriers = connections.split(" ");
        for (int i = 0; i < all.size(); i++) {
            confirm(1 + i, "linear-1");
            confirm(1 + all.size() + i, carriers[i]);
        }
        run(30, Map.of("BTCUSDT", 1));
        assertThat(look().ready()).isEqualTo(2);

        down("linear-2");
        run(1, Map.of("BTCUSDT", 1));

        Readiness lost = look();
        assertThat(lost.unready()).isEqualTo(eth("linear-2"));
        assertThat(lost.ready()).isOne();
        assertThat(lost.flowing()).isTrue();
        assertThat(lost.enough()).isEqualTo(enough);

        down();
        assertThat(look().ready()).as("not before READY_AFTER").isOne();
        run(3, Map.of("BTCUSDT", 1));
        assertThat(look().ready()).isEqualTo(2);
    }

    @Test
    void severalConnectionsThatAreDownAreNamedOnce() {
        subscriptions = new Subscriptions(Ids.configured("BTCUSDT", "ETHUSDT"), List.of("trades", "depth", "ticker"));
        readiness = readiness("any");
        for (int command = 1; command <= 3; command++) {
            confirm(command, "linear-1");
        }
        confirm(4, "linear-2");
        confirm(5, "linear-2");
        confirm(6, "linear-3");
        run(30, Map.of("BTCUSDT", 1));

        down("linear-2", "linear-3", "linear-4");

        assertThat(look().unready()).isEqualTo(eth("linear-2", "linear-3"));
    }

    private static final String DOWN =
            "connection a is down: reset; it may carry trades of ETHUSDT: no data since then";

    @Test
    void instrumentOfUnnamedConnectionsStaysReadyWhileItsDataGoesOn() {
        want("any", "BTCUSDT", "ETHUSDT");
        run(60, Map.of("BTCUSDT", 1, "ETHUSDT", 4));
        for (int losses = 0; losses < 5; losses++) {
            down("a");
            assertThat(look().ready()).isEqualTo(2);
            run(2, Map.of("BTCUSDT", 1));
            down();
            run(4, Map.of("BTCUSDT", 1, "ETHUSDT", 4));
            assertThat(look().unready()).isEmpty();
        }
        assertThat(changes).hasSize(1);
    }

    @Test
    void instrumentOfUnnamedConnectionsWithoutDataIsNotReadyUntilItsNextEvent() {
        want("any", "BTCUSDT", "ETHUSDT");
        run(30, Map.of("BTCUSDT", 1, "ETHUSDT", 1));
        down("a");

        run(14, Map.of("BTCUSDT", 1));
        assertThat(look().unready()).isEmpty();
        run(1, Map.of("BTCUSDT", 1));
        assertThat(look().unready())
                .containsExactly(
                        new Readiness.Unready("ETHUSDT", List.of("no data of ETHUSDT for 15 s; usual are 1 s", DOWN)));
        run(3, Map.of("BTCUSDT", 1, "ETHUSDT", 1));
        assertThat(look().ready())
                .as("an event shows that its connection is open")
                .isEqualTo(2);
    }

    @Test
    void quietInstrumentOfUnnamedConnectionsIsNotReadyAfterTheLimit() {
        want("any", "BTCUSDT", "ETHUSDT");
        run(60, Map.of("BTCUSDT", 1));
        assertThat(look().ready()).as("a quiet instrument is ready").isEqualTo(2);
        down("a");

        run(14, Map.of("BTCUSDT", 1));
        assertThat(look().ready()).isEqualTo(2);
        run(1, Map.of("BTCUSDT", 1));
        assertThat(look().unready()).containsExactly(new Readiness.Unready("ETHUSDT", List.of(DOWN)));

        down();
        run(3, Map.of("BTCUSDT", 1));
        assertThat(look().ready()).isEqualTo(2);
    }

    @Test
    void channelOfUnnamedConnectionsIsJudgedByItsOwnInterval() {
        subscriptions = new Subscriptions(Ids.configured("ETHUSDT"), List.of("trades", "depth"));
        readiness = readiness("any");
        Runnable second = () -> {
            clock.forward(SECOND);
            counters.event(Events.snapshot("ETHUSDT", 1, "99", "101"));
            look();
        };
        for (int i = 0; i < 600; i++) {
            second.run();
            if (i % 60 == 0) {
                trade("ETHUSDT");
            }
        }
        assertThat(look().ready()).isOne();
        down("a");

        for (int i = 0; i < 110; i++) {
            second.run();
        }
        assertThat(look().unready()).as("within twice its usual interval").isEmpty();
        for (int i = 0; i < 6; i++) {
            second.run();
        }
        assertThat(look().unready()).containsExactly(new Readiness.Unready("ETHUSDT", List.of(DOWN)));
    }

    @Test
    void instrumentOfUnnamedConnectionsIsNotReadyAgainBeforeItHasDataIfOneStaysDown() {
        want("any", "BTCUSDT", "ETHUSDT");
        run(30, Map.of("BTCUSDT", 1, "ETHUSDT", 1));
        link = link(true, Map.of("a", "reset", "b", "reset"));
        assertThat(look().ready()).isZero();
        link = link(false, Map.of("a", "reset"));

        run(5, Map.of("BTCUSDT", 1));

        assertThat(look().unready()).containsExactly(new Readiness.Unready("ETHUSDT", List.of(DOWN)));
    }

    @Test
    void lossOfAnotherConnectionDoesNotTouchWhatIsLearnedOfTheRest() {
        subscriptions = new Subscriptions(Ids.configured("BTCUSDT", "ETHUSDT"), List.of("trades"));
        readiness = readiness("any");
        confirm(1, "linear-1");
        confirm(2, "linear-2");
        down("linear-2");
        run(30, Map.of("BTCUSDT", 1));
        changes.clear();

        run(20, Map.of());

        assertThat(changes).containsExactly("not ready 15");
    }

    @Test
    void subscribedThatMatchesNothingLeavesNoneUnconfirmed() {
        want("all", "BTCUSDT", "ETHUSDT");
        subscriptions.status(Events.status(Subscribed.STATUS, null, null, null, null));
        subscriptions.status(Events.status(Subscribed.STATUS, null, null, "own-1", null));
        subscriptions.status(Events.status(Subscribed.STATUS, "trades", "SOLUSDT", null, null));
        trade("BTCUSDT");

        assertThat(ready()).isTrue();
    }

    @Test
    void channelThatMayBeSilentForDaysCountsWhileItsConnectionIsDown() {
        subscriptions = new Subscriptions(Ids.configured("BTCUSDT", "ETHUSDT"), List.of("liquidations"));
        readiness = readiness("any");
        confirm(1, "linear-1");
        confirm(2, "linear-2");
        assertThat(look().wanted()).isZero();

        down("linear-1");
        assertThat(look().unready())
                .containsExactly(new Readiness.Unready("BTCUSDT", List.of("connection linear-1 is down: reset")));

        down();
        assertThat(look().wanted()).isZero();
    }

    @Test
    void baseCoinIsOnTheConnectionsOfItsContracts() {
        InstrumentId coin = InstrumentId.of(null, "option", "BTC");
        subscriptions = new Subscriptions(new Instruments(null, "option", List.of(coin)), List.of("ticker"));
        readiness = readiness("any");
        confirm(1, null);
        for (int n = 1; n <= 3; n++) {
            subscriptions.status(Statuses.of(
                    Subscribed.STATUS,
                    null,
                    "BTC-27NOV26-" + n + "-C",
                    "ticker",
                    null,
                    null,
                    Map.of("category", "option", "connection", "option-" + n)));
        }

        down("option-3");
        assertThat(look().unready())
                .containsExactly(new Readiness.Unready("BTC", List.of("connection option-3 is down: reset")));
        down("option-4");
        assertThat(look().ready()).as("none of its own is down").isOne();

        subscriptions.ask();
        assertThat(subscriptions.all().get(0).connections())
                .as("of the next process nothing is known")
                .isEmpty();
    }

    @Test
    void listOfReasonsIsBounded() {
        String[] symbols = new String[300];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = "A" + i + "USDT";
        }
        want("any", symbols);
        for (Subscription subscription : subscriptions.all()) {
            subscriptions.failure(new Failure("no", "refused", null, null, subscription.id(), false));
        }
        trade("A0USDT");

        Readiness now = look();

        assertThat(now.wanted()).isEqualTo(300);
        assertThat(now.ready()).isZero();
        assertThat(now.unready()).hasSize(Readiness.MAX_LISTED);
        assertThat(now.reasons())
                .hasSize(Readiness.MAX_LISTED + 2)
                .startsWith("0 of 300 instruments are ready; READY_WHEN is any")
                .endsWith("and 100 more instruments are not ready");
    }
}
