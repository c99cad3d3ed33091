package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No process of a connector outlives its run or the application, however they end. */
@ExtendWith(JarExtension.class)
@Tag("drill")
class OrphansIT {

    private final Sleepers sleepers = new Sleepers();

    @BeforeEach
    void assumeLinux() {
        assumeThat(Sleepers.canBeFound()).isTrue();
    }

    @AfterEach
    void assertNoProcessIsLeft() {
        sleepers.end();
    }

    @Test
    void connectorThatExitsAtOnce(Jar jar) throws Exception {
        jar.script(
                        sleepers.in(
                                """
                        %s &
                        for i in 1 2 3; do %s >/dev/null 2>&1 </dev/null & done
                        setsid %s >/dev/null 2>&1 </dev/null &
                        (sh -c '%s & exit 0' >/dev/null 2>&1 &)
                        env -i PATH="$PATH" %s >/dev/null 2>&1 </dev/null &
                        exit 3
                        """))
                .with("CONNECTOR_RETRIES", "2")
                .with("CONNECTOR_BACKOFF_INITIAL", "100ms")
                .with("CONNECTOR_BACKOFF_MAX", "100ms")
                .with("CONNECTOR_COOLDOWN", "60s")
                .start();

        jar.awaitLog("connector_connection_exhausted");

        assertThat(jar.log("bybit_connector_runner_started")).hasSize(3);
        assertThat(sleepers.living()).as("left by three runs that are over").isEmpty();
        ProcessHandle reaper = reaper(jar);
        assertThat(reaper.isAlive()).isTrue();
        jar.stop();
        assertThat(reaper.isAlive()).isFalse();
    }

    @Test
    void sigkillOfTheApplication(Jar jar) throws Exception {
        jar.with("DATA_SOURCE", "bybit_connector,binance_ws")
                .script(sleepers.in("exec %s"), "BYBIT")
                .script(sleepers.in("setsid %s & setsid sh -c '%s; exit 1' & trap '' TERM; %s; %s; %s"), "BINANCE")
                .with("CONNECTOR_CHANNELS", "trades")
                .with("CONNECTOR_STOP_KILL", "1s")
                .start();
        jar.awaitLog("bybit_connector_runner_started", 2); // the reaper knows of the connectors from here on
        Jar.soon().until(() -> sleepers.living().size() >= 4);

        jar.kill();

        Jar.soon().until(() -> sleepers.living().isEmpty() && jar.living().isEmpty());
    }

    @Test
    void reaperHoldsNoFilesIgnoresTheTerminalAndIsReplaced(Jar jar) throws Exception {
        jar.script(sleepers.in("exec env -i PATH=\"$PATH\" sh -c '%s & exec %s'"))
                .start();
        Jar.soon().until(() -> sleepers.living().size() == 2);
        Jar.soon().until(() -> reaper(jar) != null);
        ProcessHandle reaper = reaper(jar);

        assertThat(openFile(reaper, 0)).startsWith("pipe:");
        assertThat(openFile(reaper, 1)).isEqualTo("/dev/null");
        assertThat(openFile(reaper, 2)).isEqualTo("/dev/null");
        assertThat(openFile(reaper, 3)).isEmpty();
        Jar.soon().until(() -> ignoresSigterm(reaper));
        for (String signal : List.of("INT", "HUP", "QUIT", "TERM")) {
            assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(reaper.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        }
        assertThat(reaper.isAlive()).isTrue();

        reaper.destroyForcibly();
        jar.awaitLog("connector_reaper_died pid=" + reaper.pid());
        Jar.soon().until(() -> reaper(jar) != null && reaper(jar).pid() != reaper.pid());

        assertThat(jar.log("connector_reaper")).hasSize(1);
        assertThat(sleepers.living()).hasSize(2);
        jar.kill();
        Jar.soon().until(() -> sleepers.living().isEmpty() && jar.living().isEmpty());
    }

    private static String openFile(ProcessHandle process, int descriptor) throws IOException {
        Path link = Path.of("/proc", Long.toString(process.pid()), "fd", Integer.toString(descriptor));
        return Files.isSymbolicLink(link) ? Files.readSymbolicLink(link).toString() : "";
    }

    private static boolean ignoresSigterm(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.split("\\s+")[1], 16) & 1 << 14) != 0);
    }

    private static ProcessHandle reaper(Jar jar) {
        return ProcessHandle.of(jar.pid())
                .orElseThrow()
                .children()
                .filter(child -> Sleepers.commandLine(child.pid()).contains("livefeed-reaper"))
                .findFirst()
                .orElse(null);
    }
}
