package dev.livefeed.app.settings;

/** Rules for the rounds, retries and watchdogs of the connector process. */
final class SupervisionRules {

    private SupervisionRules() {}

    /** @param sources number of sources */
    static void check(SettingChecks checks, int sources) {
        checks.whole("connector.retries", 0, 100);
        checks.duration(
                "connector.backoff.initial",
                "connector.backoff.max",
                "connector.cooldown",
                "connector.fallback.stable",
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
        checks.oneOf("connector.fallback", "degraded", "switch", "exit");
        if (checks.text("connector.fallback").equals("switch") && sources != 2) {
            checks.fault(
                    "connector.fallback",
                    "DATA_SOURCE must name two sources for it: the one to be used, and its standby; it names "
                            + sources);
        }
    }
}
