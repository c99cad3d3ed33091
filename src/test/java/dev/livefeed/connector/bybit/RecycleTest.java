package dev.livefeed.connector.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Synced;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection is replaced before it reaches its maximum age, without losing data. */
class RecycleTest {

    @TempDir
    private Path folder;

    private FeedHarness feed;
    private final List<String> made = new ArrayList<>();
    private boolean restWorks = true;
    private long updateId = 100;

    @BeforeEach
    void start() throws Exception {
        Path config = Files.writeString(folder.resolve("config.json"), "{\"recycle_after_ms\": 600000}");
        feed = new FeedHarness("BYBIT_CONNECTOR_CONFIG_FILE", config.toString());
        feed.feed.start();
        feed.connect();
        feed.command(Kind.SUBSCRIBE, "depth", "BTCUSDT", "c-1");
        feed.command(Kind.SUBSCRIBE, "trades", "BTCUSDT", "c-2");
        feed.accept();
        feed.snapshot(100);
        feed.lines.next();
    }

    @Test
    void theNewOneIsOpenBeforeTheOldOneIsLeftAndWhatFallsBetweenIsFetched() {
        int old = feed.network.lastLink();
        untilTheNextIsOpened(Duration.ofMinutes(9), Duration.ofMinutes(11));
        int next = feed.network.lastLink();
        assertThat(feed.network.closed).isEmpty();
        trade(old, "while-opening");
        assertThat(last()).isEqualTo("while-opening");
        feed.lines.next();

        feed.feed.opened(next, false);
        feed.outbox.flush();
        assertThat(feed.network.closed).containsExactly(old);
        assertThat(feed.lines.statuses()).extracting(Status::status).containsExactly("recycled", "resyncing");
        assertThat(feed.lines.statuses().get(0).details()).containsEntry("connection", "linear");
        made.add("missed");
        feed.network.tradeRequests.clear();
        List<String> sent = feed.accept();
        assertThat(sent)
                .anyMatch(text -> text.contains("orderbook.50.BTCUSDT") && text.contains("publicTrade.BTCUSDT"));
        feed.snapshot(7_000);
        trade(next, "live");
        answerRest();

        assertThat(feed.lines.trades()).extracting(Trade::id).containsExactly("missed", "live");
        assertThat(feed.lines.statuses(Synced.STATUS)).hasSize(1);
        assertThat(feed.lines.statuses(ConnectionDown.STATUS)).isEmpty();
        assertThat(feed.lines.statuses(ConnectionUp.STATUS)).isEmpty();
        assertThat(feed.lines.statuses(Gap.STATUS)).isEmpty();
        assertThat(feed.feed.figures()).containsEntry("recycles", 1L).containsEntry("connected", true);
        feed.lines.next();
        feed.receive(old, feed.trade("BTCUSDT", "from-the-old-one"));
        assertThat(feed.lines.trades()).isEmpty();

        untilTheNextIsOpened(Duration.ofMinutes(9), Duration.ofMinutes(11));
        assertThat(feed.network.links).hasSize(3);
    }

    @Test
    void oneThatCannotBeOpenedLeavesTheOldOneAsItIs() {
        int old = feed.network.lastLink();
        untilTheNextIsOpened(Duration.ofMinutes(9), Duration.ofMinutes(11));
        feed.lines.next();
        feed.feed.closed(feed.network.lastLink(), "refused", 503);
        trade(old, "t-1");

        assertThat(last()).isEqualTo("t-1");
        assertThat(feed.lines.statuses(ConnectionDown.STATUS)).isEmpty();
        untilTheNextIsOpened(Duration.ofSeconds(59), Duration.ofSeconds(62));
        pass(Duration.ofSeconds(16));
        assertThat(feed.network.closed).as("cancelled after the open timeout").contains(feed.network.lastLink());
        assertThat(feed.network.closed).doesNotContain(old);
    }

