package dev.livefeed.app.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Rules for the WebSocket stream, and for the origins whose pages may use it or the whole port. */
final class StreamRules {

    private StreamRules() {}

    static void check(SettingsSource source, SettingChecks checks) {
        checks.whole("stream.clients", 1, 10_000);
        checks.whole("stream.queue.kb", 64, 65_536);
        checks.whole("stream.message.bytes", 256, 65_536);
        checks.duration("stream.ping", "stream.timeout", "stream.slow");
        for (String key : List.of("stream.ping", "stream.timeout", "stream.slow")) {
            if (!checks.atLeastASecond(key)) {
                return;
            }
        }
        Duration ping = Durations.parse(source.text("stream.ping"));
        Duration timeout = Durations.parse(source.text("stream.timeout"));
        if (ping != null && timeout != null && timeout.compareTo(ping) <= 0) {
            checks.fault("stream.timeout", "it must be longer than STREAM_PING, the interval of the pings");
        }
        for (String key : List.of("http.origins", "stream.origins")) {
            if (!origins(source, key).stream().allMatch(o -> o.matches("https?://[A-Za-z0-9.-]{1,253}(:\\d{1,5})?"))) {
                checks.fault(
                        key, "it must be a comma list of origins such as https://app.example or http://localhost:3000");
            }
        }
    }

    /** The origins in a setting. */
    static List<String> origins(SettingsSource source, String key) {
        return Arrays.stream(source.text(key).split(","))
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .toList();
    }
}
