package dev.livefeed.connector.bybit.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.livefeed.connector.bybit.FeedHarness;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.TradingPhase;
import dev.livefeed.protocol.status.ConnectorLimit;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Unsubscribed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Instruments before their launch, in an auction, halted, delivered, delisted and listed again. */
class InstrumentLifecycleTest {

    private static final String BTC = "BTCUSDT";
    private static final String GONE = "GONEUSDT";

    /** What the venue lists now, by symbol. */
    private final Map<String, String> listed = new LinkedHashMap<>();

    /** Symbols that are only found if they are asked for by themselves. */
    private final Set<String> alone = new HashSet<>();

    private FeedHarness feed = open();
    private long update = 1_000;
    private int lookUps;
    private int lists;

    private static FeedHarness open(String... environment) {
        FeedHarness harness = FeedHarness.open(environment);
        harness.answersInstrumentLists = true;
        return harness;
    }

    @ParameterizedTest
    @CsvSource({
        "Trading,'',TRADING",
        "'','',TRADING",
        "PreLaunch,'',PRE_LAUNCH",
        "PreLaunch,NotStarted,PRE_LAUNCH",
        "PreLaunch,CallAuction,AUCTION",
        "PreLaunch,CallAuctionNoCancel,AUCTION",
        "PreLaunch,CrossTrading,AUCTION",
        "PreLaunch,ContinuousTrading,TRADING",
        "PreLaunch,Finished,TRADING",
        "Delivering,'',DELIVERING",
        "Closed,'',CLOSED",
        "Settling,'',HALTED",
        "Break,'',HALTED"
    })
    void theVenuesWordsMeanAPhase(String status, String auction, TradingPhase phase) {
        assertThat(InstrumentPage.phase(status, auction)).isEqualTo(phase);
    }

    @ParameterizedTest
    @CsvSource({"PreLaunch,''", "PreLaunch,CallAuction", "Suspended,''", "Delivering,''"})
    void aBookWithoutDataInItsPhaseNeverAsksAgainNorReconnects(String status, String auction) {
        list(BTC, "Trading");
        listed.put(GONE, row(GONE, status, auction, 0, 0));
        subscribe(BTC);
        subscribe(GONE);
        live(Duration.ofMinutes(6), BTC);

        assertThat(feed.network.opened).hasSize(1);
        assertThat(feed.lines.statuses(Resyncing.STATUS)).isEmpty();
        assertThat(feed.lines.statuses("silent")).isEmpty();
        assertThat(feed.network.sent()).noneMatch(text -> text.contains(GONE));
    }

    @Test
    void theBookIsAskedForAsSoonAsTradingBegins() {
        list(BTC, "Trading");
        long launch = feed.time.micros() / 1_000 + 30_000;
        listed.put(GONE, row(GONE, "PreLaunch", "CallAuction", 0, launch));
        subscribe(BTC);
        subscribe(GONE);
        live(Duration.ofSeconds(29), BTC);
        assertThat(feed.lines.statuses("instrument"))
                .filteredOn(status -> status.symbol().equals(GONE))
                .extracting(status -> status.details().get("phase"))
                .containsExactly("auction");

        list(GONE, "Trading");
        feed.network.sent();
        live(Duration.ofSeconds(12), BTC);

        assertThat(feed.lines.statuses("instrument"))
                .filteredOn(status -> status.symbol().equals(GONE))
                .extracting(status -> status.details().get("phase"))
                .containsExactly("auction", "trading");
        assertThat(feed.lines.statuses(Resyncing.STATUS))
                .extracting(Status::symbol)
                .containsOnly(GONE);
        assertThat(feed.network.opened).as("the link of the others stays").hasSize(1);
    }

    @Test
    void aBookThatNeverHadDataDoesNotReconnectTheOthersEvenWithoutAInstrumentList() {
        feed.answersInstrumentLists = false;
        feed.command(Kind.SUBSCRIBE, "depth", BTC, "c-1");
        feed.command(Kind.SUBSCRIBE, "depth", GONE, "c-2");
        live(Duration.ofMinutes(3), BTC);

        assertThat(feed.network.opened).hasSize(1);
        assertThat(feed.lines.statuses("degraded")).extracting(Status::symbol).containsExactly(GONE);
    }

    @Test
    void whatIsListedAsClosedHasEndedAndIsUnsubscribed() {
        list(BTC, "Trading");
        list(GONE, "Trading");
        subscribe(BTC);
        subscribe(GONE);
        live(Duration.ofSeconds(2), BTC, GONE);
        feed.network.sent();

        list(GONE, "Closed");
        hour(BTC);

        assertThat(ended()).containsExactly(GONE);
        assertThat(feed.network.opened).hasSize(1);
        assertThat(feed.lines.statuses(InstrumentEnded.STATUS).get(0).details())
                .containsEntry("trading_status", "Closed");
    }

