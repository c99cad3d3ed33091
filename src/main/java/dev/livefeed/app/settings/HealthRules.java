package dev.livefeed.app.settings;

/** Rules for the limits of health: fresh, quiet, blocked, stuck and clock, and for readiness. */
final class HealthRules {

    private HealthRules() {}

    static void check(SettingChecks checks) {
        checks.duration(
                "event.ahead",
                "health.fresh",
                "health.quiet",
                "health.blocked",
                "health.stuck",
                "health.clock",
                "ready.after",
                "unready.after");
        checks.parsed("ready.when", ReadyPolicy::parse);
        checks.interval("health.log.interval");
    }
}
