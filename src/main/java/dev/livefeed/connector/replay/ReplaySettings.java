package dev.livefeed.connector.replay;

import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The connector's settings, checked whole.
 *
 * @param files the recording, in the order in which it is read, at least one
 * @param speed how many times faster than recorded, or 0 for as fast as it is read
 * @param from microseconds since 1970: what was recorded before is left out; -1 for all
 * @param to microseconds since 1970: the replay ends before what was recorded then; {@link Long#MAX_VALUE} for all
 * @param symbols configured; an event without a symbol belongs to the only one
 * @param channels wanted of each symbol: the replay begins as soon as all are subscribed; empty where nobody said
 * @param depth levels of the channel {@code depth}
 */
record ReplaySettings(
        List<Path> files, double speed, long from, long to, List<String> symbols, List<String> channels, int depth) {

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
     * @throws ConfigurationException where one can never work; a line for each
     */
    static ReplaySettings read(Map<String, String> environment) throws ConfigurationException {
        List<String> faults = new ArrayList<>();
        List<Path> files = RecordedFiles.find(text(environment, FILE), faults);
        double speed = speed(text(environment, SPEED), faults);
        long from = time(environment, FROM, -1, faults);
        long to = time(environment, TO, Long.MAX_VALUE, faults);
        if (from >= to) {
            faults.add(TO + " is \"" + text(environment, TO) + "\"; it must be later than " + FROM);
        }
        String depth = text(environment, "BYBIT_DEPTH");
        if (!faults.isEmpty()) {
            throw new ConfigurationException(String.join("\n", faults));
        }
        return new ReplaySettings(
                files,
                speed,
                from,
                to,
                list(text(environment, "SYMBOL")),
                list(text(environment, "CONNECTOR_CHANNELS")),
                depth.matches("\\d{1,5}") ? Integer.parseInt(depth) : DEPTH);
    }

    private static double speed(String text, List<String> faults) {
        if (text.isEmpty() || text.equals("max")) {
            return 0;
        }
        if (text.matches("\\d{1,6}(\\.\\d{1,6})?") && new BigDecimal(text).signum() > 0) {
            return Double.parseDouble(text);
        }
        faults.add(SPEED + " is \"" + text + "\"; it must be max, or a number above 0 such as 1 (as recorded) or 10");
        return 0;
    }

    private static long time(Map<String, String> environment, String name, long otherwise, List<String> faults) {
        String text = text(environment, name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return Times.micros(instant(text));
        } catch (DateTimeException | ArithmeticException e) {
            faults.add(name + " is \"" + text + "\"; " + TIME_RULE);
            return otherwise;
        }
    }

    private static Instant instant(String text) {
        if (text.length() == 10) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        var parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime withOffset
                ? withOffset.toInstant()
                : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
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
