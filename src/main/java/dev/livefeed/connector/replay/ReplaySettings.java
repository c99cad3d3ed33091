package dev.livefeed.connector.replay;

import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.command.ReplaySpeed;
import dev.livefeed.protocol.model.Times;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The validated settings of the replay connector.
 *
 * @param files files of the recording in reading order, at least one
 * @param speed how fast it is played at first
 * @param from start of the replayed period, microseconds since 1970; -1 for the beginning
 * @param to exclusive end of the replayed period, microseconds since 1970; {@link Long#MAX_VALUE} for the end
 * @param symbols configured symbols; an event without a symbol belongs to the only one
 * @param channels configured channels per symbol: the replay starts when all are subscribed; empty if not configured
 * @param depth levels per side of the channel {@code depth}
 */
record ReplaySettings(
        List<Path> files,
        ReplaySpeed speed,
        long from,
        long to,
        List<String> symbols,
        List<String> channels,
        int depth) {

    static final String FILE = "REPLAY_FILE";
    static final String SPEED = "REPLAY_SPEED";
    static final String FROM = "REPLAY_FROM";
    static final String TO = "REPLAY_TO";
    static final int DEPTH = 50;

    private static final String TIME_RULE =
            "it must be a time such as 2026-11-25T08:00:00Z, or a day such as 2026-11-25 (UTC)";

    /**
     * Reads the settings.
     *
     * @throws ConfigurationException if a setting is invalid; one line for each
     */
    static ReplaySettings read(Map<String, String> environment) throws ConfigurationException {
        List<String> errors = new ArrayList<>();
        List<Path> files = RecordedFiles.find(text(environment, FILE), errors);
        ReplaySpeed speed = speed(text(environment, SPEED), errors);
        long from = time(environment, FROM, -1, errors);
        long to = time(environment, TO, Long.MAX_VALUE, errors);
        if (from >= to) {
            errors.add(TO + " is \"" + text(environment, TO) + "\"; it must be later than " + FROM);
        }
        String depth = text(environment, "BYBIT_DEPTH");
        if (!errors.isEmpty()) {
            throw new ConfigurationException(String.join("\n", errors));
        }
        return new ReplaySettings(
                files,
                speed,
                from,
                to,
                list(text(environment, "SYMBOL")).stream()
                        .map(symbol -> symbol.substring(symbol.lastIndexOf(':') + 1))
                        .distinct()
                        .toList(),
                list(text(environment, "CONNECTOR_CHANNELS")),
                depth.matches("\\d{1,5}") ? Integer.parseInt(depth) : DEPTH);
    }

    private static ReplaySpeed speed(String text, List<String> errors) {
        ReplaySpeed speed = text.isEmpty() ? ReplaySpeed.MAX : ReplaySpeed.parse(text);
        if (speed == null) {
            errors.add(SPEED + " is \"" + text + "\"; it " + ReplaySpeed.RULE);
        }
        return speed;
    }

    private static long time(Map<String, String> environment, String name, long defaultValue, List<String> errors) {
        String text = text(environment, name);
        if (text.isEmpty()) {
            return defaultValue;
        }
        try {
            return Times.micros(Times.parse(text));
        } catch (DateTimeException | ArithmeticException e) {
            errors.add(name + " is \"" + text + "\"; " + TIME_RULE);
            return defaultValue;
        }
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .distinct()
                .toList();
    }

    private static String text(Map<String, String> environment, String name) {
        return environment.getOrDefault(name, "").strip();
    }
}
