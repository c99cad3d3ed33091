package dev.livefeed.connector.sdk.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.book.OrderBook;
import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.sdk.RecordedLines;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Statuses;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final ManualTime time = new ManualTime();
    private final RecordedLines lines = new RecordedLines(time::micros);
    private final Outbox outbox = new Outbox(lines, "test", new Outbox.Limits(300, 1_000));
    private final OrderBook book = new OrderBook(50);
    private final DepthOutlet outlet = outbox.outlet(book);
    private long updateId = 100;

    @Test
    void eventsAreWrittenInOrderWhileTheReaderKeepsUp() {
        snapshot();
        delta("10", "1");
        trade("t-1");
        outbox.status(Statuses.of("connected", "test"));
        outbox.flush();

        assertThat(lines.events()).extracting(Event::type).containsExactly("depth", "depth", "trade", "status");
        assertThat(outbox.full()).isFalse();
    }

    @Test
    void deltasOfABookAreMergedWhileTheReaderIsBehind() {
        snapshot();
        outbox.flush();
        fill();
        delta("10", "1");
        delta("10", "2");
        delta("9", "5");
        delta("10", "0");
        outbox.flush();
        assertThat(lines.depths()).hasSize(1);

        drain();

        Depth merged = lines.depths().get(1);
        assertThat(merged.snapshot()).isFalse();
        assertThat(merged.prevUpdateId()).isEqualTo(100);
        assertThat(merged.lastUpdateId()).isEqualTo(104);
        assertThat(merged.bids()).hasToString("[[10, 0], [9, 5]]");
        assertThat(outbox.figures()).containsEntry("depth_merged", 3L).containsEntry("output_stalls", 1L);
        delta("8", "1");
        outbox.flush();
        assertThat(lines.depths().get(2).prevUpdateId()).isEqualTo(104);
    }

    @Test
    void snapshotReplacesMergedDeltas() {
        snapshot();
        outbox.flush();
        fill();
        delta("10", "1");
        snapshot();
        delta("7", "7");

        drain();

        Depth merged = lines.depths().get(1);
        assertThat(merged.snapshot()).isTrue();
        assertThat(merged.lastUpdateId()).isEqualTo(103);
        assertThat(merged.bids()).hasToString("[[20, 1], [7, 7]]");
    }

    @Test
    void tooLargeMergeIsReplacedByTheBook() {
        snapshot();
        outbox.flush();
        fill();
        for (int i = 0; i < 2_100; i++) {
            delta(Integer.toString(1 + i), "1");
            delta(Integer.toString(1 + i), "0");
        }

        drain();

        Depth last = lines.depths().get(1);
        assertThat(last.snapshot()).isTrue();
        assertThat(last.lastUpdateId()).isEqualTo(4_300);
        assertThat(last.bids()).isEqualTo(book.bids().top(50));
    }

    @Test
    void statusOfABookFollowsItsPendingEvent() {
        snapshot();
        outbox.flush();
        fill();
        delta("10", "1");
        outlet.then(Statuses.of("synced", "test"));
        outbox.flush();

        drain();

        List<Event> events = lines.events();
        int depth = events.indexOf(lines.depths().get(1));
        assertThat(events.get(depth + 1)).isEqualTo(Statuses.of("synced", "test"));
    }

    @Test
    void discardedChangesAreNeverWritten() {
        snapshot();
        outbox.flush();
        fill();
        delta("10", "1");
        outlet.discard();

        drain();

        assertThat(lines.depths()).hasSize(1);
    }

    @Test
    void tradesBeyondTheLimitAreReportedAsAGap() {
        fill();
        int sent = 0;
        while ((long) outbox.figures().get("trades_lost") < 5) {
            trade("t-" + sent++);
            outbox.flush();
        }

        drain();
        trade("after");
        outbox.flush();

        List<Trade> kept = lines.trades();
        assertThat(kept).hasSize(sent - 5 + 1);
        assertThat(kept.get(kept.size() - 1).id()).isEqualTo("after");
        Status gap = lines.statuses(Gap.STATUS).get(0);
        assertThat(gap.symbol()).isEqualTo("BTCUSDT");
        assertThat(gap.channel()).isEqualTo("trades");
        assertThat(gap.details()).containsEntry("count", 5).containsKeys("from", "to");
        assertThat(lines.statuses(Gap.STATUS)).hasSize(1);
    }

    @Test
    void gapBoundsCoverLostTradesThatArriveOutOfOrder() {
        fill();
        long now = time.micros();
        for (int i = 0; (long) outbox.figures().get("trades_lost") < 1; i++) {
            trade("t-" + i, now);
            outbox.flush();
        }
        trade("newer", now + 5_000);
        trade("fetched", now - 7_000);
        drain();

        assertThat(lines.statuses(Gap.STATUS).get(0).details())
                .containsEntry("from", Times.instant(now - 7_000).toString())
                .containsEntry("to", Times.instant(now + 5_000).toString());
    }

    @Test
    void gapWithoutRoomIsReportedLater() {
        fillUp();
        long now = time.micros();
        outbox.status(gap(now - 9_000, now - 5_000));
        outbox.flush();
        assertThat(lines.statuses(Gap.STATUS)).isEmpty();
        drain();

        assertThat(lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> {
            assertThat(gap.symbol()).isEqualTo("BTCUSDT");
            assertThat(gap.channel()).isEqualTo("trades");
            assertThat(gap.reason()).isEqualTo("REST did not answer");
            assertThat(gap.details())
                    .containsEntry("from", Times.instant(now - 9_000).toString())
                    .containsEntry("to", Times.instant(now - 5_000).toString())
                    .containsEntry("category", "linear")
                    .doesNotContainKey("count");
        });
        assertThat(outbox.figures()).containsEntry("statuses_lost", 0L);
    }

    @Test
    void gapWithInvalidBoundsIsReportedUnchanged() {
        fillUp();
        Status gap = Statuses.with(Statuses.with(Statuses.of(Gap.STATUS, "test"), "from", "then"), "to", "now");
        Status invalid = Statuses.of(Gap.STATUS, "test", "BTCUSDT", "trades", null, "unknown", gap.details());
        outbox.status(invalid);
        outbox.flush();
        drain();

        assertThat(lines.statuses(Gap.STATUS)).containsExactly(invalid);
    }

    @Test
    void lostTradesAndGapsAreCombinedIntoOneGap() {
        fillUp();
        long now = time.micros();
        outbox.status(gap(now - 9_000, now - 5_000));
        trade("t-1", now);
        outbox.status(gap(now + 1_000, now + 2_000));
        drain();

        assertThat(lines.statuses(Gap.STATUS)).singleElement().satisfies(gap -> {
            assertThat(gap.reason())
                    .isEqualTo(
                            "the reader of the events was too slow: 1 trades found no room; also REST did not answer");
            assertThat(gap.details())
                    .containsEntry("from", Times.instant(now - 9_000).toString())
                    .containsEntry("to", Times.instant(now + 2_000).toString())
                    .containsEntry("count", 1);
        });
    }

    @Test
    void latestStatusOfEachKindIsWrittenInOrderOnceThereIsRoom() {
        fillUp();
        outbox.status(connection("disconnected", "linear", 1));
        outbox.status(connection("connected", "linear", 2));
        outbox.status(connection("disconnected", "linear", 3));
        outbox.status(connection("connected", "spot", 4));
        outbox.failure(new Failure("no such symbol", "refused", "NOSUCH", "trades", "c-1", false));
        outbox.flush();
        drain();
        outbox.status(Statuses.of("later", "test"));
        outbox.flush();

        List<Event> events = lines.events();
        assertThat(events.subList(events.size() - 5, events.size()))
                .containsExactly(
                        connection("connected", "linear", 2),
                        connection("disconnected", "linear", 3),
                        connection("connected", "spot", 4),
                        new Failure("no such symbol", "refused", "NOSUCH", "trades", "c-1", false),
                        Statuses.of("later", "test"));
        assertThat(outbox.figures()).containsEntry("statuses_lost", 1L);
    }

    @Test
    void deferredStatusesAreLimited() {
        fillUp();
        for (int i = 0; i < 6_000; i++) {
            outbox.status(Statuses.of("subscribed", "test", "BTCUSDT", "trades", "c-" + i, null, Map.of()));
        }
        drain();

        assertThat(lines.statuses("subscribed")).hasSize(5_000);
        assertThat(outbox.figures()).containsEntry("statuses_lost", 1_000L);
    }

    private static Status gap(long from, long to) {
        return Statuses.with(
                Statuses.with(
                        Statuses.with(
                                Statuses.of(
                                        Gap.STATUS, "test", "BTCUSDT", "trades", null, "REST did not answer", Map.of()),
                                "category",
                                "linear"),
                        "from",
                        Times.instant(from).toString()),
                "to",
                Times.instant(to).toString());
    }

    private static Status connection(String status, String name, int number) {
        return Statuses.with(Statuses.with(Statuses.of(status, "test"), "connection", name), "attempt", number);
    }

    /** Blocks the reader and fills the outbox completely. */
    private void fillUp() {
        lines.block();
        for (int i = 0; (int) outbox.figures().get("output_waiting_bytes") < 1_000 + 256 * 1024; i++) {
            outbox.status(Statuses.of("filling " + i, "test"));
            outbox.flush();
        }
    }

    /** Blocks the reader and fills the outbox until events are merged. */
    private void fill() {
        lines.block();
        while (!outbox.full()) {
            outbox.status(Statuses.of("filling", "test"));
            outbox.flush();
        }
    }

    private void drain() {
        lines.unblock();
        outbox.drained();
    }

    private void snapshot() {
        Levels bids = levels("20", "1");
        book.snapshot(bids, Levels.EMPTY);
        outlet.emit(head(true), bids, Levels.EMPTY);
        updateId++;
    }

    private void delta(String price, String qty) {
        Levels bids = levels(price, qty);
        book.apply(bids, Levels.EMPTY);
        outlet.emit(head(false), bids, Levels.EMPTY);
        updateId++;
    }

    private Depth head(boolean snapshot) {
        long last = updateId;
        return new Depth(
                "BTCUSDT",
                "linear",
                time.micros(),
                Levels.EMPTY,
                Levels.EMPTY,
                last,
                snapshot ? -1 : last - 1,
                snapshot,
                50,
                time.micros(),
                false);
    }

    private void trade(String id) {
        trade(id, time.micros());
    }

    private void trade(String id, long micros) {
        outbox.trade(new Trade(
                "BTCUSDT",
                "linear",
                id,
                micros,
                BigDecimal.TEN,
                BigDecimal.ONE,
                Side.BUY,
                -1,
                false,
                false,
                time.micros(),
                false));
    }

    private static Levels levels(String price, String qty) {
        return new Levels.Builder()
                .add(new BigDecimal(price), new BigDecimal(qty))
                .build();
    }
}