    @Test
    void theEndOfTheOldOneWhileTheNewOneIsBeingOpenedIsAnOrdinaryEnd() {
        int old = feed.network.lastLink();
        untilTheNextIsOpened(Duration.ofMinutes(9), Duration.ofMinutes(11));
        int next = feed.network.lastLink();
        feed.lines.next();

        feed.feed.closed(old, "reset", 0);
        feed.outbox.flush();

        assertThat(feed.lines.statuses(ConnectionDown.STATUS)).hasSize(1);
        assertThat(feed.network.closed).contains(next);
        feed.feed.opened(next, false);
        pass(Duration.ofSeconds(1));
        assertThat(feed.network.links).hasSize(3);
        feed.connect();
        assertThat(feed.lines.statuses(ConnectionUp.STATUS)).hasSize(1);
    }

    @Test
    void nothingIsReplacedWhileMissedTradesCouldNotBeFetched() {
        restWorks = false;
        pass(Duration.ofMinutes(20));
        assertThat(feed.network.links).hasSize(1);

        restWorks = true;
        untilTheNextIsOpened(Duration.ZERO, Duration.ofMinutes(2));
    }

    private void untilTheNextIsOpened(Duration least, Duration most) {
        long began = feed.time.nanos();
        int links = feed.network.links.size();
        while (feed.network.links.size() == links && feed.time.nanos() - began < most.toNanos()) {
            pass(Duration.ofSeconds(1));
        }
        assertThat(feed.network.links).hasSize(links + 1);
        assertThat(Duration.ofNanos(feed.time.nanos() - began)).isBetween(least, most);
    }

    /** Advances the clock of a market with data. */
    private void pass(Duration duration) {
        for (long left = duration.toSeconds(); left > 0; left--) {
            feed.pass(Duration.ofSeconds(1));
            List<FakeNetwork.Sent> sent = feed.network.sentBy();
            sent.forEach(one -> feed.accept(one.link(), one.text()));
            if (feed.feed.figures().get("connections_open").equals(1) && serving() != 0) {
                trade(serving(), "t-" + feed.time.micros());
                feed.receive(
                        serving(),
                        feed.book(FeedHarness.BOOK, "snapshot", ++updateId, "[\"100.0\",\"1\"]", "[\"100.5\",\"3\"]"));
            }
            answerRest();
        }
    }

    private int serving() {
        return feed.network.links.stream()
                .filter(link -> !feed.network.closed.contains(link))
                .findFirst()
                .orElse(0);
    }

    private void trade(int link, String id) {
        made.add(id);
        feed.receive(link, feed.trade("BTCUSDT", id));
    }

    private void answerRest() {
        for (int requestId : List.copyOf(feed.network.tradeRequests.keySet())) {
            feed.network.tradeRequests.remove(requestId);
            if (restWorks) {
                feed.feed.answered(requestId, rows());
            } else {
                feed.feed.unanswered(requestId, "no route");
            }
        }
        feed.outbox.flush();
    }

    private HttpAnswer rows() {
        StringBuilder rows = new StringBuilder();
        for (int i = made.size() - 1; i >= Math.max(0, made.size() - 900); i--) {
            rows.append(rows.length() == 0 ? "" : ",")
                    .append("{\"execId\":\"")
                    .append(made.get(i))
                    .append("\",\"symbol\":\"BTCUSDT\",\"price\":\"1.5\",\"size\":\"2\",\"side\":\"Buy\",\"time\":\"")
                    .append(feed.time.micros() / 1_000)
                    .append("\",\"seq\":\"5\"}");
        }
        return new HttpAnswer(
                200, 0, ("{\"retCode\":0,\"result\":{\"list\":[" + rows + "]}}").getBytes(StandardCharsets.UTF_8));
    }

    private String last() {
        List<Trade> trades = feed.lines.trades();
        return trades.get(trades.size() - 1).id();
    }
}
