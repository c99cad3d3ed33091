package dev.livefeed.terminal.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.terminal.EventSource;
import dev.livefeed.terminal.OneMessageServer;
import dev.livefeed.terminal.ProgramLogin;
import dev.livefeed.terminal.RunningProgram;
import dev.livefeed.terminal.screen.TerminalScreen;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the terminal is left when {@code top} ends by a fault. */
class TopCommandTest {

    private static final String READY = "{\"type\":\"status\",\"status\":\"feed\",\"connected\":true}";

    private OneMessageServer server;
    private ScreenTerminal.VirtualTerminal virtual;

    @BeforeEach
    void start() throws IOException {
        server = new OneMessageServer("data: " + READY);
        virtual = ScreenTerminal.withTerminal("test", "screen-256color", 60, 10);
        virtual.terminal().writer().println("$ top");
        virtual.terminal().flush();
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.close();
    }

    private String shown() {
        return virtual.screen().toString();
    }

    private int show(LongSupplier clock) throws Exception {
        RunningProgram program = new RunningProgram(server.address(), ProgramLogin.NONE);
        TopModel model = new TopModel(clock);
        Selection selection = new Selection();
        TerminalScreen screen =
                new TerminalScreen(virtual.terminal(), virtual.terminal().output(), true);
        try (TopStreams streams = new TopStreams(program, List.of(), model)) {
            return TopCommand.show(model, selection, new TopView(model, selection, program.address()), streams, screen);
        }
    }

    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Test
    void aFaultOfItsOwnGivesTheTerminalBack() {
        Thread drawing = Thread.currentThread();

        assertThatThrownBy(() -> show(() -> {
                    if (Thread.currentThread() == drawing && shown().contains("livefeed top")) {
                        throw new IllegalStateException("a fault of top");
                    }
                    return millis();
                }))
                .hasMessage("a fault of top");

        assertThat(shown()).contains("$ top").doesNotContain("livefeed top");
    }

    @Test
    void aMessageThatItCannotApplyIsNamed() {
        Thread drawing = Thread.currentThread();
        AtomicInteger reads = new AtomicInteger();

        assertThatThrownBy(() -> show(() -> {
                    // First when the stream is opened, then for each message.
                    if (Thread.currentThread() != drawing && reads.incrementAndGet() > 1) {
                        throw new IllegalStateException("a fault of a message");
                    }
                    return millis();
                }))
                .isInstanceOf(EventSource.RefusedException.class)
                .hasMessageContaining("has sent a message that top does not understand", "a fault of a message");

        assertThat(shown()).contains("$ top").doesNotContain("livefeed top");
    }
}
