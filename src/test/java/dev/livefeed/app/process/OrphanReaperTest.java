package dev.livefeed.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The reaper is told to end, and has ended when the application ends. */
@EnabledOnOs(OS.LINUX)
class OrphanReaperTest {

    private final String mark = "NO_SUCH_VARIABLE=" + UUID.randomUUID();
    private final OrphanReaper reaper = new OrphanReaper(mark, Duration.ZERO, Duration.ZERO);

    /** The line that tells it to end is the first one of its writing thread, which has to be started. */
    @RepeatedTest(5)
    void isToldToEnd() throws Exception {
        reaper.start();

        assertThat(reaper.close()).isZero();
    }

    @Test
    void oneThatDoesNotReadHasEndedToo() throws Exception {
        reaper.start();
        ProcessHandle shell = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> ProcessHandle.current()
                                .children()
                                .filter(child -> child.info()
                                        .arguments()
                                        .map(arguments -> List.of(arguments).contains(mark))
                                        .orElse(false))
                                .findFirst(),
                        Optional::isPresent)
                .get();
        assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(shell.pid()))
                        .start()
                        .waitFor())
                .isZero();

        assertThat(reaper.close()).isEqualTo(128 + 9);
        assertThat(shell.isAlive()).isFalse();
    }
}
