package dev.livefeed.connector.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.ConnectorLimit;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import dev.livefeed.protocol.status.Synced;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics that do not fit on one connection use a second one; each connection ends and reconnects independently. */
class SeveralConnectionsTest {

    @TempDir
    private Path folder;

    private FeedHarness feed;

    @BeforeEach
    void start() throws Exception {
        feed = harness("{\"topics_per_connection\": 3}");
    }

    private FeedHarness harness(String config) throws Exception {
        Path file = Files.writeString(folder.resolve("config.json"), config);
        FeedHarness harness = new FeedHarness("BYBIT_CONNECTOR_CONFIG_FILE", file.toString());
        harness.feed.start();
        harness.connect();
        harness.accept();
        harness.lines.next();
        return harness;
    }

    @Test
    void topicsBeyondTheCharactersOfAConnectionGoToAnother() throws Exception {
        FeedHarness many = harness("{}");

        many.command(IntStream.range(0, 700)
                .mapToObj(i -> command(Kind.SUBSCRIBE, "trades", "A".repeat(25) + i))
                .toArray(Command[]::new));
        answerAll(many, 2);

        assertThat(many.network.opened).hasSize(2);
        assertThat(many.lines.failures()).isEmpty();
        assertThat(many.lines.statuses(Subscribed.STATUS)).hasSize(700);
        for (int link : many.network.links) {
            int characters = topics(many, link).stream()
                    .mapToInt(topic -> topic.length() + 3)
                    .sum();
            assertThat(characters).isBetween(1_000, 21_000);
        }
    }

    @Test
    void connectionsAreAnnouncedAtFourFifthsAndRefusedBeyondTheirLimit() throws Exception {
        FeedHarness few = harness("{\"topics_per_connection\": 2, \"max_connections\": 5, \"connect_budget\": 500}");
        few.command(IntStream.range(0, 3)
                .mapToObj(i -> command(Kind.SUBSCRIBE, "trades", "S" + i + "USDT"))
                .toArray(Command[]::new));
        answerAll(few, 3);
        few.pass(Duration.ofSeconds(2));
        assertThat(few.lines.statuses(ConnectorLimit.STATUS)).isEmpty();

        few.command(command(Kind.SUBSCRIBE, "trades", "S3USDT"));
        answerAll(few, 4);
        few.pass(Duration.ofSeconds(2));
        assertThat(few.lines.statuses(ConnectorLimit.STATUS)).singleElement().satisfies(limit -> {
            assertThat(limit.details())
                    .containsEntry("category", "linear")
                    .containsEntry("limit", "connections")
                    .containsEntry("used", 4)
                    .containsEntry("max", 5);
            assertThat(limit.reason()).isEqualTo("connections of linear; beyond that, further topics are refused");
        });

        few.command(IntStream.range(4, 12)
                .mapToObj(i -> command(Kind.SUBSCRIBE, "trades", "S" + i + "USDT"))
                .toArray(Command[]::new));
        answerAll(few, 5);
        few.pass(Duration.ofSeconds(2));
        assertThat(few.network.opened).hasSize(5);
        assertThat(few.lines.statuses(ConnectorLimit.STATUS))
                .extracting(limit -> limit.details().get("used"))
                .containsExactly(4, 5);
        assertThat(few.lines.failures())
                .as("all five are full")
                .hasSize(2)
                .extracting(Failure::error)
                .containsOnly("all connections of linear are full: max_connections is 5");
    }

    @Test
    void newConnectionsAreAnnouncedAtFourFifthsOfTheBudget() throws Exception {
        FeedHarness few = harness("{\"connect_budget\": 5}");
        for (int i = 0; i < 3; i++) {
            few.disconnect();
            few.pass(Duration.ofSeconds(12));
            few.connect();
            few.pass(Duration.ofSeconds(1));
        }
        assertThat(few.lines.statuses(ConnectorLimit.STATUS)).singleElement().satisfies(limit -> assertThat(
                        limit.details())
                .containsEntry("limit", "new_connections")
                .containsEntry("used", 4)
                .containsEntry("max", 5));
        few.answerPings(Duration.ofMinutes(6));
        assertThat(few.lines.statuses(ConnectorLimit.STATUS))
                .extracting(limit -> limit.details().get("used"))
                .containsExactly(4, 3);
    }

