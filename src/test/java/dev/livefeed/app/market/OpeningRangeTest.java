package dev.livefeed.app.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening ranges with a zone, and over midnight. */
class OpeningRangeTest {

    private Market market = market("08:00-08:10 Europe/London");

    private static Market market(String range) {
        return new Market(
                () -> 0,
                new ContextRules(
                        ContextRules.DEFAULT.tickSize(),
                        false,
                        ContextRules.DEFAULT.maxBins(),
                        DayWindow.parse(range),
                        Sessions.parse("london 08:00-12:00 Europe/London"),
                        false));
    }

    private void trade(String at, String price) {
        market.trade(RandomDays.trade(at, price, "1", Side.BUY));
    }

    private ContextView context() {
        return market.context(Ids.linear("BTCUSDT"));
    }

    @Test
    void startsAnHourEarlierInSummer() {
        trade("2026-06-15T06:59:59Z", "90");
        trade("2026-06-15T07:00:00Z", "100");
        trade("2026-06-15T07:10:00Z", "110");

        assertThat(context().openingRangeHigh()).isEqualByComparingTo("100");
        assertThat(context().openingRangeStart()).isEqualTo("2026-06-15T07:00:00Z");
        assertThat(context().openingRangeEnd()).isEqualTo("2026-06-15T07:10:00Z");
        assertThat(context().cdPre()).isEqualByComparingTo("1");
        assertThat(context().liveDelta()).isEqualByComparingTo("2");
        assertThat(context().session()).isEqualTo("london");
    }

    @Test
    void rangeOverMidnightHasTheTradesOfBothDays() {
        market = market("23:50-00:10");
        trade("2026-03-01T23:49:59Z", "500");
        trade("2026-03-01T23:50:00Z", "90");
        assertThat(context().openingRangeHigh()).isNull();

        trade("2026-03-02T00:05:00Z", "100");
        trade("2026-03-02T00:10:00Z", "300");

        assertThat(context().openingRangeLow()).isEqualByComparingTo("90");
        assertThat(context().openingRangeHigh()).isEqualByComparingTo("100");
        assertThat(context().openingRangeStart()).isEqualTo("2026-03-01T23:50:00Z");
        assertThat(context().openingRangeEnd()).isEqualTo("2026-03-02T00:10:00Z");
        assertThat(context().cdPre()).isZero();
    }

    @Test
    void lateTradeBeforeMidnightCountsInTheRangeAfterIt() {
        market = market("08:50-09:10 Asia/Tokyo");
        trade("2026-03-02T00:05:00Z", "100");
        trade("2026-03-01T23:55:00Z", "90");

        assertThat(context().openingRangeLow()).isEqualByComparingTo("90");
        assertThat(context().openingRangeHigh()).isEqualByComparingTo("100");
    }

    @Test
    void rangeOverMidnightSurvivesARestart(@TempDir Path folder) {
        market = market("23:50-00:10");
        trade("2026-03-01T23:55:00Z", "90");
        new ContextStore(market, folder, Map.of()).save();
        market = market("23:50-00:10");
        new ContextStore(market, folder, Map.of()).restore(List.of(Ids.linear("BTCUSDT")));

        trade("2026-03-02T00:05:00Z", "100");

        assertThat(context().openingRangeLow()).isEqualByComparingTo("90");
        assertThat(context().openingRangeHigh()).isEqualByComparingTo("100");
    }

    @Test
    void dayWithoutARangeHasNone() {
        market = market("00:30-00:40 Europe/London");
        trade("2026-10-25T12:00:00Z", "100");

        assertThat(context().openingRangeHigh()).isNull();
        assertThat(context().openingRangeStart()).isNull();
        assertThat(context().cdPre()).isEqualByComparingTo("1");
    }
}
