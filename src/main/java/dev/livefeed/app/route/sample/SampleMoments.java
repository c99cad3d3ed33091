package dev.livefeed.app.route.sample;

import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.PreviousDay;
import dev.livefeed.app.market.profile.Bin;
import dev.livefeed.app.paper.PaperPosition;
import dev.livefeed.app.strategy.BookTop;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.app.strategy.Moment;
import dev.livefeed.app.strategy.Regime;
import dev.livefeed.app.strategy.SessionChange;
import dev.livefeed.app.strategy.Sweep;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Moments of a strategy in which everything is known: without a position, with a long and with a short one. */
final class SampleMoments {

    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final BigDecimal PRICE = new BigDecimal("50000.5");

    private final InstrumentId instrument;
    private final long now;

    SampleMoments(InstrumentId instrument, long nowMicros) {
        this.instrument = instrument;
        now = nowMicros;
    }

    /** @param kind {@code candle}, {@code book-top}, {@code regime} or {@code session} */
    Map<String, Moment> of(String kind, String strategy) {
        Map<String, Moment> moments = new LinkedHashMap<>();
        moments.put("moment of a range, no position", moment(kind, strategy, "range", "none", "low", 0));
        moments.put("moment of a trend, long position", moment(kind, strategy, "trend", "up", "high", 1));
        moments.put(
                "moment of an unknown regime, short position", moment(kind, strategy, "unknown", "none", "none", -1));
        return moments;
    }

    Candle candle() {
        return new Candle(
                instrument,
                "1m",
                now - 60_000_000,
                now,
                new Candle.Prices(PRICE, PRICE.add(ONE), PRICE.subtract(ONE), PRICE),
                new Candle.Volumes(ONE, HALF, PRICE, 3),
                true,
                false);
    }

    private Moment moment(String kind, String strategy, String regime, String direction, String swept, int qty) {
        return new Moment(
                new Moment.Trigger(kind, strategy, instrument, now),
                new Moment.History("1m", candle(), List.of(candle(), candle())),
                new BookTop(instrument, PRICE, ONE, PRICE.add(HALF), ONE, now),
                context(),
                new Regime(instrument, regime, direction, HALF, HALF, new Regime.Figures(HALF, HALF, HALF, HALF), now),
                new Moment.Hours(
                        kind.equals("session") ? new SessionChange("london", qty == 0, now) : null,
                        List.of("london"),
                        60),
                new Sweep(swept, PRICE, true, BigDecimal.TEN),
                new PaperPosition(
                        strategy,
                        instrument,
                        BigDecimal.valueOf(qty),
                        PRICE.multiply(BigDecimal.valueOf(qty)),
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        qty == 0 ? -1 : now - 120_000_000));
    }

    private ContextView context() {
        return new ContextView(
                instrument,
                new ContextView.TradingDay(
                        Times.instant(now).atZone(ZoneOffset.UTC).toLocalDate(), "london", false, true),
                new ContextView.Prices(PRICE, now, PRICE, PRICE.add(ONE), PRICE.subtract(ONE), PRICE, PRICE),
                new ContextView.Volumes(ONE, PRICE, ONE, HALF, 3),
                new ContextView.Delta(HALF, HALF),
                new ContextView.ProfileLevels(HALF, PRICE, PRICE, List.of(new Bin(PRICE, ONE, ONE, HALF))),
                new ContextView.OpeningRange(
                        PRICE, PRICE, Times.instant(now - 120_000_000), Times.instant(now - 60_000_000)),
                new PreviousDay(null, PRICE, PRICE, PRICE, PRICE, PRICE, PRICE, false));
    }
}
