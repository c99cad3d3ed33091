package dev.livefeed.app.settings;

/** Rules for retrying events that a sink does not accept. */
final class SinkRules {

    private SinkRules() {}

    static void check(SettingChecks checks) {
        checks.duration("sink.backoff.initial", "sink.backoff.max");
        checks.decimal("sink.backoff.multiplier", 1, 10);
    }
}
