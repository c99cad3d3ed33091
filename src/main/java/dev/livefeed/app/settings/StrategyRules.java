package dev.livefeed.app.settings;

import dev.livefeed.app.strategy.Timeframe;
import java.util.List;

/** Rules for the strategies and their candles. */
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
    }
}
