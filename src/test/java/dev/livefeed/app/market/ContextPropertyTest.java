package dev.livefeed.app.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.market.profile.Bin;
import dev.livefeed.app.market.profile.PlainProfile;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ContextPropertyTest {

    private static final Comparator<Trade> BY_TIME =
            Comparator.comparing(Trade::timestampMicros).thenComparing(Trade::seq);

    /** Every figure equals that of a plain recomputation, over days with late trades, to the last digit. */
    @Property(tries = 60)
    void equalsAPlainRecomputation(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 900) int count,
            @ForAll @IntRange(min = 1, max = 4) int days) {
        Market market = new Market(() -> 0);
        PlainContext plain = new PlainContext();
        List<Trade> trades = RandomDays.trades(seed, count, days);
        for (int i = 0; i < trades.size(); i++) {
            market.trade(trades.get(i));
            plain.trade(trades.get(i));
            if (i % 90 == 0 || i == trades.size() - 1) {
                same(market.context("BTCUSDT"), plain);
            }
        }
    }

    /** The same trades twice give the same context, field by field. */
    @Property(tries = 20)
    void theSameInputGivesTheSameContext(@ForAll long seed) {
        Market one = new Market(() -> 0);
        Market two = new Market(() -> 1);
        RandomDays.trades(seed, 300, 3).forEach(one::trade);
        RandomDays.trades(seed, 300, 3).forEach(trade -> {
            two.trade(trade);
            two.context("BTCUSDT");
        });

        assertThat(one.context("BTCUSDT")).isEqualTo(two.context("BTCUSDT"));
    }

    static void same(ContextView view, PlainContext plain) {
        LocalDate day = plain.today();
        List<Trade> today = plain.of(day);
        PlainProfile profile = PlainContext.profile(today);
        List<Trade> before =
                today.stream().filter(PlainContext.between("00:00", "08:00")).toList();
        List<Trade> range =
                today.stream().filter(PlainContext.between("08:00", "08:10")).toList();
        Trade first = today.stream().min(BY_TIME).orElseThrow();
        Trade last = today.stream().max(BY_TIME).orElseThrow();

        assertThat(view.day()).isEqualTo(day);
        assertThat(view.trades()).isEqualTo(today.size());
        equal(view.lastPrice(), last.price());
        assertThat(view.lastTimestampMicros()).isEqualTo(last.timestampMicros());
        equal(view.open(), first.price());
        equal(view.high(), PlainContext.high(today));
        equal(view.low(), PlainContext.low(today));
        equal(view.vwap(), PlainContext.vwap(today));
        equal(view.vwapQuote(), PlainContext.vwapQuote(today));
        equal(view.volume(), PlainContext.volume(today));
        equal(view.buyVolume().subtract(view.sellVolume()), PlainContext.delta(today));
        equal(view.cvd(), PlainContext.delta(today));
        equal(view.cdPre(), PlainContext.delta(before));
        equal(view.liveDelta(), PlainContext.delta(today).subtract(PlainContext.delta(before)));
        equal(view.openingRangeHigh(), PlainContext.high(range));
        equal(view.openingRangeLow(), PlainContext.low(range));
        Bin poc = profile.top().get(0);
        equal(view.poc(), poc.price());
        equal(view.pocVolume(), poc.volume());
        equal(view.val(), profile.valueArea().low());
        equal(view.vah(), profile.valueArea().high());
        assertThat(view.topBins())
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(profile.top());
        previous(view.previous(), plain.of(day.minusDays(1)), day.minusDays(1));
    }

    private static void previous(PreviousDay previous, List<Trade> trades, LocalDate day) {
        if (trades.isEmpty()) {
            assertThat(previous).isEqualTo(PreviousDay.unknown(day));
            return;
        }
        PlainProfile profile = PlainContext.profile(trades);
        assertThat(previous.day()).isEqualTo(day);
        assertThat(previous.approximate()).isFalse();
        equal(previous.high(), PlainContext.high(trades));
        equal(previous.low(), PlainContext.low(trades));
        equal(previous.vwap(), PlainContext.vwap(trades));
        equal(previous.poc(), profile.top().get(0).price());
        equal(previous.val(), profile.valueArea().low());
        equal(previous.vah(), profile.valueArea().high());
    }

    private static void equal(BigDecimal actual, BigDecimal expected) {
        if (expected == null) {
            assertThat(actual).isNull();
        } else {
            assertThat(actual).isEqualByComparingTo(expected);
        }
    }
}