    @Test
    void theUseOfALimitIsAnnouncedAgainWhenItHasChangedButNotMoreOftenThanEveryTenSeconds() throws Exception {
        FeedHarness few = harness("{\"topics_per_connection\": 2, \"max_connections\": 10, \"connect_budget\": 500}");
        IntStream.range(0, 8).forEach(i -> openOneMore(few, i));
        few.pass(Duration.ofSeconds(2));
        assertThat(used(few)).containsExactly(8);

        openOneMore(few, 8);
        answerPings(few, Duration.ofSeconds(5));
        assertThat(used(few)).as("not yet").containsExactly(8);
        answerPings(few, Duration.ofSeconds(6));
        assertThat(used(few)).containsExactly(8, 9);

        openOneMore(few, 9);
        answerPings(few, Duration.ofSeconds(2));
        assertThat(used(few)).as("the limit is reported at once").containsExactly(8, 9, 10);

        closeThat(few, 9, 8, 7);
        answerPings(few, Duration.ofSeconds(30));
        assertThat(used(few)).as("still near").containsExactly(8, 9, 10, 7);
        closeThat(few, 6);
        answerPings(few, Duration.ofSeconds(12));
        assertThat(used(few)).as("not near any more").containsExactly(8, 9, 10, 7, 6);
        closeThat(few, 5);
        answerPings(few, Duration.ofSeconds(30));
        assertThat(used(few)).hasSize(5);
    }

    private void openOneMore(FeedHarness few, int i) {
        int before = few.network.opened.size();
        few.command(
                command(Kind.SUBSCRIBE, "trades", "S" + i + "USDT"),
                command(Kind.SUBSCRIBE, "depth", "S" + i + "USDT"));
        if (few.network.opened.size() > before) {
            few.connect();
        }
        answer(few);
    }

    private void closeThat(FeedHarness few, int... numbers) {
        for (int i : numbers) {
            few.command(
                    command(Kind.UNSUBSCRIBE, "trades", "S" + i + "USDT"),
                    command(Kind.UNSUBSCRIBE, "depth", "S" + i + "USDT"));
            answer(few);
        }
    }

    private static List<Object> used(FeedHarness few) {
        return few.lines.statuses(ConnectorLimit.STATUS).stream()
                .map(limit -> limit.details().get("used"))
                .toList();
    }

    @Test
    void theBooksOfSevenHundredSymbolsFitOne() throws Exception {
        FeedHarness many = harness("{}");

        many.command(IntStream.range(0, 750)
                .mapToObj(i -> command(Kind.SUBSCRIBE, "depth", "SYM" + i + "USDT"))
                .toArray(Command[]::new));
        answerAll(many, 1);

        assertThat(many.network.opened).hasSize(1);
        assertThat(many.lines.statuses(Subscribed.STATUS)).hasSize(750);
    }

    @Test
    void topicsOfOneSymbolShareAConnectionAndStayWhereTheyAre() {
        twoConnections();

        assertThat(topics(feed, link(0))).containsExactlyInAnyOrder("publicTrade.BTCUSDT", "orderbook.50.BTCUSDT");
        assertThat(topics(feed, link(1))).containsExactlyInAnyOrder("publicTrade.ETHUSDT", "orderbook.50.ETHUSDT");

        feed.command(command(Kind.SUBSCRIBE, "depth.200", "BTCUSDT"), command(Kind.SUBSCRIBE, "depth.1", "BTCUSDT"));
        answerAll(feed, 2);
        assertThat(topics(feed, link(0))).contains("orderbook.200.BTCUSDT").hasSize(3);
        // The fourth topic of the symbol does not fit on the connection of the others.
        assertThat(topics(feed, link(2))).containsExactly("orderbook.1.BTCUSDT");
        feed.feed.closed(link(0), "reset", 0);
        feed.pass(Duration.ofSeconds(1));
        feed.connect();
        answer(feed);
        assertThat(topics(feed, feed.network.lastLink()))
                .containsExactlyInAnyOrder("publicTrade.BTCUSDT", "orderbook.50.BTCUSDT", "orderbook.200.BTCUSDT");
    }

