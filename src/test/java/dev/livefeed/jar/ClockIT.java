package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The local clock is set by hours under the running program and its connector; the exchange's and the monotonic clock
 * go on. libfaketime sets it.
 */
@Tag("drill")
@ExtendWith(JarExtension.class)
class ClockIT {

    private static final String FAKED = "LD_PRELOAD,FAKETIME_TIMESTAMP_FILE,FAKETIME_NO_CACHE,DONT_FAKE_MONOTONIC,"
            + "FAKETIME_DONT_FAKE_MONOTONIC";

    @Test
    void aJumpOfHoursIsAnnouncedAndChangesNoFigure(Jar jar) throws Exception {
        Path library = library();
        assumeThat(library).as("libfaketime (package faketime)").isNotNull();
        set(jar, "+0");
        jar.with("LD_PRELOAD", library)
                .with("FAKETIME_TIMESTAMP_FILE", jar.folder().resolve("clock"))
                .with("FAKETIME_NO_CACHE", 1)
                .with("DONT_FAKE_MONOTONIC", 1)
                .with("FAKETIME_DONT_FAKE_MONOTONIC", 1)
                .with("CONNECTOR_ENVIRONMENT", "PATH,HOME,LANG,TMPDIR," + FAKED)
                .with("STATE_INTERVAL", "1s")
                .with("HEALTH_CLOCK", "2s")
                .start();
        jar.awaitHealth("measured", h -> Math.abs(offsetMillis(h)) < 1_000);
        JsonNode before =
                jar.awaitHealth("saved", h -> h.at("/state/context/saved_at").isTextual());
        long starts = starts(jar);

        jump(jar, "-3600", "back by 3600.", 3_600_000);
        jump(jar, "+3600", "forward by 7200.", -3_600_000);
        jump(jar, "+0", "back by 3600.", 0);

        JsonNode after = jar.health();
        assertThat(after.at("/connector/connector_health/pid")).isEqualTo(before.at("/connector/connector_health/pid"));
        assertThat(starts(jar)).isEqualTo(starts);
        // The library shows a jump to one thread after the other, so that one seems to be several.
        assertThat(metric(jar, "livefeed_dead_letters_total")).isLessThan(3 * 20);
        assertThat(metric(jar, "livefeed_clock_changes_total\\{kind=\"set\"}")).isGreaterThanOrEqualTo(3);
        assertThat(metric(jar, "livefeed_exchange_lag_seconds_max")).isBetween(0.0, 60.0);
        assertThat(metric(jar, "livefeed_path_lag_seconds_max")).isBetween(0.0, 60.0);
        assertThat(Files.readString(jar.folder().resolve("err"))
                        + Files.readString(jar.folder().resolve("out")))
                .contains("clock_set seconds=-3600.")
                .doesNotContain("clock_behind");
    }

    private static void jump(Jar jar, String clock, String text, double offsetMillis) throws IOException {
        set(jar, clock);
        jar.awaitHealth("announced", h -> alarms(h).contains("the local clock was set " + text));
        String saved = jar.health().at("/state/context/saved_at").asText();
        jar.awaitHealth(
                "saved again, by timers that do not wait for an hour",
                h -> !h.at("/state/context/saved_at").asText().equals(saved));
        jar.awaitHealth(
                "live, by the offset as it is now", h -> live(h) && Math.abs(offsetMillis(h) - offsetMillis) < 2_000);
    }

    @Test
    void aProgramThatStoodStillSaysSo(Jar jar) throws Exception {
        jar.start();
        jar.awaitHealth("live", ClockIT::live);

        signal(jar, "STOP");
        TimeUnit.SECONDS.sleep(11); // nothing can be awaited of a program that does not run
        signal(jar, "CONT");

        jar.awaitHealth("announced", h -> alarms(h).contains("the program stood still for 1"));
        jar.awaitHealth("live", ClockIT::live);
        assertThat(metric(jar, "livefeed_clock_changes_total\\{kind=\"stalled\"}"))
                .isPositive();
        assertThat(metric(jar, "livefeed_clock_changes_total\\{kind=\"set\"}")).isZero();
    }

    private static void signal(Jar jar, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(jar.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void set(Jar jar, String offset) throws IOException {
        Path next = jar.folder().resolve("clock.next");
        Files.writeString(next, offset + "\n");
        Files.move(next, jar.folder().resolve("clock"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean live(JsonNode health) {
        return health.at("/connector/state").asText().equals("synthetic");
    }

    private static String alarms(JsonNode health) {
        return health.at("/connector/alarms").toString();
    }

    private static double offsetMillis(JsonNode health) {
        JsonNode offset = health.at("/connector/clock/offset_ms");
        return offset.isNumber() ? offset.asDouble() : Double.MAX_VALUE;
    }

    private static long starts(Jar jar) throws Exception {
        return (long) metric(jar, "livefeed_connector_starts_total");
    }

    /** The largest value of the series that begin so; 0 if there is none. */
    private static double metric(Jar jar, String series) throws Exception {
        Matcher line = Pattern.compile("(?m)^" + series + "(?:\\{[^}]*})? ([-0-9.eE]+)$")
                .matcher(jar.get("/observe/metrics").body());
        double most = 0;
        while (line.find()) {
            most = Math.max(most, Double.parseDouble(line.group(1)));
        }
        return most;
    }

    private static Path library() throws IOException {
        for (Path folder : List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib"))) {
            try (Stream<Path> found = Files.find(folder, 3, (path, a) -> path.endsWith("faketime/libfaketime.so.1"))) {
                Path first = found.findFirst().orElse(null);
                if (first != null) {
                    return first;
                }
            }
        }
        return null;
    }
}
