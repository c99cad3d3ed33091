package dev.livefeed.app.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.market.profile.Bin;
import dev.livefeed.app.market.profile.ReferenceProfile;
import dev.livefeed.protocol.model.Ids;
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

    /** Every figure equals the reference exactly, over days with late trades. */
    @Property(tries = 60)
    void equalsTheReference(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 900) int count,
            @ForAll @IntRange(min = 1, max = 4) int days) {
        Market market = new Market(() -> 0);
        ReferenceContext reference = new ReferenceContext();
        List<Trade> trades = RandomDays.trades(seed, count, days);
        for (int i = 0; i < trades.size(); i++) {
            market.trade(trades.get(i));
            reference.trade(trades.get(i));
            if (i % 90 == 0 || i == trades.size() - 1) {
                same(market.context(Ids.linear("BTCUSDT")), reference);
            }
        }
    }

    /** The same trades twice give the same context, field by field. */
    @Property(tries = 20)
    void sameInputGivesTheSameContext(@ForAll long seed) {
        Market one = new Market(() -> 0);
        Market two = new Market(() -> 1);
        RandomDays.trades(seed, 300, 3).forEach(one::trade);
        RandomDays.trades(seed, 300, 3).forEach(trade -> {
            two.trade(trade);
            two.context(Ids.linear("BTCUSDT"));
        });

        assertThat(one.context(Ids.linear("BTCUSDT"))).isEqualTo(two.context(Ids.linear("BTCUSDT")));
    }

    static void same(ContextView view, ReferenceContext reference) {
        LocalDate day = reference.today();
        List<Trade> today = reference.of(day);
        ReferenceProfile profile = ReferenceContext.profile(today);
        List<Trade> before = today.stream()
                .filter(ReferenceContext.between("00:00", "08:00"))
                .toList();
        List<Trade> range = today.stream()
                .filter(ReferenceContext.between("08:00", "08:10"))
                .toList();
        Trade first = today.stream().min(BY_TIME).orElseThrow();
        Trade last = today.stream().max(BY_TIME).orElseThrow();

        assertThat(view.day()).isEqualTo(day);
        assertThat(view.trades()).isEqualTo(today.size());
        equal(view.lastPrice(), last.price());
        assertThat(view.lastTimestampMicros()).isEqualTo(last.timestampMicros());
        equal(view.open(), first.price());
        equal(view.high(), ReferenceContext.high(today));
        equal(view.low(), ReferenceContext.low(today));
        equal(view.vwap(), ReferenceContext.vwap(today));
        equal(view.vwapQuote(), ReferenceContext.vwapQuote(today));
        equal(view.volume(), ReferenceContext.volume(today));
        equal(view.buyVolume().subtract(view.sellVolume()), ReferenceContext.delta(today));
        equal(view.cvd(), ReferenceContext.delta(today));
        equal(view.cdPre(), ReferenceContext.delta(before));
        equal(view.liveDelta(), ReferenceContext.delta(today).subtract(ReferenceContext.delta(before)));
        equal(view.openingRangeHigh(), ReferenceContext.high(range));
        equal(view.openingRangeLow(), ReferenceContext.low(range));
        Bin poc = profile.top().get(0);
        equal(view.poc(), poc.price());
        equal(view.pocVolume(), poc.volume());
        equal(view.val(), profile.valueArea().low());
        equal(view.vah(), profile.valueArea().high());
        assertThat(view.topBins())
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(profile.top());
        previous(view.previous(), reference.of(day.minusDays(1)), day.minusDays(1));
    }

    private static void previous(PreviousDay previous, List<Trade> trades, LocalDate day) {
        if (trades.isEmpty()) {
            assertThat(previous).isEqualTo(PreviousDay.unknown(day));
            return;
        }
        ReferenceProfile profile = ReferenceContext.profile(trades);
        assertThat(previous.day()).isEqualTo(day);
        assertThat(previous.approximate()).isFalse();
        equal(previous.high(), ReferenceContext.high(trades));
        equal(previous.low(), ReferenceContext.low(trades));
        equal(previous.vwap(), ReferenceContext.vwap(trades));
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
