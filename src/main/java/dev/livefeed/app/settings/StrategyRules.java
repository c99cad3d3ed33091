package dev.livefeed.app.settings;

import dev.livefeed.app.strategy.Timeframe;
import java.util.List;

/** Rules for the strategies and their candles, and for paper trading. */
final class StrategyRules {

    private StrategyRules() {}

    static void check(SettingsSource source, SettingChecks checks) {
        checks.duration(
                "strategy.lateness", "strategy.book.interval", "strategy.signal.age", "strategy.equity.interval");
        checks.interval("strategy.clock.interval");
        try {
            List<Timeframe> timeframes = Timeframe.list(source.text("strategy.timeframes"));
            if (timeframes.stream().noneMatch(t -> t.name().equals(source.text("strategy.regime.timeframe")))) {
                checks.fault("strategy.regime.timeframe", "it must be one of STRATEGY_TIMEFRAMES");
            }
        } catch (IllegalArgumentException e) {
            checks.fault("strategy.timeframes", Timeframe.RULE);
        }
        checks.oneOf("strategy.lockstep", "auto", "true", "false");
        checks.atLeastASecond("strategy.equity.interval");
        checkPaper(checks);
    }

    private static void checkPaper(SettingChecks checks) {
        checks.duration("paper.journal.sync");
        checks.money("paper.capital");
        checks.money("paper.limit.order");
        checks.money("paper.limit.exposure");
        checks.money("paper.limit.daily.loss");
        checks.decimal("paper.fee.maker", -0.01, 0.1);
        checks.decimal("paper.fee.taker", -0.01, 0.1);
        checks.whole("paper.limit.open.orders", 1, 10_000);
        checks.whole("paper.journal.file.mb", 1, 1_024);
    }
}