    @Test
    void theEndOfOneIsSaidWithItsNameAndItsBooksAndTheOtherGoesOn() {
        twoConnections();
        receive(link(0), book("BTCUSDT", 100));
        receive(link(1), book("ETHUSDT", 100));
        feed.lines.next();

        feed.feed.closed(link(1), "reset by the other side", 0);
        feed.outbox.flush();

        assertThat(feed.lines.statuses()).extracting(Status::status).containsExactly("disconnected", "resyncing");
        ConnectionDown disconnected = (ConnectionDown) feed.lines.statuses().get(0);
        assertThat(disconnected.feedLost()).isFalse();
        assertThat(disconnected.details())
                .containsEntry("connection", "linear-2")
                .containsEntry("connections", 2)
                .containsEntry("open", 1);
        Status resyncing = feed.lines.statuses().get(1);
        assertThat(resyncing.symbol()).isEqualTo("ETHUSDT");
        assertThat(resyncing.reason()).isEqualTo("its connection linear-2 has ended: reset by the other side");
        assertThat(feed.feed.figures()).containsEntry("connected", false).containsEntry("connections_open", 1);
        feed.lines.next();

        receive(link(0), feed.trade("BTCUSDT", "t-1"));
        assertThat(feed.lines.trades()).hasSize(1);
        feed.pass(Duration.ofSeconds(1));
        feed.connect();
        answer(feed);
        receive(feed.network.lastLink(), book("ETHUSDT", 7));

        assertThat(feed.lines.statuses(ConnectionUp.STATUS)).singleElement().satisfies(connected -> assertThat(
                        connected.details())
                .containsEntry("connection", "linear-2")
                .containsEntry("open", 2));
        assertThat(feed.lines.statuses(Synced.STATUS))
                .extracting(Status::symbol)
                .containsExactly("ETHUSDT");
        assertThat(feed.feed.figures()).containsEntry("connected", true);
    }

    @Test
    void theEndOfTheLastOneIsTheEndOfAll() {
        twoConnections();
        receive(link(0), book("BTCUSDT", 100));
        receive(link(1), book("ETHUSDT", 100));
        feed.lines.next();

        feed.feed.closed(link(1), "reset", 0);
        feed.feed.closed(link(0), "reset", 0);
        feed.outbox.flush();

        assertThat(feed.lines.statuses(ConnectionDown.STATUS))
                .extracting(status -> ((ConnectionDown) status).feedLost())
                .containsExactly(false, true);
        assertThat(feed.lines.statuses(Resyncing.STATUS)).hasSize(1);
    }

    @Test
    void aLossOnOneDoesNotMakeTradesOfAnotherSuspect() {
        twoConnections();
        receive(link(0), book("BTCUSDT", 100));
        receive(link(0), feed.trade("BTCUSDT", "t-1"));
        receive(link(1), feed.trade("ETHUSDT", "t-2"));
        feed.network.tradeRequests.clear();

        receive(link(0), feed.book("orderbook.50.BTCUSDT", "delta", 107, "", ""));

        assertThat(feed.network.tradeRequests.values())
                .singleElement()
                .asString()
                .contains("symbol=BTCUSDT");
    }

    @Test
    void oneThatRunsEmptyIsClosedAfterAWhileAndSaid() {
        twoConnections();
        feed.lines.next();
        feed.command(command(Kind.UNSUBSCRIBE, "trades", "ETHUSDT"), command(Kind.UNSUBSCRIBE, "depth", "ETHUSDT"));
        answer(feed);
        answerPings(Duration.ofSeconds(9));
        assertThat(feed.network.closed).isEmpty();

        answerPings(Duration.ofSeconds(2));

        assertThat(feed.network.closed).containsExactly(link(1));
        assertThat(feed.lines.statuses("closed")).singleElement().satisfies(closed -> assertThat(closed.details())
                .containsEntry("connection", "linear-2")
                .containsEntry("connections", 1)
                .containsEntry("open", 1));
        feed.command(command(Kind.SUBSCRIBE, "trades", "XRPUSDT"), command(Kind.SUBSCRIBE, "depth", "XRPUSDT"));
        assertThat(feed.network.opened).hasSize(3);
        feed.connect();
        assertThat(feed.lines.statuses(ConnectionUp.STATUS).get(0).details()).containsEntry("connection", "linear-2");
    }

