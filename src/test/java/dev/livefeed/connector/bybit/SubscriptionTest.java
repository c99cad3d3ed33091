package dev.livefeed.connector.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.connection.SubscribeRequest;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Unsubscribed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTest {

    private static final String SPOT = "BYBIT_CATEGORY";

    @Test
    void commandsBeforeTheConnectionAreSentInTensWhenItOpens() {
        FeedHarness feed = new FeedHarness();
        feed.feed.start();
        feed.command(subscribes(23));
        assertThat(feed.network.sent()).isEmpty();

        feed.connect();

        List<String> requests = requests(feed);
        assertThat(requests).hasSize(3);
        assertThat(requests.stream().map(SubscriptionTest::topics)).containsExactly(10, 10, 3);
        requests.forEach(feed::accept);
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .doesNotHaveDuplicates()
                .hasSize(23);
    }

    @Test
    void manyTopicsGoOutInAWindowOfRequests() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribes(450));

        List<String> first = requests(feed);
        assertThat(first).hasSize(20);
        first.forEach(feed::accept);
        List<String> second = requests(feed);
        second.forEach(feed::accept);
        List<String> third = feed.accept();

        assertThat(List.of(first.size(), second.size(), third.size())).containsExactly(20, 20, 5);
        assertThat(feed.lines.statuses(Subscribed.STATUS)).hasSize(450);
    }

    @Test
    void oneRefusedTopicIsDroppedAndTheOthersAreAskedForAgain() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribe("BTCUSDT", "c-1"), subscribe("NOSUCH", "c-2"), subscribe("ETHUSDT", "c-3"));
        String request = requests(feed).get(0);

        feed.refuse(request, "error:handler not found,topic:publicTrade.NOSUCH");
        List<String> again = feed.accept();

        assertThat(again)
                .singleElement()
                .asString()
                .contains("BTCUSDT", "ETHUSDT")
                .doesNotContain("NOSUCH");
        assertThat(feed.lines.failures())
                .containsExactly(new Failure(
                        "error:handler not found,topic:publicTrade.NOSUCH",
                        "refused",
                        "NOSUCH",
                        "trades",
                        "c-2",
                        false));
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-1", "c-3");
        feed.disconnect();
        feed.pass(Duration.ofSeconds(1));
        feed.connect();
        assertThat(requests(feed)).singleElement().asString().doesNotContain("NOSUCH");
    }

    @Test
    void aRefusedNameThatBeginsAnotherOneMeansOnlyItself() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribe("BTCUSD", "c-1"), subscribe("BTCUSDT", "c-2"));

        feed.refuse(requests(feed).get(0), "error:handler not found,topic:publicTrade.BTCUSD");
        feed.accept();

        assertThat(feed.lines.failures()).extracting(Failure::id).containsExactly("c-1");
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-2");
    }

    @Test
    void spotRefusesWithoutTheRequestsIdAndIsUnderstood() {
        FeedHarness feed = FeedHarness.open(SPOT, "spot");
        feed.command(subscribes(10));
        feed.command(subscribe("NOSUCH", "bad"), subscribe("ETHUSDT", "good"));

        feed.receive("{\"success\":false,\"ret_msg\":\"Invalid symbol :[publicTrade.NOSUCH]\",\"conn_id\":\"x\","
                + "\"op\":\"subscribe\"}");

        assertThat(feed.lines.failures()).extracting(Failure::id).containsExactly("bad");
        List<String> sent = requests(feed);
        assertThat(sent.get(sent.size() - 1)).contains("ETHUSDT").doesNotContain("NOSUCH");
        sent.forEach(feed::accept);
        assertThat(feed.lines.statuses(Subscribed.STATUS)).hasSize(11);
    }

    @Test
    void aRefusalThatComesTooLateIsNotChargedToAnotherRequest() {
        FeedHarness feed = FeedHarness.open(SPOT, "spot");
        feed.command(subscribe("NOPEUSDT", "c-1"));
        requests(feed);
        feed.answerPings(Duration.ofMillis(5_100));
        assertThat(requests(feed)).singleElement().asString().contains("unsubscribe", "NOPEUSDT");
        feed.command(subscribe("BTCUSDT", "c-2"));
        feed.receive("{\"success\":false,\"ret_msg\":\"error:handler not found,topic:publicTrade.NOPEUSDT\","
                + "\"conn_id\":\"x\",\"req_id\":\"\",\"op\":\"subscribe\"}");
        assertThat(feed.lines.failures()).isEmpty();

        feed.accept();
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-2");
    }

    @Test
    void aRefusalThatNamesNothingIsNarrowedDownToTheTopicItMeans() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribes(10));
        List<String> all = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            for (String request : requests(feed)) {
                all.add(request);
                if (request.contains("publicTrade.S7\"")) {
                    feed.refuse(request, "something is wrong");
                } else {
                    feed.accept(request);
                }
            }
        }

        assertThat(feed.lines.failures()).extracting(Failure::symbol).containsExactly("S7");
        assertThat(feed.lines.statuses(Subscribed.STATUS)).hasSize(9);
        assertThat(all).hasSizeLessThan(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Too many visits!", "error:rate limit exceeded", "10006: slow down", "Too Many Requests"})
    void aRefusalOfTheNumberOfRequestsRefusesNoTopicAndIsWaitedOut(String text) {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribes(30));
        List<String> sent = requests(feed);
        feed.accept(sent.get(0));
        feed.refuse(sent.get(1), text);
        feed.accept(sent.get(2));

        assertThat(requests(feed)).isEmpty();
        assertThat(feed.lines.failures()).isEmpty();
        assertThat(feed.lines.statuses("throttled")).singleElement().satisfies(said -> {
            assertThat(said.reason()).isEqualTo(text);
            assertThat(said.details()).containsEntry("connection", "linear");
            assertThat((Integer) said.details().get("retry_in_ms")).isBetween(800, 1_200);
        });
        feed.command(subscribe("LATER", "c-later"));
        feed.pass(Duration.ofMillis(750));
        assertThat(requests(feed)).isEmpty();
        feed.pass(Duration.ofMillis(500));
        List<String> again = requests(feed);
        assertThat(again.get(0)).contains("publicTrade.S10\"", "publicTrade.S19\"");

        feed.refuse(again.get(0), text);
        assertThat((Integer) feed.lines.statuses("throttled").get(1).details().get("retry_in_ms"))
                .isBetween(1_600, 2_400);
        again.subList(1, again.size()).forEach(feed::accept);
        feed.pass(Duration.ofMillis(2_500));
        feed.accept();
        assertThat(feed.lines.statuses(Subscribed.STATUS)).hasSize(31);
        assertThat(feed.feed.figures()).containsEntry("requests_throttled", 2L);
    }

    @Test
    void aRefusedUnsubscribeForTheNumberOfRequestsIsSentAgain() {
        FeedHarness feed = FeedHarness.synced();
        feed.command(Kind.UNSUBSCRIBE, "depth", "BTCUSDT", "u-1");
        String request = requests(feed).get(0);
        feed.receive("{\"success\":false,\"ret_msg\":\"too many requests\",\"req_id\":\"" + FeedHarness.idOf(request)
                + "\",\"op\":\"unsubscribe\"}");
        assertThat(feed.lines.statuses(Unsubscribed.STATUS)).isEmpty();

        feed.pass(Duration.ofMillis(1_300));
        feed.accept();

        assertThat(feed.lines.statuses(Unsubscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("u-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Server error", "10016", "error: 10019", "Request timeout", "System busy, please try again"})
    void troubleOfTheVenueRefusesNoTopicThatRan(String text) {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribe("BTCUSDT", "c-1"));
        feed.accept();
        feed.disconnect();
        feed.pass(Duration.ofSeconds(1));
        feed.connect();

        feed.refuse(requests(feed).get(0), text);
        assertThat(requests(feed)).isEmpty();
        feed.lines.next();
        feed.pass(Duration.ofMillis(1_300));
        feed.accept();

        assertThat(feed.lines.failures()).isEmpty();
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::symbol)
                .containsExactly("BTCUSDT");
    }

    @Test
    void aTopicThatIsTheTroubleDoesNotTakeOthersWithIt() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribes(10));
        for (int second = 0; second < 60; second++) {
            for (String request : requests(feed)) {
                if (request.contains("publicTrade.S7\"")) {
                    feed.refuse(request, "Server error");
                } else {
                    feed.accept(request);
                }
            }
            feed.pass(Duration.ofSeconds(1));
        }

        assertThat(feed.lines.statuses(Subscribed.STATUS)).hasSize(9);
        assertThat(feed.lines.failures()).isEmpty();
    }

    @Test
    void aTopicThatIsTheTroubleIsAskedForAloneLaterAndLaterWhileOthersGoOn() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribe("BAD", "c-bad"));
        int asked = 0;
        int held = 0;
        for (int i = 0; i < 600; i++) {
            feed.command(subscribe("S" + i, "c-" + i));
            List<String> sent = requests(feed);
            String other = "publicTrade.S" + i + "\"";
            held += sent.stream().anyMatch(request -> request.contains(other)) ? 0 : 1;
            for (String request : sent) {
                if (request.contains("publicTrade.BAD\"")) {
                    assertThat(request).doesNotContain("publicTrade.S");
                    asked++;
                    feed.refuse(request, "Server error");
                } else {
                    feed.accept(request);
                }
            }
            feed.answerPings(Duration.ofSeconds(1));
        }

        // 1 + 2 + 4 + ... + 32 s, and then every minute.
        assertThat(asked).isBetween(13, 19);
        assertThat(held).isZero();
        assertThat(feed.lines.failures()).isEmpty();
        assertThat(feed.lines.statuses("throttled")).first().satisfies(said -> {
            assertThat(said.symbol()).isEqualTo("BAD");
            assertThat(said.channel()).isEqualTo("trades");
            assertThat(said.reason()).isEqualTo("Server error");
            assertThat((Integer) said.details().get("retry_in_ms")).isBetween(800, 1_200);
        });
    }

    @Test
    void aTopicThatIsTheTroubleIsAskedForOnceTheTroubleIsOver() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribe("BAD", "c-bad"));
        feed.refuse(requests(feed).get(0), "Server error");
        feed.pass(Duration.ofMillis(1_300));
        feed.accept();

        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-bad");
        feed.pass(Duration.ofSeconds(3));
        assertThat(requests(feed)).isEmpty();
    }

    @Test
    void aTopicThatIsTheTroubleAndIsNoLongerWantedIsForgotten() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribe("BAD", "c-bad"));
        feed.refuse(requests(feed).get(0), "Server error");
        feed.command(Kind.UNSUBSCRIBE, "trades", "BAD", "u-1");
        feed.pass(Duration.ofSeconds(3));

        assertThat(requests(feed)).isEmpty();
        assertThat(feed.lines.statuses(Unsubscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("u-1");
    }

    @Test
    void aTopicThatCannotBeLeftForTroubleIsLeftLater() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribe("BTCUSDT", "c-1"));
        feed.accept();
        feed.command(Kind.UNSUBSCRIBE, "trades", "BTCUSDT", "u-1");
        feed.refuse(requests(feed).get(0), "Server error");
        assertThat(requests(feed)).isEmpty();
        feed.pass(Duration.ofMillis(1_300));
        assertThat(feed.accept()).anyMatch(request -> request.contains("\"unsubscribe\""));

        assertThat(feed.lines.statuses(Unsubscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("u-1");
    }

    @Test
    void refusalsOfOneMomentAreOneWait() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribes(100));
        requests(feed).forEach(request -> feed.refuse(request, "Server error"));

        assertThat(feed.lines.statuses("throttled")).hasSize(1);
        feed.pass(Duration.ofMillis(1_300));
        feed.accept();
        assertThat(feed.lines.statuses(Subscribed.STATUS)).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error:handler not found,topic:publicTrade.10000SATSUSDT",
                "error:handler not found,topic:orderbook.25.BTC-27MAR26-10000-C",
                "Invalid symbol :[orderbook.50.10000.USDT]"
            })
    void aNameWithTheNumberOfATroubleInItIsRefused(String text) {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribe("10000SATSUSDT", "c-1"));

        feed.refuse(requests(feed).get(0), text);

        assertThat(feed.lines.failures()).extracting(Failure::id).containsExactly("c-1");
    }

    @Test
    void aRefusalForGoodAnnouncesTheTradesThatAreMissing() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribe("BTCUSDT", "c-1"));
        feed.accept();
        feed.receive(feed.trade("BTCUSDT", "t-1"));
        feed.disconnect();
        feed.pass(Duration.ofSeconds(1));
        feed.connect();
        feed.accept();
        feed.receive(feed.trade("BTCUSDT", "t-2"));
        assertThat(feed.lines.trades()).extracting(trade -> trade.id()).containsExactly("t-1");
        feed.disconnect();
        feed.pass(Duration.ofSeconds(2));
        feed.connect();

        feed.refuse(requests(feed).get(0), "error:handler not found,topic:publicTrade.BTCUSDT");

        assertThat(feed.lines.trades()).extracting(trade -> trade.id()).containsExactly("t-1", "t-2");
        assertThat(feed.lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> {
            assertThat(gap.details().get("to"))
                    .isEqualTo(Times.instant(feed.time.micros()).toString());
            assertThat(gap.reason()).startsWith("the venue refuses it: error:handler not found");
        });
        assertThat(feed.lines.failures()).extracting(Failure::symbol).containsExactly("BTCUSDT");
    }

    @Test
    void aTopicThatCouldNotBeLeftIsNotTakenForRunning() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribe("BTCUSDT", "c-1"));
        requests(feed);
        feed.answerPings(Duration.ofMillis(5_100));
        String leave = requests(feed).get(0);
        assertThat(leave).contains("unsubscribe");

        feed.refuse(leave, "too many requests");
        feed.pass(Duration.ofMillis(1_300));
        List<String> left = feed.accept();
        List<String> asked = feed.accept();

        assertThat(left).anyMatch(request -> request.contains("\"unsubscribe\""));
        assertThat(asked).anyMatch(request -> request.contains("\"subscribe\""));
    }

    @Test
    void tradesThatCameWhileATopicCouldNotBeLeftAreAskedFor() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribe("BTCUSDT", "c-1"));
        feed.accept();
        feed.receive(feed.trade("BTCUSDT", "t-1"));
        feed.command(Kind.UNSUBSCRIBE, "trades", "BTCUSDT", "u-1");
        String leave = requests(feed).get(0);
        feed.command(subscribe("BTCUSDT", "c-2"));
        feed.receive(feed.trade("BTCUSDT", "t-2"));
        feed.network.tradeRequests.clear();

        feed.receive("{\"success\":false,\"ret_msg\":\"too many requests\",\"req_id\":\"" + FeedHarness.idOf(leave)
                + "\",\"op\":\"unsubscribe\"}");
        feed.receive(feed.trade("BTCUSDT", "t-3"));

        assertThat(feed.network.tradeRequests).hasSize(1);
        assertThat(feed.lines.trades()).extracting(trade -> trade.id()).containsExactly("t-1");
    }

    @Test
    void alreadySubscribedIsNoTrouble() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribe("BTCUSDT", "c-1"), subscribe("ETHUSDT", "c-2"));

        feed.refuse(requests(feed).get(0), "error:already subscribed,topic:publicTrade.BTCUSDT");
        feed.accept();

        assertThat(feed.lines.failures()).isEmpty();
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-1", "c-2");
    }

    @Test
    void optionsAnswerWithListsOfTopics() {
        FeedHarness feed = FeedHarness.open("BYBIT_CATEGORY", "option");
        feed.command(subscribe("BTC-1", "c-1"), subscribe("BTC-2", "c-2"), subscribe("BTC-3", "c-3"));
        feed.network.sent();

        feed.receive("{\"success\":true,\"conn_id\":\"x\",\"data\":{\"failTopics\":[\"orderbook.25.BTC-2\"],"
                + "\"successTopics\":[\"orderbook.25.BTC-1\"]},\"type\":\"COMMAND_RESP\"}");

        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-1");
        assertThat(feed.lines.failures()).extracting(Failure::id).containsExactly("c-2");
        assertThat(requests(feed)).singleElement().asString().contains("orderbook.25.BTC-3");
    }

    @Test
    void unansweredRequestsAreSentAgainAndThreeInARowMeanADeadConnection() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribe("BTCUSDT", "c-1"));
        assertThat(requests(feed)).hasSize(1);
        feed.answerPings(Duration.ofMillis(5_100));
        assertThat(requests(feed)).hasSize(1);

        feed.answerPings(Duration.ofSeconds(11));

        assertThat(feed.network.closed).hasSize(1);
        assertThat(feed.lines.statuses(ConnectionDown.STATUS).get(0).reason())
                .isEqualTo("3 requests were not answered within 5 s");
    }

    @Test
    void dataWithoutAnAnswerCountsAsAnAnswer() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribe("BTCUSDT", "c-1"));
        requests(feed);
        feed.receive(feed.trade("BTCUSDT", "t-1"));
        assertThat(feed.lines.trades()).hasSize(1);

        feed.answerPings(Duration.ofSeconds(6));

        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-1");
        assertThat(requests(feed)).isEmpty();
    }

    @Test
    void unsubscribeIsAnsweredAndItsDataStops() {
        FeedHarness feed = FeedHarness.synced();
        feed.command(Kind.UNSUBSCRIBE, "depth", "BTCUSDT", "u-1");
        feed.delta(101, "[\"100.2\",\"5\"]", "");
        assertThat(requests(feed)).singleElement().asString().contains("unsubscribe");
        assertThat(feed.lines.events()).isEmpty();

        feed.receive("{\"success\":true,\"ret_msg\":\"\",\"conn_id\":\"x\",\"req_id\":\"\",\"op\":\"unsubscribe\"}");

        assertThat(feed.lines.statuses()).extracting(Status::status).containsExactly(Unsubscribed.STATUS);
        assertThat(feed.lines.statuses().get(0).id()).isEqualTo("u-1");
        feed.command(Kind.UNSUBSCRIBE, "depth", "BTCUSDT", "u-2");
        assertThat(feed.lines.statuses()).extracting(Status::id).containsExactly("u-1", "u-2");
        assertThat(feed.network.sent()).isEmpty();
    }

    @Test
    void aChangeOfMindWhileARequestIsUnderWayEndsInWhatWasWantedLast() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribe("BTCUSDT", "c-1"));
        List<String> subscribe = requests(feed);
        feed.command(Kind.UNSUBSCRIBE, "trades", "BTCUSDT", "u-1");
        assertThat(requests(feed)).isEmpty();
        subscribe.forEach(feed::accept);
        List<String> unsubscribe = requests(feed);
        feed.command(subscribe("BTCUSDT", "c-2"));
        assertThat(requests(feed)).isEmpty();
        unsubscribe.forEach(feed::accept);
        List<String> last = feed.accept();

        assertThat(unsubscribe).singleElement().asString().contains("\"unsubscribe\"");
        assertThat(last).singleElement().asString().contains("\"subscribe\"");
        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .contains("c-2");
        feed.receive(feed.trade("BTCUSDT", "t-1"));
        assertThat(feed.lines.trades()).hasSize(1);
    }

    @Test
    void subscribingTwiceIsAnsweredTwiceAndAskedOnce() {
        FeedHarness feed = FeedHarness.open();
        feed.command(subscribe("BTCUSDT", "c-1"), subscribe("BTCUSDT", "c-2"));
        assertThat(feed.accept()).hasSize(1);
        feed.command(subscribe("BTCUSDT", "c-3"));

        assertThat(feed.lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("c-1", "c-2", "c-3");
        assertThat(feed.network.sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"candles", "depth.7", "depth.", "depth.500", "trades.x"})
    void unknownChannelsAreRefusedWithoutAskingTheVenue(String channel) {
        FeedHarness feed = FeedHarness.open();

        feed.command(Kind.SUBSCRIBE, channel, "BTCUSDT", "c-1");

        assertThat(feed.lines.failures()).singleElement().satisfies(f -> {
            assertThat(f.id()).isEqualTo("c-1");
            assertThat(f.channel()).isEqualTo(channel);
        });
        assertThat(feed.network.sent()).isEmpty();
    }

    @Test
    void anotherCategoryGetsAConnectionOfItsOwn() {
        FeedHarness feed = FeedHarness.open();
        feed.command(new Command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "spot", "c-1"));
        assertThat(feed.network.opened)
                .extracting(uri -> uri.getPath())
                .containsExactly("/v5/public/linear", "/v5/public/spot");
        feed.connect();
        feed.accept();
        feed.receive(feed.trade("BTCUSDT", "t-1"));

        assertThat(feed.lines.trades()).singleElement().satisfies(t -> assertThat(t.category())
                .isEqualTo("spot"));
    }

    private static Command subscribe(String symbol, String id) {
        String channel = symbol.contains("-") ? "depth" : "trades";
        return new Command(Kind.SUBSCRIBE, channel, symbol, null, id);
    }

    private static Command[] subscribes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> subscribe("S" + i, "c-" + i))
                .toArray(Command[]::new);
    }

    private static List<String> requests(FeedHarness feed) {
        return feed.network.sent().stream()
                .filter(s -> !s.equals(SubscribeRequest.PING))
                .toList();
    }

    private static int topics(String request) {
        return request.substring(request.indexOf('[')).split(",").length;
    }
}
