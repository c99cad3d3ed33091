package dev.livefeed.app.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ContextTest {

    private final Market market = new Market(() -> 0);

    @Test
    void noContextBeforeTheFirstTrade() {
        assertThat(market.context(Ids.linear("BTCUSDT"))).isNull();
    }

    @Test
    void lateTradeCountsForItsDay() {
        trade("2026-03-01T23:59:59.9Z", "100", "1", Side.BUY);
        trade("2026-03-02T00:00:00.1Z", "200", "1", Side.BUY);
        ContextView before = context();

        trade("2026-03-01T23:59:59.95Z", "300", "4", Side.SELL);

        ContextView after = context();
        assertThat(after.day()).isEqualTo(LocalDate.parse("2026-03-02"));
        assertThat(after.lastPrice()).isEqualByComparingTo("200");
        assertThat(after).usingRecursiveComparison().ignoringFields("previous").isEqualTo(before);
        assertThat(before.previous().high()).isEqualByComparingTo("100");
        assertThat(after.previous().high()).isEqualByComparingTo("300");
        assertThat(after.previous().poc()).isEqualByComparingTo("300");
        assertThat(after.previous().vwap()).isEqualByComparingTo("260");
    }

    @Test
    void tradeOfYesterdayMayBeItsFirst() {
        trade("2026-03-02T00:00:00Z", "200", "1", Side.BUY);
        trade("2026-03-01T23:59:59.999999Z", "100", "1", Side.BUY);

        assertThat(context().previous().poc()).isEqualByComparingTo("100");
    }

    @Test
    void tradeOlderThanYesterdayIsIgnored() {
        trade("2026-03-03T00:00:00Z", "200", "1", Side.BUY);
        trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY);

        assertThat(context().trades()).isEqualTo(1);
        assertThat(context().previous()).isEqualTo(PreviousDay.unknown(LocalDate.parse("2026-03-02")));
        assertThat(market.dayReport(Ids.linear("BTCUSDT")).exceptions().tooLate())
                .isEqualTo(1);
    }

    @Test
    void previousLevelsAreUnknownAfterADayWithoutTrades() {
        trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY);
        trade("2026-03-03T12:00:00Z", "100", "1", Side.BUY);

        assertThat(context().previous()).isEqualTo(PreviousDay.unknown(LocalDate.parse("2026-03-02")));
    }

    @Test
    void openingRangeIncludesItsStartAndExcludesItsEnd() {
        trade("2026-03-01T07:59:59.999999Z", "90", "1", Side.BUY);
        assertThat(context().openingRangeHigh()).isNull();
        trade("2026-03-01T08:00:00Z", "100", "2", Side.SELL);
        trade("2026-03-01T08:09:59.999999Z", "110", "4", Side.BUY);
        trade("2026-03-01T08:10:00Z", "120", "8", Side.BUY);

        ContextView view = context();
        assertThat(view.openingRangeLow()).isEqualByComparingTo("100");
        assertThat(view.openingRangeHigh()).isEqualByComparingTo("110");
        assertThat(view.openingRangeStart()).isEqualTo("2026-03-01T08:00:00Z");
        assertThat(view.openingRangeEnd()).isEqualTo("2026-03-01T08:10:00Z");
        assertThat(view.cdPre()).isEqualByComparingTo("1");
        assertThat(view.liveDelta()).isEqualByComparingTo("10");
        assertThat(view.cvd()).isEqualByComparingTo("11");
    }

    @Test
    void sessionFollowsTheTimeOfTheTrade() {
        assertThat(sessionAt("07:59:59.999Z")).isNull();
        assertThat(sessionAt("08:00:00Z")).isEqualTo("london");
        assertThat(sessionAt("11:59:59.999Z")).isEqualTo("london");
        assertThat(sessionAt("12:00:00Z")).isNull();
        assertThat(sessionAt("13:00:00Z")).isEqualTo("overlap");
        assertThat(sessionAt("17:00:00Z")).isNull();
    }

    @Test
    void tradeWithTooManyDigitsIsIgnored() {
        trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY);
        ContextView before = context();

        assertThatThrownBy(() -> trade("2026-03-01T12:00:01Z", "100", "0.0000000000000000001", Side.BUY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("size 1E-19 needs more than 18 digits");
        assertThat(context()).isEqualTo(before);
    }

    @Test
    void exchangeTickSizeRebuildsTheProfileOfTheFirstTrades() {
        ContextRules rules = ContextRules.DEFAULT;
        Market waiting = new Market(
                () -> 0,
                new ContextRules(
                        rules.tickSize(), true, rules.maxBins(), rules.openingRange(), rules.sessions(), false));
        waiting.trade(RandomDays.trade("2026-03-01T12:00:00Z", "100.123", "1", Side.BUY));
        assertThat(waiting.context(Ids.linear("BTCUSDT")).poc()).isEqualByComparingTo("100.1");

        waiting.tickSize(Ids.linear("BTCUSDT"), new BigDecimal("0.001"));

        assertThat(waiting.context(Ids.linear("BTCUSDT")).poc()).isEqualByComparingTo("100.123");
        assertThat(waiting.context(Ids.linear("BTCUSDT")).tickSize()).isEqualByComparingTo("0.001");
    }

    @Test
    void finerTickSizeThatArrivesLateAppliesFromTheNextDay() {
        trade("2026-03-01T12:00:00Z", "100.123", "1", Side.BUY);
        market.tickSize(Ids.linear("BTCUSDT"), new BigDecimal("0.001"));
        assertThat(context().poc()).isEqualByComparingTo("100.1");

        trade("2026-03-02T12:00:00Z", "100.123", "1", Side.BUY);

        assertThat(context().poc()).isEqualByComparingTo("100.123");
        assertThat(context().previous().poc()).isEqualByComparingTo("100.1");
    }

    @Test
    void coarserTickSizeMergesBinsImmediately() {
        trade("2026-03-01T12:00:00Z", "100.1", "1", Side.BUY);
        trade("2026-03-01T12:00:00Z", "100.4", "1", Side.BUY);
        market.tickSize(Ids.linear("BTCUSDT"), new BigDecimal("0.5"));

        assertThat(context().topBins()).hasSize(1);
        assertThat(context().pocVolume()).isEqualByComparingTo("2");
    }

    @Test
    void viewIsCachedUntilSomethingChanges() {
        trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY);
        ContextView view = context();
        assertThat(context()).isSameAs(view);
        trade("2026-03-01T12:00:00Z", "100", "1", Side.BUY);
        assertThat(context()).isNotSameAs(view);
    }

    private String sessionAt(String time) {
        trade("2026-03-01T" + time, "100", "1", Side.BUY);
        return context().session();
    }

    private ContextView context() {
        return market.context(Ids.linear("BTCUSDT"));
    }

    private void trade(String at, String price, String qty, Side side) {
        market.trade(RandomDays.trade(at, price, qty, side));
    }
}
