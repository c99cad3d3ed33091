package dev.livefeed.app.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Rules for the WebSocket stream and the origins that may open it. */
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
        if (!origins(source).stream().allMatch(o -> o.matches("https?://[A-Za-z0-9.-]{1,253}(:\\d{1,5})?"))) {
            checks.fault(
                    "stream.origins",
                    "it must be a comma list of origins such as https://app.example or http://localhost:3000");
        }
    }

    /** Origins of pages that may open the stream, besides those of this server. */
    static List<String> origins(SettingsSource source) {
        return Arrays.stream(source.text("stream.origins").split(","))
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .toList();
    }
}
