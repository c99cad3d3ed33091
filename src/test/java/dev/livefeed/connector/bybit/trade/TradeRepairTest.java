package dev.livefeed.connector.bybit.trade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.FeedHarness;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Repaired;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Unsubscribed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TradeRepairTest {

    private static final long HOUR = 3_600_000;

    private final FeedHarness feed = FeedHarness.open();
    private final List<String> rows = new ArrayList<>();
    private long exchangeAheadMillis;

    TradeRepairTest() {
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-1");
        feed.accept();
    }

    @Test
    void aTradeThatComesTwiceIsEmittedOnce() {
        live("t-1");
        live("t-1");
        live("t-2");

        assertThat(ids()).containsExactly("t-1", "t-2");
        assertThat(feed.feed.figures()).containsEntry("duplicate_trades", 1L);
    }

    @Test
    void missedTradesComeInOrderBeforeTheNewerOnes() {
        live("t-1");
        missed("t-2", "t-3");
        reconnect();
        live("t-4");
        live("t-5");
        assertThat(ids()).containsExactly("t-1");

        answer(1_000);

        assertThat(ids()).containsExactly("t-1", "t-2", "t-3", "t-4", "t-5");
        assertThat(feed.lines.statuses(Repaired.STATUS)).singleElement().satisfies(repaired -> {
            assertThat(repaired.symbol()).isEqualTo("BTCUSDT");
            assertThat(repaired.channel()).isEqualTo("trades");
            assertThat(repaired.details()).containsEntry("count", 2).containsKeys("from", "to");
        });
        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
        live("t-6");
        assertThat(ids()).endsWith("t-6");
    }

    @Test
    void aTradeWhoseTimeIsFarAheadDoesNotHideTheMissedOnes() {
        measureTheClock();
        live("t-1");
        exchangeAheadMillis = HOUR;
        live("t-2");
        exchangeAheadMillis = 0;
        missed("t-3", "t-4");
        reconnect();
        live("t-5");
        answer(1_000);

        assertThat(ids()).containsExactly("t-1", "t-2", "t-3", "t-4", "t-5");
        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
    }

    @Test
    void asksAgainUntilTheAnswerReachesTheFirstLiveTrade() {
        live("t-1");
        missed("t-2");
        reconnect();
        answer(1_000);
        live("t-3");
        assertThat(ids()).containsExactly("t-1");

        feed.pass(Duration.ofMillis(350));
        answer(1_000);

        assertThat(ids()).containsExactly("t-1", "t-2", "t-3");
    }

    @Test
    void aQuietMarketIsCompleteAfterAnAnswerThatWasAskedForLaterOn() {
        live("t-1");
        missed("t-2");
        reconnect();
        int answers = 0;
        int requests = 0;
        while (feed.lines.statuses(Repaired.STATUS).isEmpty() && answers < 20) {
            requests += feed.network.tradeRequests.size();
            answer(1_000);
            feed.pass(Duration.ofMillis(350));
            answers++;
        }

        assertThat(ids()).containsExactly("t-1", "t-2");
        assertThat(answers).isBetween(6, 9);
        assertThat(requests)
                .as("that of the loss, and two of the repair: the same is not repeated")
                .isEqualTo(3);
    }

    @Test
    void aHoleLongerThanTheAnswerReachesIsAnnouncedWithItsBounds() {
        live("t-1");
        long known = feed.time.micros();
        missed(IntStream.range(0, 1_500).mapToObj(i -> "m-" + i).toArray(String[]::new));
        reconnect();
        live("t-2");
        answer(1_000);

        assertThat(ids()).hasSize(1_002 - 1).startsWith("t-1", "m-501").endsWith("m-1499", "t-2");
        Status gap = feed.lines.statuses(Gap.STATUS).get(0);
        assertThat(gap.details()).containsEntry("from", Times.instant(known).toString());
        assertThat(gap.reason()).isEqualTo("the missing trades go back further than REST");
        Trade first = feed.lines.trades().get(1);
        assertThat(gap.details()).containsEntry("to", first.timestamp().toString());
        assertThat(feed.lines.events().indexOf(gap))
                .isLessThan(feed.lines.events().indexOf(first));
    }

    @Test
    void withoutAnyAnswerTheHoleIsAnnouncedAtTheDeadlineAndTradesGoOn() {
        live("t-1");
        reconnect();
        live("t-9");
        for (int i = 0; i < 30; i++) {
            unanswered();
            feed.answerPings(Duration.ofMillis(400));
        }
        assertThat(ids()).containsExactly("t-1");

        feed.answerPings(Duration.ofSeconds(4));

        assertThat(ids()).containsExactly("t-1", "t-9");
        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> assertThat(gap.reason())
                .isEqualTo("no route to the venue"));
        assertThat(feed.lines.statuses(Repaired.STATUS)).isEmpty();
    }

    @Test
    void withoutARestHostTheHoleIsAnnouncedAtOnce() {
        FeedHarness other = FeedHarness.open("BYBIT_WS_BASE_URL", "ws://elsewhere");
        other.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-1");
        other.accept();
        other.receive(other.trade("BTCUSDT", "t-1"));
        other.disconnect();
        other.pass(Duration.ofSeconds(1));
        other.connect();
        other.accept();
        other.receive(other.trade("BTCUSDT", "t-2"));

        assertThat(other.network.tradeRequests).isEmpty();
        assertThat(other.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> assertThat(gap.reason())
                .isEqualTo("no REST host is set"));
        assertThat(other.lines.trades()).extracting(Trade::id).containsExactly("t-1", "t-2");
    }

    @Test
    void aSecondOutageDuringTheRepairLosesNothing() {
        live("t-1");
        missed("t-2");
        reconnect();
        live("t-3");
        missed("t-4");
        reconnect();
        live("t-5");
        answer(1_000);

        assertThat(ids()).containsExactly("t-1", "t-2", "t-3", "t-4", "t-5");
        assertThat(feed.lines.statuses(Repaired.STATUS)).hasSize(1);
    }

    @Test
    void whatWasTradedBetweenTwoProcessesIsFetched() {
        FeedHarness next = FeedHarness.open();
        rows.clear();
        next.time.advance(Duration.ofSeconds(30));
        make(next, "t-0");
        make(next, "t-1");
        long last = next.time.micros();
        make(next, "t-2");
        next.time.advance(Duration.ofMillis(500));
        make(next, "t-3");
        next.time.advance(Duration.ofSeconds(1));
        next.command(new Command(Kind.SUBSCRIBE, "trades", "BTCUSDT", null, "c-1", last, List.of("t-0", "t-1")));
        next.accept();
        make(next, "t-4");
        next.receive(next.trade("BTCUSDT", "t-4"));
        answer(next, 1_000);

        assertThat(next.lines.trades()).extracting(Trade::id).containsExactly("t-2", "t-3", "t-4");
        assertThat(next.lines.statuses(Gap.STATUS)).isEmpty();
        assertThat(next.lines.statuses(Repaired.STATUS)).hasSize(1);
    }

    @Test
    void whoSubscribesAgainAndSaysWhatIsKnownGetsWhatIsMissing() {
        live("t-1");
        long last = feed.time.micros();
        feed.command(Kind.UNSUBSCRIBE, "trades", "BTCUSDT", "u-1");
        missed("t-2");
        feed.command(new Command(Kind.SUBSCRIBE, "trades", "BTCUSDT", null, "c-2", last, List.of("t-1")));
        feed.accept();
        feed.accept();
        live("t-3");
        answer(1_000);

        assertThat(ids()).containsExactly("t-1", "t-2", "t-3");
        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
    }

    @Test
    void anEarlierTimeReachesBackThoughTheStreamRuns() {
        feed.time.advance(Duration.ofSeconds(1));
        long known = feed.time.micros();
        FeedHarness running = FeedHarness.open();
        running.time.advance(Duration.ofSeconds(1));
        make(running, "t-0");
        running.time.advance(Duration.ofSeconds(1));
        make(running, "t-1");
        running.time.advance(Duration.ofSeconds(1));
        running.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-1");
        running.accept();
        make(running, "t-2");
        running.receive(running.trade("BTCUSDT", "t-2"));
        running.network.tradeRequests.clear();

        running.command(new Command(Kind.SUBSCRIBE, "trades", "BTCUSDT", null, "c-2", known, List.of("t-0")));
        answer(running, 1_000);
        make(running, "t-3");
        running.receive(running.trade("BTCUSDT", "t-3"));
        running.pass(Duration.ofMillis(350));
        answer(running, 1_000);

        assertThat(running.lines.trades()).extracting(Trade::id).containsExactly("t-2", "t-1", "t-3");
    }

    @Test
    void aNewConnectionIsWorthOneMoreQuestionHoweverLongTradesHaveWaited() {
        live("t-1");
        missed("t-2");
        reconnect();
        live("t-3");
        waitInVain(Duration.ofSeconds(14));
        reconnect();
        live("t-4");
        answer(1_000);

        assertThat(ids()).containsExactly("t-1", "t-2", "t-3", "t-4");
        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
    }

    @Test
    void theAnswerToThatQuestionMayBeLate() {
        live("t-1");
        missed("t-2");
        reconnect();
        live("t-3");
        waitInVain(Duration.ofSeconds(14));
        reconnect();
        feed.answerPings(Duration.ofMillis(2_200));
        live("t-4");
        int late = requestId();
        feed.answerPings(Duration.ofMillis(2_300));
        answer(feed, late, 1_000);

        assertThat(ids()).containsExactly("t-1", "t-2", "t-3", "t-4");
        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
    }

    @Test
    void onlyOneMoreQuestion() {
        live("t-1");
        missed("t-2");
        reconnect();
        live("t-3");
        waitInVain(Duration.ofSeconds(14));
        reconnect();
        waitInVain(Duration.ofMillis(1_200));
        reconnect();
        live("t-4");

        assertThat(ids()).containsExactly("t-1", "t-3");
        assertThat(feed.lines.statuses(Gap.STATUS)).hasSize(1);
    }

    private void waitInVain(Duration time) {
        Duration step = Duration.ofMillis(400);
        for (Duration waited = Duration.ZERO; waited.compareTo(time) < 0; waited = waited.plus(step)) {
            unanswered();
            feed.answerPings(step);
        }
    }

    @Test
    void anUnreadableFrameOfTradesIsFetchedToo() {
        live("t-1");
        missed("t-2");
        feed.receive("{\"topic\":\"publicTrade.BTCUSDT\",\"type\":\"snapshot\",\"data\":[{\"T\":179");
        live("t-3");
        answer(1_000);

        assertThat(ids()).containsExactly("t-1", "t-2", "t-3");
    }

    @Test
    void tradesBetweenTheSubscriptionAndAnOutageAreFetchedThoughNoneHadCome() {
        missed("t-1");
        reconnect();
        live("t-2");
        answer(1_000);

        assertThat(ids()).containsExactly("t-1", "t-2");
    }

    @Test
    void whileTheExchangesClockIsNotKnownAStreamBeginsWithItsFirstFrame() {
        feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-2");
        feed.accept();
        exchangeAheadMillis = -HOUR;
        feed.receive(asDated(feed.book(FeedHarness.BOOK, "snapshot", 5, "[\"100\",\"1\"]", "[\"101\",\"1\"]")));
        live("t-1");
        missed("t-2");
        live("t-3");
        // Update 6 was lost, so everything after update 5 may be incomplete.
        feed.receive(asDated(feed.book(FeedHarness.BOOK, "delta", 7, "", "")));
        live("t-4");
        answer(1_000);

        assertThat(ids()).containsExactly("t-1", "t-3", "t-2", "t-4");
    }

    @Test
    void aBeginningToldByOurClockIsToldByTheExchangesOnceThatIsKnown() {
        exchangeAheadMillis = -HOUR;
        measureTheClock();
        missed("t-1");
        reconnect();
        live("t-2");
        answer(1_000);

        assertThat(ids()).containsExactly("t-1", "t-2");
    }

    @Test
    void theEndOfARepairIsNotBeforeItsStartIfOurClockWasAhead() {
        reconnect();
        exchangeAheadMillis = -HOUR;
        measureTheClock();
        for (int i = 0; i < 60 && feed.lines.statuses(Repaired.STATUS).isEmpty(); i++) {
            feed.answerPings(Duration.ofMillis(350));
            answer(1_000);
        }

        assertThat(feed.lines.statuses(Repaired.STATUS)).singleElement().satisfies(repaired -> {
            assertThat(repaired.details()).containsEntry("count", 0);
            assertThat(Instant.parse((String) repaired.details().get("to")))
                    .isAfterOrEqualTo(Instant.parse((String) repaired.details().get("from")));
        });
    }

    private void measureTheClock() {
        for (int i = 0; i < 20; i++) {
            List<Integer> requests = feed.network.otherRequests.entrySet().stream()
                    .filter(requestId -> requestId.getValue().getPath().endsWith("/time"))
                    .map(java.util.Map.Entry::getKey)
                    .toList();
            for (int requestId : requests) {
                feed.network.otherRequests.remove(requestId);
                String body = "{\"retCode\":0,\"result\":{\"timeNano\":\""
                        + (feed.time.micros() / 1_000 + exchangeAheadMillis) + "000000\"}}";
                feed.feed.answered(requestId, new HttpAnswer(200, 0, body.getBytes(StandardCharsets.UTF_8)));
            }
            feed.answerPings(Duration.ofMillis(100));
        }
        feed.network.tradeRequests.clear();
    }

    @Test
    void theRepairOfTradesDoesNotDelayTheBook() {
        feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-2");
        feed.accept();
        feed.snapshot(5);
        live("t-1");
        reconnect();
        live("t-2");
        feed.snapshot(50);

        assertThat(feed.lines.depths()).hasSize(2);
        assertThat(ids()).containsExactly("t-1");
    }

    @Test
    void tooManyRequestsMeansAPause() {
        live("t-1");
        reconnect();
        live("t-2");
        feed.feed.answered(requestId(), new HttpAnswer(429, 0, new byte[0]));
        feed.pass(Duration.ofMillis(900));
        assertThat(feed.network.tradeRequests).isEmpty();

        feed.pass(Duration.ofMillis(200));

        assertThat(feed.network.tradeRequests).hasSize(1);
    }

    @Test
    void forbiddenMeansTenMinutesWithoutARequest() {
        live("t-1");
        reconnect();
        live("t-2");
        feed.feed.answered(requestId(), new HttpAnswer(403, 0, new byte[0]));
        feed.answerPings(Duration.ofSeconds(590));
        assertThat(feed.network.tradeRequests).isEmpty();
        assertThat(feed.lines.statuses(Gap.STATUS)).hasSize(1);
        assertThat(feed.lines.trades()).hasSize(2);
    }

    @Test
    void anUnreadableFrameBeforeTheSubscriptionIsAnsweredIsNoHoleOfItsOwn() {
        live("t-1");
        missed("t-2");
        feed.disconnect();
        feed.network.tradeRequests.clear(); // for the comparison
        feed.pass(Duration.ofSeconds(1));
        feed.connect();
        feed.receive("{\"topic\":\"publicTrade.BTCUSDT\",\"type\":\"snapshot\",\"data\":[{\"T\":179");
        feed.accept();
        live("t-3");

        assertThat(feed.network.tradeRequests).hasSize(1);
        answer(1_000);
        assertThat(ids()).containsExactly("t-1", "t-2", "t-3");
        assertThat(feed.lines.statuses(Repaired.STATUS)).hasSize(1);
    }

    @Test
    void aQuestionThatWaitedForItsTurnCountsFromWhenItWasSent() {
        FeedHarness many = FeedHarness.open();
        for (int i = 0; i < 17; i++) {
            many.command(Kind.SUBSCRIBE, "trades", "S" + i + "USDT", "c-" + i);
        }
        many.accept();
        many.disconnect();
        many.pass(Duration.ofSeconds(1));
        many.connect();
        many.accept();
        int first = many.network.tradeRequests.keySet().iterator().next();
        String firstQuery = many.network.tradeRequests.get(first).getQuery();
        assertThat(firstQuery).contains("S0USDT");
        assertThat(many.network.tradeRequests.values())
                .noneMatch(uri -> uri.getQuery().contains("S16USDT"));
        many.pass(Duration.ofMillis(2_500));
        many.network.tradeRequests.keySet().stream().toList().forEach(request -> nothingTraded(many, request));
        many.network.tradeRequests.entrySet().stream()
                .filter(requestId -> requestId.getValue().getQuery().contains("S16USDT"))
                .map(java.util.Map.Entry::getKey)
                .toList()
                .forEach(request -> nothingTraded(many, request));

        assertThat(many.lines.statuses(Repaired.STATUS))
                .extracting(Status::symbol)
                .contains("S16USDT")
                .doesNotContain("S0USDT");
    }

    private static void nothingTraded(FeedHarness in, int request) {
        in.feed.answered(
                request,
                new HttpAnswer(200, 0, "{\"retCode\":0,\"result\":{\"list\":[]}}".getBytes(StandardCharsets.UTF_8)));
        in.outbox.flush();
    }

    @Test
    void atTheEndNoTradeThatHasComeStaysBehind() {
        live("t-1");
        missed("t-2");
        reconnect();
        answer(1_000);
        missed("t-3");
        live("t-4");
        feed.feed.stop();

        assertThat(ids()).containsExactly("t-1", "t-2", "t-4");
        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> assertThat(gap.reason())
                .isEqualTo("the connector was stopped before it was fetched"));
    }

    @Test
    void whereNothingWaitsAtTheEndTheNextProcessGoesOn() {
        live("t-1");
        missed("t-2");
        reconnect();
        answer(1_000);
        feed.feed.stop();

        assertThat(ids()).containsExactly("t-1", "t-2");
        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
    }

    private void live(String... ids) {
        for (String id : ids) {
            feed.time.advance(Duration.ofMillis(10));
            make(id);
            feed.receive(asDated(feed.trade("BTCUSDT", id)));
        }
    }

    /** Returns the frame with times of the exchange's clock instead of the local one. */
    private String asDated(String frame) {
        long now = feed.time.micros() / 1_000;
        return frame.replace(String.valueOf(now), String.valueOf(now + exchangeAheadMillis))
                .replace(String.valueOf(now + 3), String.valueOf(now + 3 + exchangeAheadMillis));
    }

    /** Trades that only REST has. */
    private void missed(String... ids) {
        for (String id : ids) {
            feed.time.advance(Duration.ofMillis(10));
            make(id);
        }
    }

    private void make(String id) {
        make(feed, id);
    }

    private void make(FeedHarness in, String id) {
        rows.add(
                0,
                "{\"execId\":\"" + id + "\",\"symbol\":\"BTCUSDT\",\"price\":\"82642.90\",\"size\":\"0.011\","
                        + "\"side\":\"Buy\",\"time\":\"" + (in.time.micros() / 1_000 + exchangeAheadMillis)
                        + "\",\"isBlockTrade\":false,\"isRPITrade\":false,\"seq\":\"77\"}");
    }

    private void reconnect() {
        feed.disconnect();
        feed.pass(Duration.ofSeconds(1));
        feed.connect();
        feed.accept();
    }

    private int requestId() {
        return requestId(feed);
    }

    private static int requestId(FeedHarness feed) {
        // The last request; those before the end of a connection have been cancelled.
        int request = feed.network.tradeRequests.keySet().stream()
                .reduce((first, last) -> last)
                .orElseThrow();
        assertThat(feed.network.tradeRequests.get(request).toString())
                .isEqualTo("https://api.bybit.com/v5/market/recent-trade?category=linear&symbol=BTCUSDT&limit=1000");
        feed.network.tradeRequests.clear();
        return request;
    }

    private void answer(int limit) {
        answer(feed, limit);
    }

    private void answer(FeedHarness feed, int limit) {
        if (!feed.network.tradeRequests.isEmpty()) {
            answer(feed, requestId(feed), limit);
        }
    }

    private void answer(FeedHarness feed, int requestId, int limit) {
        String list = rows.stream().limit(limit).collect(Collectors.joining(","));
        String body = "{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{\"category\":\"linear\",\"list\":[" + list
                + "]},\"retExtInfo\":{},\"time\":1672053054358}";
        feed.feed.answered(requestId, new HttpAnswer(200, 0, body.getBytes(StandardCharsets.UTF_8)));
        feed.outbox.flush();
    }

    private void unanswered() {
        Arrays.stream(feed.network.tradeRequests.keySet().toArray(Integer[]::new))
                .forEach(request -> {
                    feed.network.tradeRequests.remove(request);
                    feed.feed.unanswered(request, "no route to the venue");
                });
    }

    private List<String> ids() {
        feed.outbox.drained();
        return feed.lines.trades().stream().map(Trade::id).toList();
    }

    @Test
    void tradesAroundAnUnreadableOneAreNotHeldAndItIsFetchedOnce() {
        live("t-1");
        three("t-2", "t-3", "t-4");
        live("t-5");
        assertThat(ids()).containsExactly("t-1", "t-2", "t-4", "t-5");

        missed("t-3");
        feed.pass(Duration.ofMillis(1_100));
        answer(1_000);

        assertThat(ids()).containsExactly("t-1", "t-2", "t-4", "t-5", "t-3");
        assertThat(feed.lines.statuses(Repaired.STATUS)).hasSize(1);
        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
    }

    @Test
    void anUnreadableTradeThatRestDoesNotHaveIsAGapAfterFewRequests() {
        live("t-1");
        three("t-2", "t-3", "t-4");
        for (int i = 0; i < 20; i++) {
            feed.answerPings(Duration.ofMillis(500));
            rows.clear();
            answer(1_000);
        }

        assertThat(ids()).containsExactly("t-1", "t-2", "t-4");
        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> assertThat(gap.reason())
                .startsWith("1 trades could not be read"));
    }

    @Test
    void anUnreadableTradeIsAGapInTimeIfTheVenueHasBannedRequests() {
        live("t-1");
        three("t-2", "t-3", "t-4");
        feed.pass(Duration.ofMillis(1_100));
        feed.feed.answered(requestId(), new HttpAnswer(403, 0, new byte[0]));

        feed.answerPings(Duration.ofSeconds(40));

        assertThat(feed.lines.statuses(Gap.STATUS)).isNotEmpty();
        assertThat(feed.lines.statuses(Gap.STATUS).get(0).reason()).startsWith("1 trades could not be read");
    }

    @Test
    void anUnreadableTradeIsAGapIfItIsUnsubscribedBeforeItIsFetched() {
        live("t-1");
        three("t-2", "t-3", "t-4");
        feed.command(Kind.UNSUBSCRIBE, "trades", "BTCUSDT", "c-2");
        feed.accept();

        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> assertThat(gap.reason())
                .startsWith("1 trades could not be read")
                .endsWith("it was unsubscribed before they were fetched"));
        assertThat(feed.lines.statuses(Unsubscribed.STATUS)).hasSize(1);
    }

    @Test
    void anUnreadableTradeIsAGapIfItIsUnsubscribedWithoutAConnection() {
        live("t-1");
        three("t-2", "t-3", "t-4");
        feed.disconnect();
        feed.command(Kind.UNSUBSCRIBE, "trades", "BTCUSDT", "c-2");

        assertThat(feed.lines.statuses(Gap.STATUS))
                .extracting(Status::reason)
                .as("the unreadable trade, and those since the loss of the connection")
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason).startsWith("1 trades could not be read"),
                        reason -> assertThat(reason).isEqualTo("it was unsubscribed before they were fetched"));
        assertThat(feed.lines.statuses(Unsubscribed.STATUS)).hasSize(1);
    }

    @Test
    void missingTradesAreAGapIfTheyAreUnsubscribedBeforeTheyAreFetched() {
        live("t-1");
        Instant known = feed.lines.trades().get(0).timestamp();
        missed("t-2");
        reconnect();
        live("t-3");
        Instant next = Times.instant(feed.time.micros());

        feed.command(Kind.UNSUBSCRIBE, "trades", "BTCUSDT", "c-2");
        feed.accept();

        assertThat(ids()).as("what came meanwhile is emitted").containsExactly("t-1", "t-3");
        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> {
            assertThat(gap.reason()).isEqualTo("it was unsubscribed before they were fetched");
            assertThat(gap.details()).containsEntry("from", known.toString());
            assertThat(Instant.parse((String) gap.details().get("to"))).isBetween(known, next);
        });
        assertThat(feed.lines.statuses(Unsubscribed.STATUS)).hasSize(1);
    }

    @Test
    void nothingIsMissingIfTheTradesAreUnsubscribedWhileTheyFlow() {
        live("t-1");
        feed.command(Kind.UNSUBSCRIBE, "trades", "BTCUSDT", "c-2");
        live("t-2");
        feed.accept();

        assertThat(ids()).as("nothing is delivered after the command").containsExactly("t-1");
        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
    }

    @Test
    void aTradeThatNamesAnotherSymbolIsFetchedAndIsAGapIfRestHasItForAnotherSymbolToo() {
        live("t-1");
        feed.receive(feed.trade("BTCUSDT", "t-2").replace("\"s\":\"BTCUSDT\"", "\"s\":\"ETHUSDT\""));
        feed.receive(feed.trade("BTCUSDT", "t-3").replace("\"s\":\"BTCUSDT\"", "\"s\":\"ETHUSDT\""));
        missed("t-2", "t-3");
        rows.set(0, rows.get(0).replace("BTCUSDT", "ETHUSDT"));
        live("t-4");
        for (int i = 0; i < 20; i++) {
            feed.answerPings(Duration.ofMillis(500));
            answer(1_000);
        }

        assertThat(ids()).containsExactly("t-1", "t-4", "t-2");
        assertThat(feed.lines.statuses(Repaired.STATUS)).hasSize(1);
        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> assertThat(gap.reason())
                .startsWith("1 trades could not be read"));
        assertThat(feed.feed.figures()).containsEntry("unreadable_rows_symbol", 2L);
    }

    /** A frame of three trades; the second one has no side. */
    private void three(String first, String second, String third) {
        String frame = feed.trade("BTCUSDT", first);
        String row = frame.substring(frame.indexOf("[{") + 1, frame.lastIndexOf(']'));
        String bad = row.replace(first, second).replace("\"S\":\"Buy\",", "");
        feed.receive(frame.replace(row, row + ',' + bad + ',' + row.replace(first, third)));
    }
}