    @Test
    void whatIsClosedWithoutAnAnnouncementHasEndedHalfAMinuteAfterItsLastData() {
        list(BTC, "Trading");
        list(GONE, "Trading");
        subscribe(BTC);
        subscribe(GONE);
        live(Duration.ofSeconds(20), BTC, GONE);

        list(GONE, "Closed");
        live(Duration.ofSeconds(30), BTC);

        assertThat(ended()).containsExactly(GONE);
        assertThat(feed.network.opened).hasSize(1);
    }

    @Test
    void manyInstrumentsThatBecomeQuietLeadToFewRequestsAndToNothingElse() {
        List<String> quiet = new ArrayList<>();
        list(BTC, "Trading");
        subscribe(BTC);
        for (int i = 0; i < 20; i++) {
            quiet.add("Q" + i + "USDT");
            list(quiet.get(i), "Trading");
            subscribe(quiet.get(i));
        }
        List<String> all = new ArrayList<>(quiet);
        all.add(BTC);
        live(Duration.ofSeconds(20), all.toArray(String[]::new));
        feed.network.sent();
        feed.lines.next();
        lists = 0;

        for (int i = 0; i < 20; i++) {
            // One after the other.
            all.remove(0);
            live(Duration.ofSeconds(3), all.toArray(String[]::new));
        }
        live(Duration.ofMinutes(3), BTC);

        // Each takes one request for each of the statuses that the venue lists by themselves.
        int requestsOfOneList = 4;
        assertThat(lists / requestsOfOneList).isBetween(3, 20);
        assertThat(feed.network.opened).hasSize(1);
        assertThat(feed.network.sent()).noneMatch(text -> text.contains("subscribe"));
        assertThat(feed.lines.statuses(InstrumentEnded.STATUS)).isEmpty();
    }

    @Test
    void whatVanishesFromOneInstrumentListOnlyHasNotEnded() {
        list(BTC, "Trading");
        list(GONE, "Trading");
        subscribe(BTC);
        subscribe(GONE);
        live(Duration.ofSeconds(2), BTC, GONE);

        listed.remove(GONE);
        hour(BTC, GONE);
        list(GONE, "Trading");
        live(Duration.ofMinutes(3), BTC, GONE);
        assertThat(ended()).isEmpty();
    }

    @Test
    void whatStillSendsDataHasNotEndedEvenIfNoInstrumentListHasIt() {
        list(BTC, "Trading");
        list(GONE, "Trading");
        subscribe(BTC);
        subscribe(GONE);
        listed.remove(GONE);
        hour(BTC, GONE);
        live(Duration.ofMinutes(5), BTC, GONE);
        assertThat(ended()).isEmpty();

        live(Duration.ofMinutes(3), BTC);
        assertThat(ended()).containsExactly(GONE);
        assertThat(feed.network.opened).hasSize(1);
    }

    @Test
    void aRefusedTopicOfAnInstrumentThatVanishedHasEndedAtOnceAndItIsSubscribedWhenListedAgain() {
        list(BTC, "Trading");
        list(GONE, "Trading");
        subscribe(BTC);
        subscribe(GONE);
        live(Duration.ofSeconds(10), BTC, GONE);

        listed.remove(GONE);
        feed.disconnect();
        feed.pass(Duration.ofSeconds(2));
        feed.connect();
        refusing(GONE);
        live(Duration.ofSeconds(10), BTC);
        assertThat(ended()).containsExactly(GONE);

        list(GONE, "Trading");
        feed.lines.next();
        hour(BTC);
        live(Duration.ofSeconds(2), BTC, GONE);
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .filteredOn(status -> GONE.equals(status.symbol()))
                .extracting(Status::channel)
                .containsExactlyInAnyOrder("depth", "trades");
    }

    @Test
    void aTopicRefusedBeforeTheLaunchIsSubscribedAtTheLaunch() {
        list(BTC, "Trading");
        listed.put(GONE, row(GONE, "PreLaunch", "", 0, feed.time.micros() / 1_000 + 90_000));
        feed.command(Kind.SUBSCRIBE, "trades", BTC, "c-1");
        feed.command(Kind.SUBSCRIBE, "trades", GONE, "c-2");
        answerInstrumentLists();
        refusing(GONE);
        assertThat(feed.lines.failures()).extracting(Failure::symbol).contains(GONE);
        live(Duration.ofSeconds(80), BTC);
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::symbol)
                .doesNotContain(GONE);

