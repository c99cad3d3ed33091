package dev.livefeed.app.settings;

/** The rules for what health calls fresh, quiet, blocked and stuck, and for the two clocks. */
final class HealthRules {

    private HealthRules() {}

    static void check(SettingChecks checks) {
        checks.duration(
                "event.ahead", "health.fresh", "health.quiet", "health.blocked", "health.stuck", "health.clock");
        checks.interval("health.log.interval");
    }
}