    @Test
    void oneThatIsDownAndNotNeededAnyMoreIsReportedAsClosed() {
        twoConnections();
        feed.feed.closed(link(1), "reset", 0);
        feed.lines.next();
        feed.command(command(Kind.UNSUBSCRIBE, "trades", "ETHUSDT"), command(Kind.UNSUBSCRIBE, "depth", "ETHUSDT"));
        for (int i = 0; i < 11 && feed.lines.statuses("closed").isEmpty(); i++) {
            answerPings(Duration.ofSeconds(1));
        }

        assertThat(feed.lines.statuses("closed")).singleElement().satisfies(closed -> assertThat(closed.details())
                .containsEntry("connection", "linear-2")
                .containsEntry("connections", 1)
                .containsEntry("open", 1));
        feed.lines.next();
        answerPings(Duration.ofSeconds(30));
        assertThat(feed.lines.statuses(ConnectionDown.STATUS))
                .as("nothing is reported of it afterwards")
                .extracting(down -> down.details().get("connection"))
                .doesNotContain("linear-2");
    }

    @Test
    void theFirstOfTheCategoryIsClosedTooIfAnotherCategoryIsUsed() {
        feed.command(new Command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "spot", "s-1"));
        feed.connect();
        answer(feed);
        feed.feed.closed(link(0), "reset", 0);
        for (int i = 0; i < 11 && feed.lines.statuses("closed").isEmpty(); i++) {
            answerPings(Duration.ofSeconds(1));
        }

        assertThat(feed.lines.statuses("closed")).singleElement().satisfies(closed -> assertThat(closed.details())
                .containsEntry("connections", 1)
                .containsEntry("open", 1));
    }

    @Test
    void theOnlyOneStaysOpenWithoutTopics() {
        answerPings(Duration.ofSeconds(30));

        assertThat(feed.network.closed).isEmpty();
    }

    private void twoConnections() {
        for (String symbol : List.of("BTCUSDT", "ETHUSDT")) {
            feed.command(command(Kind.SUBSCRIBE, "trades", symbol), command(Kind.SUBSCRIBE, "depth", symbol));
        }
        answerAll(feed, 2);
        assertThat(feed.network.opened).hasSize(2);
    }

    private int link(int index) {
        return feed.network.links.get(index);
    }

    private String book(String symbol, long updateId) {
        return feed.book("orderbook.50." + symbol, "snapshot", updateId, "[\"100.0\",\"1\"]", "[\"100.5\",\"3\"]");
    }

    private void receive(int link, String text) {
        feed.receive(link, text);
    }

    /** Opens requested connections and answers every request until none is left. */
    private static void answerAll(FeedHarness feed, int connections) {
        for (int i = 1; i < connections; i++) {
            feed.connect();
        }
        answer(feed);
    }

    private static void answer(FeedHarness feed) {
        for (List<FakeNetwork.Sent> sent = feed.network.sentBy(); !sent.isEmpty(); sent = feed.network.sentBy()) {
            sent.forEach(one -> feed.accept(one.link(), one.text()));
        }
    }

    private void answerPings(Duration duration) {
        answerPings(feed, duration);
    }

    private static void answerPings(FeedHarness feed, Duration duration) {
        for (long left = duration.toMillis(); left > 0; left -= 50) {
            feed.pass(Duration.ofMillis(50));
            answer(feed);
        }
    }

    /** The topics subscribed on a connection. */
    private static Set<String> topics(FeedHarness feed, int link) {
        Set<String> topics = new HashSet<>();
        for (FakeNetwork.Sent sent : new ArrayList<>(feed.network.all)) {
            if (sent.link() == link && sent.text().contains("\"args\"")) {
                String args = sent.text()
                        .substring(sent.text().indexOf('[') + 1, sent.text().indexOf(']'));
                for (String topic : args.replace("\"", "").split(",")) {
                    if (sent.text().contains("\"unsubscribe\"")) {
                        topics.remove(topic);
                    } else {
                        topics.add(topic);
                    }
                }
            }
        }
        return topics;
    }

    private static Command command(Kind kind, String channel, String symbol) {
        return new Command(kind, channel, symbol, null, kind + "-" + channel + "-" + symbol);
    }
}
