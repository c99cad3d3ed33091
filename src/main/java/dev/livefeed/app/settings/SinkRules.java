package dev.livefeed.app.settings;

/** The rules for the retries of events that a sink does not accept. */
final class SinkRules {

    private SinkRules() {}

    static void check(SettingChecks checks) {
        checks.duration("sink.backoff.initial", "sink.backoff.max");
        checks.decimal("sink.backoff.multiplier", 1, 10);
    }
}
