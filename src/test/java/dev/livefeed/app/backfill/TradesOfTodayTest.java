package dev.livefeed.app.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.app.market.Market;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.HistoryDone;
import dev.livefeed.protocol.status.Status.Head;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The trades of a day, with a connector that the test simulates: it has a trade in each second, at the number of the
 * second.
 */
@Timeout(60)
class TradesOfTodayTest {

    private static final InstrumentId BTC = Ids.linear("BTCUSDT");
    private static final long TODAY = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
    private static final long DAY = 86_400_000;

    private final Market market = new Market(() -> 0);
    private final AtomicLong wall = new AtomicLong(TODAY + 60_000);
    private final List<Long> asked = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /** Called after each answer with the end of the range. */
    private LongConsumer afterwards = to -> {};

    /** Called before each answer with candles, of which there are none. */
    private Runnable beforeCandles = () -> {};

    /** How far the venue's list is behind the wall clock. */
    private long behind = 1_000;

    private boolean traded = true;
    private HistoryClient client;

    private boolean fill() throws Exception {
        connect();
        return new TradesOfToday(client, market, wall::get, new BackfillProgress(() -> 0)).fill(BTC, TODAY);
    }

    private void connect() {
        client = new HistoryClient(
                this::answer, () -> 1, () -> false, () -> System.nanoTime() / 1_000_000, Duration.ofSeconds(5));
    }

    private void answer(Map<String, Object> command) {
        long from = ((Number) command.get("from")).longValue();
        long to = ((Number) command.get("to")).longValue();
        String channel = (String) command.get("channel");
        if (!channel.equals("trades")) {
            beforeCandles.run();
            client.status(new HistoryDone(
                    new Head("binance", "BTCUSDT", channel, (String) command.get("id"), null),
                    "linear",
                    Instant.ofEpochMilli(from),
                    Instant.ofEpochMilli(to),
                    0,
                    true));
            return;
        }
        asked.add(from);
        String failure = failures.isEmpty() ? null : failures.remove(0);
        long end = Math.min(to, wall.get() - behind);
        for (long at = traded ? (from + 999) / 1_000 * 1_000 : end;
                at < (failure == null ? end : (from + end) / 2);
                at += 1_000) {
            client.event(new HistoryEvent(trade(at)));
        }
        client.status(new HistoryDone(
                new Head("binance", "BTCUSDT", "trades", (String) command.get("id"), failure),
                "linear",
                Instant.ofEpochMilli(from),
                Instant.ofEpochMilli(end),
                traded ? 1 : 0,
                failure == null));
        afterwards.accept(to);
    }

    private static Trade trade(long millis) {
        return new Trade(
                "BTCUSDT",
                "linear",
                Long.toString(1 + (millis - TODAY) / 1_000),
                millis * 1_000,
                BigDecimal.valueOf(1 + (millis - TODAY) / 1_000),
                BigDecimal.ONE,
                Side.BUY,
                -1,
                false,
                false,
                millis * 1_000,
                false);
    }

    private void live(long from, long to) {
        for (long at = from; at < to; at += 1_000) {
            market.trade(trade(at));
        }
    }

    @Test
    void afterAFailureTheSameTradesAreRequestedAndTheDayIsComplete() throws Exception {
        failures.add("HTTP 503");
        afterwards = to -> {
            if (asked.size() == 1) {
                live(TODAY + 60_000, TODAY + 65_000);
                wall.set(TODAY + 66_000);
            }
        };
        fill();

        assertThat(asked).startsWith(TODAY, TODAY);
        assertThat(market.context(BTC).volume()).isEqualByComparingTo("65");
    }

    @Test
    void whatIsMissingInTheMiddleIsMissingEachTime() {
        failures.addAll(List.of("a hole", "a hole", "a hole"));

        assertThatThrownBy(this::fill).isInstanceOf(HistoryException.class).hasMessageContaining("a hole");
        assertThat(asked).containsExactly(TODAY, TODAY, TODAY);
    }

    @Test
    void aClockThatIsAheadOfTheVenueLeavesNoHoleBeforeTheFirstLiveTrade() throws Exception {
        behind = 5_000;
        afterwards = to -> {
            if (asked.size() == 1) {
                live(TODAY + 57_000, TODAY + 60_000);
                wall.set(TODAY + 63_000);
            }
        };
        fill();

        assertThat(market.context(BTC).volume()).isEqualByComparingTo("60");
    }

    @Test
    void aDayThatEndsBeforeItsFirstPastTradeIsNotCounted() throws Exception {
        wall.set(TODAY + DAY - 500);
        market.beginDay(BTC, LocalDate.parse("2026-03-02"));
        live(TODAY + DAY, TODAY + DAY + 2_000);
        wall.set(TODAY + DAY + 2_000);

        assertThat(fill()).isFalse();
        assertThat(market.context(BTC).volume()).isEqualByComparingTo("2");
    }

    /** The first trade of the new day came before the first live one. */
    @Test
    void theNewDayIsExactIfMidnightPassesBeforeTheFirstPastTrade() {
        wall.set(TODAY + DAY - 500);
        beforeCandles = () -> {
            if (wall.get() < TODAY + DAY) {
                live(TODAY + DAY + 1_000, TODAY + DAY + 3_000);
                wall.set(TODAY + DAY + 3_500);
            }
        };
        connect();
        MissingTrades missing = new MissingTrades(List.of(BTC), () -> 0);
        new Backfill(
                        new Backfill.Plan("binance_ws", "binance", "trades", List.of(BTC), Duration.ZERO),
                        client,
                        market,
                        wall::get,
                        new BackfillProgress(() -> 0),
                        missing)
                .run();

        assertThat(asked).startsWith(TODAY, TODAY + DAY);
        assertThat(market.context(BTC).volume()).isEqualByComparingTo("3");
        assertThat(market.context(BTC).approximate()).isFalse();
    }

    @Test
    void anInstrumentWithoutATradeTodayIsDone() throws Exception {
        traded = false;

        assertThat(fill()).isTrue();
        assertThat(asked).containsExactly(TODAY, TODAY, TODAY);
        market.trade(trade(TODAY + 70_000));
        assertThat(market.context(BTC).volume()).isEqualByComparingTo("1");
    }

    @Test
    void theDayIsCompleteThoughItEndsMeanwhile() throws Exception {
        wall.set(TODAY + DAY - 2_000);
        afterwards = to -> {
            if (asked.size() == 1) {
                live(TODAY + DAY - 1_000, TODAY + DAY + 3_000);
                wall.set(TODAY + DAY + 5_000);
            }
        };
        fill();

        assertThat(market.context(BTC).previous().vwap()).isEqualByComparingTo("43200.5");
        assertThat(market.context(BTC).volume()).isEqualByComparingTo("3");
    }
}
