package dev.livefeed.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Finds and ends all processes that a process has started, and no others. */
class ProcessTreeTest {

    private final String mark = "LIVEFEED_TEST_RUN=" + UUID.randomUUID();
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void onLinux() {
        assumeThat(ProcessTable.available()).isTrue();
    }

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start(String variable, String... command) throws Exception {
        Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));
        ProcessBuilder builder = new ProcessBuilder(
                SetsidCommand.command(List.of(command), Path.of("").toAbsolutePath(), environment));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put(variable.split("=")[0], variable.split("=")[1]);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static long sessionOf(Process process) {
        ProcessTable.ProcessRow row = ProcessTable.row(process.pid());
        return row == null ? -1 : row.session();
    }

    @Test
    void setsidKeepsStreamsPidAndExitStatus() throws Exception {
        Process process = start(mark, "sh", "-c", "read line; echo \"$line $$\"; echo bad >&2; exit 7");
        process.getOutputStream().write("hello\n".getBytes());
        process.getOutputStream().close();

        assertThat(new String(process.getInputStream().readAllBytes())).isEqualTo("hello " + process.pid() + "\n");
        assertThat(new String(process.getErrorStream().readAllBytes())).isEqualTo("bad\n");
        assertThat(process.waitFor()).isEqualTo(7);

        Process waiting = start(mark, "cat");
        await().until(() -> sessionOf(waiting) == waiting.pid());
    }

    @Test
    void missingProgramIsStartedWithoutSetsid() {
        assertThat(SetsidCommand.command(List.of("no-such-program", "x"), Path.of("/"), Map.of()))
                .containsExactly("no-such-program", "x");
        assertThat(SetsidCommand.command(List.of("./no/such", "x"), Path.of("/"), Map.of()))
                .containsExactly("./no/such", "x");
    }

    @Test
    void orphansAreFoundBySessionAndVariable() throws Exception {
        Process process = start(
                mark,
                "sh",
                "-c",
                "env -i sleep 100 >/dev/null & setsid sleep 100 >/dev/null & (sleep 100 >/dev/null &) ; exit 3");
        ProcessTree tree = new ProcessTree(process.toHandle(), mark);
        process.waitFor();
        List<ProcessHandle> found = new ArrayList<>();
        await().until(() -> {
            found.clear();
            tree.each(found::add);
            return found.size() == 3;
        });

        tree.kill();

        await().until(() -> found.stream().allMatch(left -> ProcessTable.row(left.pid()) == null));
    }

    @Test
    void unrelatedProcessesAreNotEnded() throws Exception {
        Process stranger = start("LIVEFEED_TEST_RUN=another", "sleep", "100");
        Process process = start(mark, "sh", "-c", "exit 0");
        process.waitFor();
        ProcessTree tree = new ProcessTree(process.toHandle(), mark);

        tree.kill();

        assertThat(stranger.isAlive()).isTrue();
        assertThat(ProcessTable.hasVariable(stranger.pid(), "LIVEFEED_TEST_RUN=another"))
                .isTrue();
        assertThat(ProcessTable.hasVariable(stranger.pid(), "LIVEFEED_TEST_RUN=anot"))
                .isFalse();
    }
}
