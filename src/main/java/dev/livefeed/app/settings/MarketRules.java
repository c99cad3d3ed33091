package dev.livefeed.app.settings;

import dev.livefeed.app.market.DayWindow;
import dev.livefeed.app.market.Sessions;
import java.math.BigDecimal;

/** Rules for the market context: profile, opening range, sessions, backfill. */
final class MarketRules {

    private MarketRules() {}

    static void check(SettingsSource source, SettingChecks checks) {
        if (!tickSize(source.text("profile.tick.size"))) {
            checks.fault("profile.tick.size", "it must be a decimal above 0 with at most 18 decimal places");
        }
        checks.whole("profile.max.bins", 1_024, 2_097_152);
        checks.parsed("opening.range", DayWindow::parse);
        checks.parsed("sessions", Sessions::parse);
        checks.oneOf("block.trades", "count", "ignore");
        checks.oneOf("context.backfill", "off", "levels", "trades");
        checks.interval("backfill.interval");
    }

    private static boolean tickSize(String text) {
        try {
            BigDecimal tick = new BigDecimal(text);
            return tick.signum() > 0 && tick.scale() <= 18 && tick.precision() - tick.scale() <= 15;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
