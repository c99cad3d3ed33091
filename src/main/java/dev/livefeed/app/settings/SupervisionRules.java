package dev.livefeed.app.settings;

/** Rules for the rounds, retries and watchdogs of the connector process. */
final class SupervisionRules {

    private SupervisionRules() {}

    static void check(SettingChecks checks) {
        checks.whole("connector.retries", 0, 100);
        checks.duration(
                "connector.backoff.initial",
                "connector.backoff.max",
                "connector.cooldown",
                "connector.stable.after",
                "connector.start.deadline",
                "connector.watchdog.data",
                "connector.watchdog.grace",
                "connector.watchdog.silence",
                "connector.stop.wait",
                "connector.stop.kill");
        checks.decimal("connector.backoff.multiplier", 1, 10);
        checks.decimal("connector.backoff.jitter", 0, 1);
        checks.oneOf("connector.when.done", "auto", "finish", "restart");
        checks.oneOf("connector.instruments", "configured", "any");
    }
}
