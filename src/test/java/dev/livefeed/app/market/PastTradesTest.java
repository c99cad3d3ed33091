package dev.livefeed.app.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A day that is counted from all of its trades, some of them past and some live. */
class PastTradesTest {

    private static final InstrumentId BTC = Ids.linear("BTCUSDT");
    private static final long MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli() * 1_000;

    private final Market market = new Market(() -> 0);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void pastAndLiveTradesInAnyInterleavingAreTheWholeDay(long seed) {
        Random random = new Random(seed);
        List<Trade> day = day(2_000, random);
        int subscribed = random.nextInt(day.size());
        int live = subscribed;
        int past = 0;
        // History is asked for repeatedly, each time up to the present, and overlaps with what came before.
        while (live < day.size()) {
            if (random.nextBoolean()) {
                market.trade(day.get(live++));
            } else {
                past = Math.max(0, past - random.nextInt(20));
                int until = Math.min(live, past + random.nextInt(400));
                while (past < until) {
                    market.past(day.get(past++));
                }
            }
        }
        day.forEach(market::past);

        Market whole = new Market(() -> 0);
        day.forEach(whole::trade);
        ContextView expected = whole.context(BTC);
        ContextView found = market.context(BTC);
        assertThat(found).usingRecursiveComparison().isEqualTo(expected);
        assertThat(market.dayReport(BTC).sums().trades()).isEqualTo(2_000);
        assertThat(market.bins(BTC, BigDecimal.ZERO, 10_000)).isEqualTo(whole.bins(BTC, BigDecimal.ZERO, 10_000));
        assertThat(found.approximate()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void midnightMayPassWhileTheyAreCounted(long seed) {
        Random random = new Random(seed);
        List<Trade> day = day(300, random);
        int subscribed = 100 + random.nextInt(100);
        int until = random.nextInt(subscribed);
        day.subList(0, until).forEach(market::past);
        day.subList(subscribed, day.size()).forEach(market::trade);
        Trade next = trade("5000", MIDNIGHT + 86_400_000_000L, "50001", "2");
        market.trade(next);

        assertThat(market.firstLiveMicros(BTC)).isEqualTo(day.get(subscribed).timestampMicros());
        day.forEach(market::past);
        assertThat(market.past(day.get(subscribed - 1))).isFalse();

        Market whole = new Market(() -> 0);
        day.forEach(whole::trade);
        whole.trade(next);
        assertThat(market.context(BTC)).usingRecursiveComparison().isEqualTo(whole.context(BTC));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 150, 200})
    void tradesAfterAResetOfTheVenueAreCountedThoughTheirIdsAreLower(int pastBefore) {
        List<Trade> day = day(200, new Random(3));
        day.subList(0, pastBefore).forEach(market::past);
        day.subList(pastBefore == 1 ? 1 : 150, 200).forEach(market::trade);
        long resumed = day.get(199).timestampMicros() + 60_000_000L;
        List<Trade> afterReset = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            afterReset.add(trade(Integer.toString(i), resumed + i * 1_000L, "50002.5", "3"));
        }
        afterReset.subList(0, 30).forEach(market::trade);
        // The rest of the past is counted, what came live after the reset is not counted again.
        day.forEach(market::past);
        afterReset.subList(0, 30).forEach(market::past);
        afterReset.subList(30, 50).forEach(market::trade);

        Market whole = new Market(() -> 0);
        day.forEach(whole::trade);
        afterReset.forEach(whole::trade);
        assertThat(market.dayReport(BTC).sums().trades()).isEqualTo(250);
        assertThat(market.context(BTC)).usingRecursiveComparison().isEqualTo(whole.context(BTC));
    }

    @Test
    void aTradeThatIsALittleLaterThanItsIdSaysIsNotCountedTwice() {
        market.past(trade("100", MIDNIGHT + 5_000_000, "100", "1"));
        market.past(trade("101", MIDNIGHT + 4_900_000, "100", "1"));
        market.trade(trade("100", MIDNIGHT + 5_000_000, "100", "1"));
        market.trade(trade("101", MIDNIGHT + 5_200_000, "100", "1"));
        market.trade(trade("102", MIDNIGHT + 5_300_000, "100", "1"));

        assertThat(market.context(BTC).volume()).isEqualByComparingTo("3");
    }

    @Test
    void aDayThatWasPartlyRestoredOrFilledBeginsAgain() {
        List<Trade> day = day(100, new Random(1));
        market.trade(day.get(70));
        market.fill(
                BTC,
                new ExchangeCandle(
                        MIDNIGHT / 1_000 + 12 * 3_600_000,
                        new BigDecimal("1"),
                        new BigDecimal("1"),
                        new BigDecimal("1"),
                        new BigDecimal("1"),
                        new BigDecimal("5"),
                        null));

        day.subList(0, 90).forEach(market::past);
        day.subList(90, 100).forEach(market::trade);

        Market whole = new Market(() -> 0);
        day.forEach(whole::trade);
        assertThat(market.context(BTC)).usingRecursiveComparison().isEqualTo(whole.context(BTC));
    }

    @Test
    void tradesWithoutNumbersAndOfOtherDaysChangeNothing() {
        Trade live = trade("a-1", MIDNIGHT + 10, "100", "1");
        market.trade(live);

        assertThat(market.past(trade("a-0", MIDNIGHT + 5, "90", "1"))).isFalse();
        assertThat(market.past(trade("7", MIDNIGHT - 1, "90", "1"))).isFalse();

        assertThat(market.context(BTC).volume()).isEqualByComparingTo("1");
    }

    private static List<Trade> day(int count, Random random) {
        List<Trade> day = new ArrayList<>();
        long micros = MIDNIGHT;
        for (int i = 0; i < count; i++) {
            // Several trades have the same time.
            micros += random.nextInt(3) * 14_000_000L;
            day.add(trade(
                    Integer.toString(1_000 + i),
                    micros,
                    BigDecimal.valueOf(5_000_000 + random.nextInt(500), 2).toPlainString(),
                    BigDecimal.valueOf(1 + random.nextInt(5_000), 3).toPlainString()));
        }
        return day;
    }

    private static Trade trade(String id, long micros, String price, String qty) {
        return new Trade(
                "BTCUSDT",
                "linear",
                id,
                micros,
                new BigDecimal(price),
                new BigDecimal(qty),
                id.hashCode() % 2 == 0 ? Side.BUY : Side.SELL,
                -1,
                false,
                false,
                micros,
                false);
    }
}
