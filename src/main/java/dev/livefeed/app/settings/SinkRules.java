package dev.livefeed.app.settings;

import dev.livefeed.app.sink.SinkBuffers;
import dev.livefeed.app.sink.SinkTypes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;

/** Rules for sinks, their buffers, and retrying events that a sink does not accept. */
final class SinkRules {

    private SinkRules() {}

    /** Names of the sinks that are on, in the given order. */
    static List<String> names(SettingsSource source) {
        return Arrays.stream(source.text("sinks").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    static void check(SettingsSource source, SettingChecks checks) {
        List<String> names = names(source);
        if (names.size() > SinkBuffers.MAX_BUFFERS
                || !names.stream()
                        .allMatch(name -> SinkBuffers.NAME.matcher(name).matches())) {
            checks.fault(
                    "sinks",
                    "it must be a comma-separated list of at most " + SinkBuffers.MAX_BUFFERS
                            + " names, each of a file in routes/sinks/ without its ending");
        }
        checks.parsed("sink.types", SinkTypes::parse);
        checks.whole("sink.buffer.mb", 1, 1_000_000);
        checks.whole("sink.disk.reserve.mb", 0, 1_000_000);
        if (source.text("sink.dir").isEmpty()) {
            checks.fault("sink.dir", "it must be a folder, or not exist yet");
        }
        if (names.contains("file") && source.text("sink.file.dir").isEmpty()) {
            checks.fault("sink.file.dir", "it must be a folder, or not exist yet");
        }
        if (names.contains("http")) {
            checks.parsed("sink.http.url", SinkRules::checkUrl);
        }
        checks.duration("sink.backoff.initial", "sink.backoff.max");
        checks.decimal("sink.backoff.multiplier", 1, 10);
    }

    private static void checkUrl(String text) {
        try {
            URI url = new URI(text);
            if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
                return;
            }
        } catch (URISyntaxException e) {
            // Reported below with the rule.
        }
        throw new IllegalArgumentException(
                "SINKS names http, so it must be a URL such as http://127.0.0.1:9000/events");
    }
}
