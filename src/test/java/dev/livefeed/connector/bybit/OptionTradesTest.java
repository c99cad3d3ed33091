package dev.livefeed.connector.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.command.Command.Kind;
import dev.livefeed.connector.net.HttpAnswer;
import dev.livefeed.event.Failure;
import dev.livefeed.event.Status;
import dev.livefeed.event.Trade;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trades of option contracts share the topic of their base coin. */
class OptionTradesTest {

    private static final String CALL = "BTC-27NOV26-70000-C";
    private static final String PUT = "BTC-27NOV26-70000-P-USDT";
    private static final String OTHER = "BTC-25DEC26-90000-C";

    private final FeedHarness feed = FeedHarness.open("BYBIT_CATEGORY", "option");

    @Test
    void theTopicOfTheBaseCoinIsAskedForOnceAndPassedOnForTheWantedContracts() {
        feed.command(Kind.SUBSCRIBE, "trades", CALL, "c-1");
        assertThat(feed.accept()).singleElement().asString().contains("[\"publicTrade.BTC\"]");
        feed.command(Kind.SUBSCRIBE, "trades", PUT, "c-2");
        assertThat(feed.network.sent()).isEmpty();

        assertThat(feed.lines.statuses(Status.SUBSCRIBED))
                .extracting(Status::id, Status::symbol)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("c-1", CALL),
                        org.assertj.core.groups.Tuple.tuple("c-2", PUT));
        trade(CALL, "t-1");
        trade(OTHER, "t-2");
        trade(PUT, "t-3");
        assertThat(feed.lines.trades()).extracting(Trade::symbol).containsExactly(CALL, PUT);
    }

    @Test
    void theBaseCoinMeansAllContractsAndLeavesTheOthersWhenItGoes() {
        feed.command(Kind.SUBSCRIBE, "trades", "BTC", "c-1");
        feed.accept();
        feed.command(Kind.SUBSCRIBE, "trades", CALL, "c-2");
        trade(OTHER, "t-1");
        trade(CALL, "t-2");
        feed.command(Kind.UNSUBSCRIBE, "trades", "BTC", "u-1");
        assertThat(feed.network.sent()).isEmpty();
        trade(OTHER, "t-3");
        trade(CALL, "t-4");
        assertThat(ids()).containsExactly("t-1", "t-2", "t-4");

        feed.command(Kind.UNSUBSCRIBE, "trades", CALL, "u-2");
        assertThat(feed.accept()).singleElement().asString().contains("\"unsubscribe\"", "[\"publicTrade.BTC\"]");
        trade(CALL, "t-5");

        assertThat(ids()).containsExactly("t-1", "t-2", "t-4");
        assertThat(feed.lines.statuses(Status.UNSUBSCRIBED))
                .extracting(Status::id)
                .containsExactly("u-1", "u-2");
        assertThat(feed.feed.figures()).containsEntry("subscriptions", 0);
    }

    @Test
    void whatAnOutageCostIsFetchedByBaseCoinAndPassedOnForTheWantedContracts() {
        feed.command(Kind.SUBSCRIBE, "trades", CALL, "c-1");
        feed.accept();
        trade(CALL, "t-1");
        feed.disconnect();
        feed.pass(Duration.ofSeconds(1));
        feed.network.asked.clear();
        feed.connect();
        feed.accept();
        int question = feed.network.asked.keySet().iterator().next();
        assertThat(feed.network.asked.get(question).getQuery()).isEqualTo("category=option&baseCoin=BTC&limit=1000");
        trade(OTHER, "t-4");
        trade(CALL, "t-5");
        feed.feed.answered(question, rows(CALL + " t-5", OTHER + " t-4", CALL + " t-3", OTHER + " t-2", CALL + " t-1"));
        feed.outbox.flush();

        assertThat(ids()).containsExactly("t-1", "t-3", "t-5");
        assertThat(feed.lines.statuses(Status.REPAIRED))
                .singleElement()
                .satisfies(repaired -> assertThat(repaired.details()).containsEntry("count", 1));
        assertThat(feed.lines.statuses(Status.SUBSCRIBED))
                .extracting(Status::symbol)
                .containsExactly(CALL, CALL);
    }

    @Test
    void aRefusalIsToldToEachContract() {
        feed.command(Kind.SUBSCRIBE, "trades", "XYZ-27NOV26-1-C", "c-1");
        feed.command(Kind.SUBSCRIBE, "trades", "XYZ-27NOV26-1-P", "c-2");
        feed.network.sent();

        feed.receive("{\"success\":true,\"conn_id\":\"x\",\"data\":{\"failTopics\":[\"publicTrade.XYZ\"],"
                + "\"successTopics\":[]},\"type\":\"COMMAND_RESP\"}");

        assertThat(feed.lines.failures()).extracting(Failure::id).containsExactly("c-1", "c-2");
    }

    private void trade(String contract, String id) {
        feed.receive(feed.trade("BTC", id).replace("\"s\":\"BTC\"", "\"s\":\"" + contract + "\""));
    }

    private List<String> ids() {
        return feed.lines.trades().stream().map(Trade::id).toList();
    }

    private HttpAnswer rows(String... newestFirst) {
        StringBuilder rows = new StringBuilder();
        for (String row : newestFirst) {
            String[] parts = row.split(" ");
            rows.append(rows.length() == 0 ? "" : ",")
                    .append("{\"execId\":\"")
                    .append(parts[1])
                    .append("\",\"symbol\":\"")
                    .append(parts[0])
                    .append("\",\"price\":\"1.5\",\"size\":\"2\",\"side\":\"Buy\",\"time\":\"")
                    .append(feed.time.micros() / 1_000)
                    .append("\",\"seq\":\"5\"}");
        }
        return new HttpAnswer(
                200, 0, ("{\"retCode\":0,\"result\":{\"list\":[" + rows + "]}}").getBytes(StandardCharsets.UTF_8));
    }
}
