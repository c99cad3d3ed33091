package dev.livefeed.terminal.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.livefeed.terminal.EventSource;
import dev.livefeed.terminal.ProgramLogin;
import dev.livefeed.terminal.RunningProgram;
import dev.livefeed.terminal.screen.TerminalScreen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private ScreenTerminal.VirtualTerminal virtual;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/stream", this::answer);
        server.start();
        virtual = ScreenTerminal.withTerminal("test", "screen-256color", 60, 10);
        virtual.terminal().writer().println("$ top");
        virtual.terminal().flush();
    }

    /** One message, and nothing more. */
    private void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(("data: " + READY + "\n\n").getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    @AfterEach
    void stop() throws InterruptedException {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private String shown() {
        return virtual.screen().toString();
    }

    private int show(LongSupplier clock) throws Exception {
        RunningProgram program =
                new RunningProgram("http://127.0.0.1:" + server.getAddress().getPort(), ProgramLogin.NONE);
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