        list(GONE, "Trading");
        live(Duration.ofSeconds(15), BTC);
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::symbol)
                .contains(GONE);
    }

    /** The streams of the venue know it later than its list. */
    @Test
    void aTopicRefusedAfterTheLaunchIsSubscribedAgainUntilItIsAccepted() {
        list(BTC, "Trading");
        listed.put(GONE, row(GONE, "PreLaunch", "", 0, feed.time.micros() / 1_000 + 30_000));
        feed.command(Kind.SUBSCRIBE, "trades", BTC, "c-1");
        feed.command(Kind.SUBSCRIBE, "trades", GONE, "c-2");
        answerInstrumentLists();
        refusing(GONE);
        live(Duration.ofSeconds(25), BTC);

        list(GONE, "Trading");
        List<Long> refusals = refusals(GONE, Duration.ofMinutes(2));
        assertThat(refusals).hasSizeBetween(4, 6);
        for (int i = 2; i < refusals.size(); i++) {
            assertThat(refusals.get(i) - refusals.get(i - 1))
                    .isGreaterThan(3 * (refusals.get(i - 1) - refusals.get(i - 2)) / 2);
        }
        assertThat(feed.network.opened).as("the link of the others stays").hasSize(1);

        live(Duration.ofMinutes(3), BTC);
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .filteredOn(status -> GONE.equals(status.symbol()))
                .hasSize(1);
    }

    @Test
    void whatIsNotWantedAnyMoreIsNotSubscribedAgainAfterARefusal() {
        list(BTC, "Trading");
        list(GONE, "Trading");
        feed.command(Kind.SUBSCRIBE, "trades", BTC, "c-1");
        feed.command(Kind.SUBSCRIBE, "trades", GONE, "c-2");
        answerInstrumentLists();
        refusing(GONE);
        feed.command(Kind.UNSUBSCRIBE, "trades", GONE, "c-3");

        assertThat(refusals(GONE, Duration.ofMinutes(2))).isEmpty();
    }

    @Test
    void aTopicThatIsRefusedAfterItWasUnsubscribedIsNotSubscribedAgain() {
        list(BTC, "Trading");
        list(GONE, "Trading");
        subscribe(BTC);
        feed.accept();
        feed.command(Kind.SUBSCRIBE, "trades", GONE, "c-3");
        feed.command(Kind.UNSUBSCRIBE, "trades", GONE, "c-4");
        refusing(GONE);

        assertThat(feed.lines.failures())
                .extracting(Failure::id, Failure::error)
                .containsExactly(tuple("c-3", "unsubscribed before it took effect"));
        assertThat(feed.lines.statuses(Unsubscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-4");
        assertThat(refusals(GONE, Duration.ofMinutes(2))).isEmpty();
    }

    /** Refuses the trades of the symbol for that long; returns the seconds at which they were asked for. */
    private List<Long> refusals(String symbol, Duration duration) {
        List<Long> at = new ArrayList<>();
        long end = feed.time.nanos() + duration.toNanos();
        while (feed.time.nanos() - end < 0) {
            feed.answerPings(Duration.ofMillis(500));
            answerInstrumentLists();
            for (String text : feed.network.sent()) {
                if (text.contains("\"subscribe\"") && text.contains(symbol)) {
                    at.add(feed.time.nanos() / 1_000_000_000L);
                    feed.refuse(text, "error:handler not found,topic:publicTrade." + symbol);
                } else {
                    feed.accept(text);
                }
            }
            feed.receive(feed.trade(BTC, "t-" + feed.time.micros() + BTC));
        }
        return at;
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "inverse"})
    void whatWasClosedBeforeTheStartHasEnded(String category) {
        feed = open("BYBIT_CATEGORY", category);
        list(BTC, "Trading");
        list(GONE, "Closed");
        alone.add(GONE);
        subscribe(GONE);
        subscribe(BTC);
        for (int i = 0; i < 10; i++) {
            answerInstrumentLists();
        }

        assertThat(ended()).containsExactly(GONE);
        assertThat(feed.lines.statuses(InstrumentEnded.STATUS).get(0).reason())
                .isEqualTo("the venue lists it as Closed");
        assertThat(feed.lines.failures())
                .extracting(Failure::id, Failure::error)
                .containsExactlyInAnyOrder(
                        tuple("t-" + GONE, "it has ended: the venue lists it as Closed"),
                        tuple("d-" + GONE, "it has ended: the venue lists it as Closed"));
        assertThat(feed.network.sent()).noneMatch(text -> text.contains(GONE)).anyMatch(text -> text.contains(BTC));

        live(Duration.ofMinutes(1), BTC);
        hour(BTC);
        assertThat(feed.network.sent()).noneMatch(text -> text.contains(GONE));
        assertThat(ended()).as("told once").containsExactly(GONE);

        list(GONE, "Trading");
        alone.clear();
        feed.lines.next();
        hour(BTC);
        live(Duration.ofSeconds(2), BTC, GONE);
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .as("listed again")
                .filteredOn(status -> GONE.equals(status.symbol()))
                .extracting(Status::channel)
                .containsExactlyInAnyOrder("depth", "trades");
    }

    @Test
    void aContractThatWasDeliveredBeforeTheStartHasEndedWithItsTime() {
        feed = open("BYBIT_CATEGORY", "option");
        long delivery = feed.time.micros() / 1_000 - 86_400_000;
        listed.put("BTC-25DEC26-70000-C", row("BTC-25DEC26-70000-C", "Trading", "", 0, 0));
        listed.put("BTC-24NOV26-70000-C", row("BTC-24NOV26-70000-C", "Closed", "", delivery, 0));
        alone.add("BTC-24NOV26-70000-C");
        feed.command(Kind.SUBSCRIBE, "trades", "BTC-24NOV26-70000-C", "c-1");
        feed.command(Kind.SUBSCRIBE, "ticker", "BTC-24NOV26-70000-C", "c-2");
        feed.command(Kind.SUBSCRIBE, "trades", "BTC-25DEC26-70000-C", "c-3");
        for (int i = 0; i < 10; i++) {
            answerInstrumentLists();
        }

        assertThat(ended()).containsExactly("BTC-24NOV26-70000-C");
        assertThat(feed.lines.statuses(InstrumentEnded.STATUS).get(0).reason())
                .contains("it was delivered at " + Instant.ofEpochMilli(delivery));
        assertThat(feed.lines.failures()).extracting(Failure::id).containsExactlyInAnyOrder("c-1", "c-2");
    }

    @Test
    void whatIsOnlyFoundByItselfWaitsInItsPhase() {
        list(BTC, "Trading");
        list(GONE, "Settling");
        alone.add(GONE);
        subscribe(BTC);
        subscribe(GONE);
        live(Duration.ofMinutes(3), BTC);

        assertThat(feed.lines.failures()).isEmpty();
        assertThat(feed.lines.statuses("instrument"))
                .filteredOn(status -> status.symbol().equals(GONE))
                .extracting(status -> status.details().get("phase"))
                .containsExactly("halted");
        assertThat(feed.lines.statuses(Resyncing.STATUS)).isEmpty();
        assertThat(feed.network.opened).hasSize(1);

        list(GONE, "Closed");
        hour(BTC);
        live(Duration.ofMinutes(3), BTC);
        assertThat(ended()).containsExactly(GONE);
    }

    @Test
    void whatExistsNowhereIsRefusedAndSubscribedOnceItIsListed() {
        list(BTC, "Trading");
        subscribe(BTC);
        subscribe(GONE);
        for (int i = 0; i < 10; i++) {
            answerInstrumentLists();
        }
        assertThat(feed.lines.failures())
                .extracting(Failure::error)
                .containsExactly("linear has no instrument " + GONE, "linear has no instrument " + GONE);
        assertThat(ended()).isEmpty();
        live(Duration.ofMinutes(5), BTC);
        assertThat(feed.network.sent()).noneMatch(text -> text.contains(GONE));
        assertThat(feed.lines.failures()).hasSize(2);

        list(GONE, "Trading");
        hour(BTC);
        live(Duration.ofSeconds(2), BTC, GONE);
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .filteredOn(status -> GONE.equals(status.symbol()))
                .extracting(Status::channel)
                .containsExactlyInAnyOrder("depth", "trades");
    }

    @Test
    void manyUnknownSymbolsWaitTogetherAndALateAnswerStillEndsThem() {
        list(BTC, "Trading");
        subscribe(BTC);
        for (int i = 0; i < 30; i++) {
            feed.command(Kind.SUBSCRIBE, "trades", "OLD" + i + "USDT", "o-" + i);
        }
        feed.pass(Duration.ofMillis(2_500));
        assertThat(feed.lines.failures())
                .as("refused after the wait of about a second")
                .hasSize(30);

        for (int i = 0; i < 30; i++) {
            list("OLD" + i + "USDT", "Closed");
            alone.add("\"OLD" + i + "USDT\"");
        }
        for (int i = 0; i < 20; i++) {
            answerInstrumentLists();
            feed.pass(Duration.ofMillis(100));
        }
        assertThat(ended()).hasSize(30);
    }

    @Test
    void manyUnknownSymbolsKeepTheirHintsAndAreLookedUpLessAndLess() {
        list(BTC, "Trading");
        list(GONE, "PreLaunch");
        subscribe(BTC);
        subscribe(GONE);
        for (int i = 0; i < 60; i++) {
            feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT" + i, "t-" + i);
            feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT" + i, "d-" + i);
        }
        feed.pass(Duration.ofMillis(2_500));
        assertThat(feed.lines.failures())
                .hasSize(120)
                .extracting(Failure::error)
                .allMatch(text -> text.endsWith("; did you mean BTCUSDT?"));

        live(Duration.ofMinutes(10), BTC);
        assertThat(lookUps)
                .as("each at once and after about 1, 3 and 7 minutes, in four requests")
                .isBetween(60 * 3 * 4, 60 * 4 * 4);
        live(Duration.ofMinutes(20), BTC);
        assertThat(lookUps).as("and after about 15 minutes").isBetween(60 * 4 * 4, 60 * 5 * 4);
        assertThat(feed.lines.failures()).hasSize(120);
    }

    @Test
    void aRefusalByTheVenueHasTheHintToo() {
        list(BTC, "Trading");
        subscribe(BTC);
        live(Duration.ofSeconds(70), BTC);
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSD", "t-1");
        feed.pass(Duration.ofSeconds(2));

        refusing("BTCUSD\"");

        assertThat(feed.lines.failures())
                .extracting(Failure::error)
                .containsExactly("error:handler not found,topic:publicTrade.BTCUSD; did you mean BTCUSDT?");
    }

    @Test
    void eachContractOfABaseCoinEndsAtItsDelivery() {
        feed = open("BYBIT_CATEGORY", "option");
        long delivery = feed.time.micros() / 1_000 + 100_000;
        listed.put("BTC-27NOV26-70000-C", row("BTC-27NOV26-70000-C", "Trading", "", delivery, 0));
        listed.put("BTC-25DEC26-70000-C", row("BTC-25DEC26-70000-C", "Trading", "", delivery * 2, 0));
        feed.command(Kind.SUBSCRIBE, "trades", "BTC", "c-1");
        answerInstrumentLists();
        live(Duration.ofSeconds(95));
        assertThat(ended()).isEmpty();

        listed.remove("BTC-27NOV26-70000-C");
        live(Duration.ofSeconds(20));

        assertThat(ended()).containsExactly("BTC-27NOV26-70000-C");
        assertThat(feed.lines.statuses(InstrumentEnded.STATUS).get(0).details())
                .containsEntry("category", "option")
                .containsEntry("delivery_time", Instant.ofEpochMilli(delivery).toString());
        assertThat(feed.network.sent())
                .as("the topic of the coin stays")
                .noneMatch(text -> text.contains("unsubscribe"));
    }

    @Test
    void tradesHeldForARepairAndItsGapComeBeforeTheEnd() {
        list(BTC, "Trading");
        listed.put(GONE, row(GONE, "Trading", "", feed.time.micros() / 1_000 + 15_000, 0));
        subscribe(BTC);
        subscribe(GONE);
        live(Duration.ofSeconds(10), BTC, GONE);
        listed.remove(GONE);
        feed.disconnect();
        feed.pass(Duration.ofSeconds(2));
        feed.connect();
        feed.accept();
        feed.receive(feed.trade(GONE, "held"));
        assertThat(feed.lines.trades()).extracting(Trade::id).doesNotContain("held");

        for (int i = 0; i < 120 && ended().isEmpty(); i++) { // REST does not answer
            feed.answerPings(Duration.ofMillis(500));
            answerInstrumentLists();
        }

        List<Event> all = feed.lines.events();
        int end = all.indexOf(feed.lines.statuses(InstrumentEnded.STATUS).get(0));
        assertThat(all.subList(0, end))
                .anyMatch(event -> event instanceof Trade trade && trade.id().equals("held"))
                .anyMatch(event -> event instanceof Gap gap && gap.symbol().equals(GONE));
        assertThat(all.subList(end, all.size()))
                .noneMatch(
                        event -> event instanceof Trade trade && trade.symbol().equals(GONE))
                .noneMatch(event -> event instanceof Gap);
    }

    @Test
    void aContractThatIsSubscribedByItselfEndsEvenIfItsBaseCoinWasUnsubscribed() {
        feed = open("BYBIT_CATEGORY", "option");
        long delivery = feed.time.micros() / 1_000 + 50_000;
        listed.put("BTC-27NOV26-70000-C", row("BTC-27NOV26-70000-C", "Trading", "", delivery, 0));
        listed.put("BTC-27NOV26-70000-P", row("BTC-27NOV26-70000-P", "Trading", "", delivery, 0));
        feed.command(Kind.SUBSCRIBE, "depth", "BTC-27NOV26-70000-C", "c-1");
        feed.command(Kind.SUBSCRIBE, "trades", "BTC", "c-2");
        answerInstrumentLists();
        feed.command(Kind.UNSUBSCRIBE, "trades", "BTC", "u-1");

        listed.clear();
        live(Duration.ofSeconds(60));

        assertThat(ended()).containsExactly("BTC-27NOV26-70000-C");
    }

    @Test
    void aContractThatEndsBeforeItsTradesAreSubscribedIsRefusedEvenIfItsBaseCoinIsWanted() {
        feed = open("BYBIT_CATEGORY", "option");
        long delivery = feed.time.micros() / 1_000 + 5_000;
        listed.put("BTC-27NOV26-70000-C", row("BTC-27NOV26-70000-C", "Trading", "", delivery, 0));
        listed.put("BTC-25DEC26-70000-C", row("BTC-25DEC26-70000-C", "Trading", "", delivery * 2, 0));
        feed.command(Kind.SUBSCRIBE, "trades", "BTC-27NOV26-70000-C", "c-1");
        feed.command(Kind.SUBSCRIBE, "trades", "BTC", "c-2");
        answerInstrumentLists();

        listed.remove("BTC-27NOV26-70000-C");
        for (int i = 0; i < 120 && ended().isEmpty(); i++) { // the venue answers no subscription
            feed.answerPings(Duration.ofMillis(500));
            answerInstrumentLists();
        }
        live(Duration.ofSeconds(30));

        assertThat(ended()).containsExactly("BTC-27NOV26-70000-C");
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .contains("c-2")
                .doesNotContain("c-1");
        assertThat(feed.lines.failures()).singleElement().satisfies(refusal -> {
            assertThat(refusal.id()).isEqualTo("c-1");
            assertThat(refusal.error())
                    .isEqualTo("it has ended: the venue does not list it any more; it was delivered at "
                            + Instant.ofEpochMilli(delivery));
        });
    }

    @Test
    void aRefusedContractOfABaseCoinIsSubscribedWithALaterInstrumentList() {
        feed = open("BYBIT_CATEGORY", "option");
        listed.put("BTC-27NOV26-70000-C", row("BTC-27NOV26-70000-C", "Trading", "", 0, 0));
        feed.command(Kind.SUBSCRIBE, "ticker", "BTC", "c-1");
        answerInstrumentLists();
        refusing("BTC-27NOV26-70000-C");
        live(Duration.ofSeconds(60));
        assertThat(asked()).as("not at once").doesNotContain("tickers.BTC-27NOV26-70000-C");

        hour();
        assertThat(asked()).contains("tickers.BTC-27NOV26-70000-C");

        feed.command(Kind.UNSUBSCRIBE, "ticker", "BTC", "u-1");
        assertThat(asked()).contains("\"unsubscribe\"").contains("tickers.BTC-27NOV26-70000-C");
    }

    @Test
    void tickersAndBooksOfABaseCoinAreThoseOfItsContractsAndNewOnesJoin() {
        feed = open("BYBIT_CATEGORY", "option");
        long delivery = feed.time.micros() / 1_000 + 100_000;
        listed.put("BTC-27NOV26-70000-C", row("BTC-27NOV26-70000-C", "Trading", "", delivery, 0));
        listed.put("BTC-25DEC26-70000-C", row("BTC-25DEC26-70000-C", "Trading", "", delivery * 2, 0));
        feed.command(Kind.SUBSCRIBE, "ticker", "BTC-25DEC26-70000-C", "c-0");
        feed.command(Kind.SUBSCRIBE, "ticker", "BTC", "c-1");
        feed.command(Kind.SUBSCRIBE, "depth", "BTC", "c-2");
        feed.command(Kind.SUBSCRIBE, "kline.1m", "BTC", "c-3");
        answerInstrumentLists();
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .contains("c-1", "c-2");
        assertThat(feed.lines.failures()).extracting(Failure::id).containsExactly("c-3");
        assertThat(asked())
                .contains(
                        "tickers.BTC-27NOV26-70000-C",
                        "tickers.BTC-25DEC26-70000-C",
                        "orderbook.25.BTC-27NOV26-70000-C",
                        "orderbook.25.BTC-25DEC26-70000-C")
                .doesNotContain("tickers.BTC\"", "orderbook.25.BTC\"");

        listed.remove("BTC-27NOV26-70000-C");
        listed.put("BTC-26MAR27-70000-C", row("BTC-26MAR27-70000-C", "Trading", "", delivery * 3, 0));
        String later = "";
        for (int i = 0; i < 105; i++) {
            feed.answerPings(Duration.ofSeconds(1));
            answerInstrumentLists();
            later += asked();
            for (String contract : listed.keySet()) {
                feed.receive(
                        feed.book("orderbook.25." + contract, "snapshot", ++update, "[\"1\",\"1\"]", "[\"2\",\"1\"]"));
            }
        }
        assertThat(ended()).containsExactly("BTC-27NOV26-70000-C");
        assertThat(later).contains("tickers.BTC-26MAR27-70000-C", "orderbook.25.BTC-26MAR27-70000-C", "unsubscribe");

        feed.command(Kind.UNSUBSCRIBE, "ticker", "BTC", "u-1");
        assertThat(asked()).contains("tickers.BTC-26MAR27-70000-C").doesNotContain("tickers.BTC-25DEC26-70000-C");
    }

    @Test
    void theLimitOfContractsIsAnnouncedAtFourFifths() {
        feed = open("BYBIT_CATEGORY", "option");
        for (int i = 0; i < 1_600; i++) {
            String contract = "BTC-25DEC26-" + (10_000 + i) + "-C";
            listed.put(contract, row(contract, "Trading", "", 0, 0));
        }
        feed.command(Kind.SUBSCRIBE, "ticker", "BTC", "c-1");
        answerInstrumentLists();

        assertThat(contractLimits()).singleElement().satisfies(limit -> {
            assertThat(limit.details()).containsEntry("used", 1_600).containsEntry("max", 2_000);
            assertThat(limit.reason()).startsWith("contracts of BTC on ticker; beyond that");
        });
    }

    private List<Status> contractLimits() {
        return feed.lines.statuses(ConnectorLimit.STATUS).stream()
                .filter(limit ->
                        "contracts of BTC ticker".equals(limit.details().get("limit")))
                .map(Status.class::cast)
                .toList();
    }

    @Test
    void contractsOfABaseCoinThatHadEndedBeforeAreNoNews() {
        feed = open("BYBIT_CATEGORY", "option");
        listed.put("BTC-25DEC26-70000-C", row("BTC-25DEC26-70000-C", "Trading", "", 0, 0));
        listed.put("BTC-30OCT26-70000-C", row("BTC-30OCT26-70000-C", "Closed", "", 1, 0));
        feed.command(Kind.SUBSCRIBE, "trades", "BTC", "c-1");
        answerInstrumentLists();
        for (int i = 0; i < 200; i++) {
            feed.answerPings(Duration.ofSeconds(1));
            answerInstrumentLists();
        }
        assertThat(ended()).isEmpty();

        listed.put("BTC-25DEC26-70000-C", row("BTC-25DEC26-70000-C", "Closed", "", 1, 0));
        for (int i = 0; i < 4_000 && ended().isEmpty(); i++) {
            feed.answerPings(Duration.ofSeconds(1));
            answerInstrumentLists();
        }
        assertThat(ended()).containsExactly("BTC-25DEC26-70000-C");
    }

    @Test
    void contractsJoinWithAInstrumentListThatComesLate() {
        feed = open("BYBIT_CATEGORY", "option");
        listed.put("BTC-25DEC26-70000-C", row("BTC-25DEC26-70000-C", "Trading", "", 0, 0));
        feed.command(Kind.SUBSCRIBE, "ticker", "BTC", "c-1");
        feed.pass(Duration.ofMillis(1_200));
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-1");

        answerInstrumentLists();
        assertThat(asked()).contains("tickers.BTC-25DEC26-70000-C");
    }

    @Test
    void withoutRestABaseCoinHasNoTickers() {
        feed = FeedHarness.open("BYBIT_CATEGORY", "option", "BYBIT_WS_BASE_URL", "ws://somewhere");
        feed.command(Kind.SUBSCRIBE, "ticker", "BTC", "c-1");
        assertThat(feed.lines.failures()).singleElement().satisfies(failure -> assertThat(failure.error())
                .contains("set BYBIT_REST_BASE_URL"));
    }

    /** What was sent since the last call, accepted topic by topic as the option stream does. */
    private String asked() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            for (String text : feed.network.sent()) {
                if (text.contains("args")) {
                    all.append(text);
                    feed.receive("{\"success\":true,\"conn_id\":\"x\",\"data\":{\"failTopics\":[],\"successTopics\":"
                            + text.substring(text.indexOf("[\""), text.indexOf(']') + 1)
                            + "},\"type\":\"COMMAND_RESP\"}");
                } else {
                    feed.accept(text);
                }
            }
            feed.pass(Duration.ofMillis(50));
        }
        return all.toString();
    }

    private List<String> ended() {
        return feed.lines.statuses(InstrumentEnded.STATUS).stream()
                .map(Status::symbol)
                .toList();
    }

    private void list(String symbol, String status) {
        listed.put(symbol, row(symbol, status, "", 0, 0));
    }

    private void subscribe(String symbol) {
        feed.command(Kind.SUBSCRIBE, "trades", symbol, "t-" + symbol);
        feed.command(Kind.SUBSCRIBE, "depth", symbol, "d-" + symbol);
        answerInstrumentLists();
    }

    /** Refuses the topics of the symbol in everything that was sent, and accepts the rest. */
    private void refusing(String symbol) {
        for (int i = 0; i < 10; i++) {
            for (String text : feed.network.sent()) {
                if (text.contains("\"subscribe\"") && text.contains(symbol)) {
                    int at = text.lastIndexOf('"', text.indexOf(symbol)) + 1;
                    feed.refuse(text, "error:handler not found,topic:" + text.substring(at, text.indexOf('"', at)));
                } else {
                    feed.accept(text);
                }
            }
            feed.pass(Duration.ofMillis(50));
        }
    }

    /** Lets time pass; the books and trades of these symbols are sent. */
    private void live(Duration duration, String... symbols) {
        long end = feed.time.nanos() + duration.toNanos();
        while (feed.time.nanos() - end < 0) {
            feed.answerPings(Duration.ofMillis(500));
            answerInstrumentLists();
            feed.accept();
            for (String symbol : symbols) {
                feed.receive(feed.trade(symbol, "t-" + feed.time.micros() + symbol));
                feed.receive(
                        feed.book("orderbook.50." + symbol, "snapshot", ++update, "[\"1\",\"1\"]", "[\"2\",\"1\"]"));
            }
            for (int request : List.copyOf(feed.network.tradeRequests.keySet())) {
                feed.network.tradeRequests.remove(request);
                feed.feed.unanswered(request, "not of interest");
            }
        }
    }

    /** Lets time pass until the next instrument list was answered. */
    private void hour(String... symbols) {
        while (feed.network.otherRequests.values().stream().noneMatch(InstrumentLifecycleTest::isInstrumentList)) {
            feed.answerPings(Duration.ofSeconds(1));
            feed.accept();
            for (String symbol : symbols) {
                feed.receive(feed.trade(symbol, "t-" + feed.time.micros() + symbol));
                feed.receive(
                        feed.book("orderbook.50." + symbol, "snapshot", ++update, "[\"1\",\"1\"]", "[\"2\",\"1\"]"));
            }
            for (int request : List.copyOf(feed.network.tradeRequests.keySet())) {
                feed.network.tradeRequests.remove(request);
                feed.feed.unanswered(request, "not of interest");
            }
        }
        answerInstrumentLists();
    }

    private static String symbolOf(String query) {
        Matcher symbol = Pattern.compile("symbol=([^&]+)").matcher(query);
        return symbol.find() ? "\"symbol\":\"" + symbol.group(1) + "\"" : "";
    }

    private static boolean isInstrumentList(URI uri) {
        return uri.getPath().endsWith("/instruments-info");
    }

    /** Answers like the venue: futures are listed by status, and closed ones only if asked for. */
    private void answerInstrumentLists() {
        for (Map.Entry<Integer, URI> request : List.copyOf(feed.network.otherRequests.entrySet())) {
            if (!isInstrumentList(request.getValue())) {
                continue;
            }
            String query = request.getValue().getRawQuery();
            lookUps += query.contains("symbol=") ? 1 : 0;
            lists += query.contains("symbol=") ? 0 : 1;
            String rows = String.join(
                    ",",
                    listed.values().stream()
                            .filter(row -> !query.contains("symbol=") || row.contains(symbolOf(query)))
                            .filter(row -> alone.stream().noneMatch(row::contains)
                                    || query.contains("symbol=") && !query.contains("status=Trading"))
                            .filter(row -> !query.contains("status=")
                                    || query.contains("status=Closed") && row.contains("\"Closed\"")
                                    || query.contains("status=Trading")
                                            && !row.contains("\"PreLaunch\"")
                                            && !row.contains("\"Delivering\"")
                                    || query.contains("status=PreLaunch") && row.contains("\"PreLaunch\"")
                                    || query.contains("status=Delivering") && row.contains("\"Delivering\""))
                            .toList());
            feed.network.otherRequests.remove(request.getKey());
            feed.feed.answered(
                    request.getKey(),
                    new HttpAnswer(
                            200,
                            0,
                            ("{\"retCode\":0,\"result\":{\"list\":[" + rows + "],\"nextPageCursor\":\"\"}}")
                                    .getBytes(StandardCharsets.UTF_8)));
            feed.outbox.flush();
        }
    }

    private static String row(String symbol, String status, String auction, long delivery, long launch) {
        return "{\"symbol\":\"" + symbol + "\",\"contractType\":\"" + (symbol.contains("-") ? "" : "LinearPerpetual")
                + "\",\"status\":\"" + status + "\",\"deliveryTime\":\"" + delivery + "\",\"launchTime\":\"" + launch
                + "\",\"preListingInfo\":{\"curAuctionPhase\":\"" + auction + "\",\"phases\":[{\"phase\":\"x\"}]}}";
    }
}
