package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No process is left after a stop in any state; {@link Jar#stop} asserts this, the status and the limit of 7 s. */
@ExtendWith(JarExtension.class)
class ShutdownIT {

    /** Two sources, so that one run shows both. */
    private static Jar both(Jar jar, String bybit, String binance) throws Exception {
        return jar.with("DATA_SOURCE", "bybit_connector,binance_ws")
                .with("CONNECTOR_CHANNELS", "trades")
                .script(bybit, "BYBIT")
                .script(binance, "BINANCE");
    }

    private static void awaitStates(Jar jar, String bybit, String binance) {
        jar.awaitHealth(
                bybit + " and " + binance,
                h -> h.at("/connectors/bybit/state").asText().equals(bybit)
                        && h.at("/connectors/binance/state").asText().equals(binance));
    }

    @Test
    void connectorIgnoresTheStop(Jar jar) throws Exception {
        jar.script(
                        """
                        trap '' TERM INT HUP
                        sleep 1000 &
                        (sleep 1000; sleep 1000) &
                        status connected; trade 1
                        while :; do sleep 1; trade 1; done
                        """)
                .start();
        jar.awaitState("live");
        assertThat(jar.living())
                .as("the application, the script and what it started")
                .hasSizeGreaterThanOrEqualTo(5);

        jar.stop();
    }

    @Test
    void descendantsOfAStoppingConnector(Jar jar) throws Exception {
        jar.script("sleep 1000 & status connected; trade 1; idle").start();
        jar.awaitState("live");

        jar.stop();
    }

    @Test
    @Tag("drill")
    void duringACoolDownAndDescendantsOfAnExitedConnector(Jar jar) throws Exception {
        both(jar, "sleep 1000 >/dev/null 2>&1 </dev/null & status connected; trade 1; cat >/dev/null; exit 1", "exit 1")
                .with("CONNECTOR_RETRIES", "0")
                .with("CONNECTOR_COOLDOWN", "10m")
                .start();
        awaitStates(jar, "live", "exhausted");
        // The sleeping process has existed long enough to be observed.
        Jar.soon().until(() -> jar.process().path("uptime_seconds").asDouble() > 1);

        jar.child().destroyForcibly();
        awaitStates(jar, "exhausted", "exhausted");

        Jar.soon()
                .untilAsserted(() ->
                        assertThat(jar.living()).extracting(ProcessHandle::pid).containsExactly(jar.pid()));
        jar.stop();
        assertThat(jar.log("bybit_connector_runner_started")).hasSize(2);
    }

    @Test
    void sigkillOfTheApplicationLeavesNoConnector(Jar jar) throws Exception {
        jar.start();
        jar.awaitState("synthetic");
        ProcessHandle child = jar.child();

        jar.kill();

        Jar.soon().until(() -> !child.isAlive() && jar.living().isEmpty());
    }

    /** A background job of a shell, and all its descendants, ignore SIGINT. */
    private static boolean interruptIsIgnored() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.split("\\s+")[1], 16) & 2) != 0);
    }

    @Test
    void ctrlC(Jar jar) throws Exception {
        assumeThat(interruptIsIgnored())
                .as("SIGINT is ignored here, since these tests run in the background of a shell")
                .isFalse();
        jar.start();
        jar.awaitState("synthetic");

        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(jar.pid())).start();
        assertThat(kill.waitFor()).isZero();

        assertThat(jar.exit(Duration.ofSeconds(7))).isIn(0, 130, 143);
        assertThat(jar.living()).isEmpty();
    }

    @Test
    @Tag("drill")
    void duringABackoffAndWhileMisconfigured(Jar jar) throws Exception {
        both(jar, "exit 1", "exit 78")
                .with("CONNECTOR_BACKOFF_INITIAL", "60s")
                .with("CONNECTOR_BACKOFF_MAX", "60s")
                .start();
        awaitStates(jar, "retrying", "misconfigured");

        jar.stop();
        assertThat(jar.log("bybit_connector_runner_started")).hasSize(2);
    }

    @Test
    @Tag("drill")
    void duringTheStart(Jar jar) throws Exception {
        for (String moment : List.of("simulator_started", " - started source", "bybit_connector_runner_started")) {
            jar.launch();
            jar.awaitLog(moment);
            jar.stop();
        }
    }

    @Test
    void underLoad(Jar jar) throws Exception {
        jar.script("status connected; while :; do cat trades; done");
        StringBuilder trades = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            trades.append("{\"type\":\"trade\",\"timestamp\":")
                    .append(System.currentTimeMillis())
                    .append(",\"price\":1,\"qty\":1,\"side\":\"buy\",\"id\":1}\n");
        }
        jar.write("trades", trades.toString());
        jar.start();
        jar.awaitTrades(50_000);

        jar.stop();
    }
}
