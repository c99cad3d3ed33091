package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands tail, in pipes, and top, in a terminal, against a running program. */
@ExtendWith(JarExtension.class)
class TerminalIT {

    /** What a command printed and how it ended. */
    private record Result(int status, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }
    }

    private static Result shell(String name, String rest, Jar jar) throws IOException, InterruptedException {
        return shell(name, rest, jar.port());
    }

    private static Result shell(String name, String rest, int port) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-o",
                "pipefail",
                "-c",
                "\"$0\" -XX:TieredStopAtLevel=1 -jar \"$1\" " + name + " --url http://127.0.0.1:\"$2\" " + rest));
        command.addAll(List.of(Jar.JAVA, Jar.FILE.toString(), Integer.toString(port)));
        Process process = new ProcessBuilder(command).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Result(process.exitValue(), out, err);
    }

    /** A book and a trade each 50 ms. */
    private static final String MARKET =
            """
            book() {
              printf '{"type":"depth","timestamp":%s000,"bids":[["99.50","5"]],"asks":[["101.00",\
            "7.250"]],' "$(date +%s)"
              printf '"last_update_id":%s}\\n' "$1"
            }
            status connected
            i=0; while :; do i=$((i + 1)); trade $i 100.10; book $i; sleep 0.05; done
            """;

    /** Its last words would be a command to the terminal. */
    private static final String FAULTY = "echo 'last \033[31mwords' >&2; exit 1";

    @Test
    void showARunningProgram(Jar jar) throws Exception {
        jar.scripts(MARKET, FAULTY, FAULTY, MARKET)
                .with("SYMBOL", "BTCUSDT")
                .with("CONNECTOR_BACKOFF_INITIAL", "2s")
                .start();
        jar.awaitTrades(1);
        printsWhatAPipeNeeds(jar);
        screensForScripts(jar);
        try (PseudoTerminal terminal = top(jar, "first", 80, 24)) {
            watchesTheConnectorEndAndComeBack(jar, terminal);
            keysAndSizes(terminal);
            terminal.type("q");
            terminal.awaitEnd(0);
        }
        try (PseudoTerminal stopped = top(jar, "second", 100, 30);
                PseudoTerminal left = top(jar, "third", 60, 20)) {
            stopped.await("READY", "100.10");
            left.await("READY", "100.10");
            left.type("\u0003");
            left.awaitEnd(130);
            jar.stop();
            stopped.await("NOT CURRENT: connection lost", "NOT CURRENT: no connection to the program", "last known");
            stopped.terminate();
            stopped.awaitEnd(143);
        }
        Result gone = shell("tail", "", jar);
        assertThat(gone.status()).isEqualTo(69);
        assertThat(gone.err().lines()).singleElement().asString().contains("is not reached");
    }

    private static PseudoTerminal top(Jar jar, String name, int columns, int rows) throws IOException {
        return top(Files.createDirectory(jar.folder().resolve(name)), jar.port(), columns, rows);
    }

    private static PseudoTerminal top(Path folder, int port, int columns, int rows) throws IOException {
        return new PseudoTerminal(
                folder,
                columns,
                rows,
                Map.of(),
                List.of(
                        Jar.JAVA,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-jar",
                        Jar.FILE.toString(),
                        "top",
                        "--url",
                        "http://127.0.0.1:" + port));
    }

    private static void watchesTheConnectorEndAndComeBack(Jar jar, PseudoTerminal terminal) {
        terminal.await("READY connected fresh", "BTCUSDT linear", "100.10", "ready", "spread 1.50", "7.250", "TRADES");
        assertThat(terminal.rows().get(0)).startsWith("livefeed top ").endsWith(" UTC");

        jar.child().destroyForcibly();

        terminal.await("NOT CONNECTED", "retry 1 of ", " in ", "NOT CURRENT: the feed is down, ", "DO NOT USE: ");
        terminal.await("retry 3 of ", "words");
        terminal.await("READY connected fresh", "spread 1.50");
        assertThat(terminal.text()).doesNotContain("NOT CURRENT", "DO NOT USE");
        assertThat(terminal.written()).doesNotContain("\u001b[31mwords");
    }

    private static void keysAndSizes(PseudoTerminal terminal) throws Exception {
        terminal.type("?");
        terminal.await("Keys", "quit");
        terminal.type("x/eth");
        terminal.await("search: eth", "no instrument with eth");
        terminal.type("\r");
        terminal.await("filter: eth");
        terminal.type("\u001b");
        terminal.await("BTCUSDT linear", "q quit");
        terminal.type(" ");
        terminal.await("PAUSED for ");
        terminal.type(" ");
        Jar.soon().until(() -> !terminal.text().contains("PAUSED"));
        terminal.resize(40, 20);
        Jar.soon().until(() -> terminal.rows().get(19).startsWith("q quit  ? help  j k choose"));
        terminal.await("BTCUSDT linear", "spread 1.50");
        terminal.resize(200, 60);
        Jar.soon()
                .until(() -> terminal.rows().get(59).startsWith("q quit")
                        && terminal.rows().get(0).length() == 200);
    }

    /** Without a terminal: one line, or one screen as text. */
    private static void screensForScripts(Jar jar) throws Exception {
        Result none = shell("top", "</dev/null", jar);
        assertThat(none.status()).isEqualTo(2);
        assertThat(none.err().lines()).singleElement().asString().contains("no terminal; use tail, or top --once");
        assertThat(none.out()).isEmpty();

        Result once = shell("top", "--once", jar);
        assertThat(once.status()).isZero();
        assertThat(once.err()).isEmpty();
        assertThat(once.lines()).hasSizeBetween(8, 24).allMatch(line -> line.length() <= 80);
        assertThat(once.out())
                .contains("READY connected fresh", "100.10", "spread 1.50")
                .doesNotContain("\u001b");
    }

    private static void printsWhatAPipeNeeds(Jar jar) throws Exception {
        Result trades = shell("tail", "--count 3", jar);
        assertThat(trades.status()).isZero();
        assertThat(trades.err()).isEmpty();
        assertThat(trades.lines()).hasSize(3).allSatisfy(line -> {
            assertThat(Jar.parse(line).path("type").asText()).isEqualTo("trade");
            assertThat(Jar.parse(line).path("symbol").asText()).isEqualTo("BTCUSDT");
        });

        Result table = shell("tail", "--type trade --format csv --symbol BTCUSDT --count 2", jar);
        assertThat(table.lines()).hasSize(3);
        assertThat(table.lines().get(0)).startsWith("timestamp,received_at,venue,category,symbol,side,price,qty,id");
        assertThat(table.lines().get(1)).contains(",BTCUSDT,");

        Result ended = shell("tail", "--type trade,depth | head -n 1", jar);
        assertThat(ended.status()).as("as of a process that SIGPIPE ends").isEqualTo(141);
        assertThat(ended.lines()).hasSize(1);
        assertThat(ended.err()).isEmpty();

        Result unknown = shell("tail", "--symbol NOSUCH", jar);
        assertThat(unknown.status()).isEqualTo(69);
        assertThat(unknown.err().lines())
                .singleElement()
                .asString()
                .contains("400")
                .contains("NOSUCH");
        assertThat(shell("tail", "--format csv --type trade,depth", jar).status())
                .isEqualTo(64);

        Result full = shell("tail", "--count 1 > /dev/full", jar);
        assertThat(full.status()).isEqualTo(74);
        assertThat(full.err().lines()).singleElement().asString().contains("standard output cannot be written: ");
    }

    /** A program that could not resume, and then wants a login: as after a restart with other settings. */
    @Test
    void aRefusalWhileItIsShownGivesTheTerminalBack(@TempDir Path folder) throws Exception {
        CountDownLatch shown = new CountDownLatch(1);
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/stream", exchange -> {
            boolean first = requests.getAndIncrement() == 0;
            exchange.getResponseHeaders().add("Content-Type", first ? "text/event-stream" : "text/html");
            exchange.sendResponseHeaders(first ? 200 : 401, 0);
            if (first) {
                exchange.getResponseBody().write(NOT_RESUMED.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                awaitQuietly(shown);
            }
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        try (PseudoTerminal terminal = top(folder, port, 200, 20)) {
            terminal.await("livefeed top", "SYNTHETIC DATA");
            shown.countDown();
            terminal.awaitEnd(69);
            assertThat(terminal.text())
                    .contains("answered 401 (text/html); a token is read from LIVEFEED_TOKEN")
                    .doesNotContain("SYNTHETIC", "Exception");
        }
        requests.set(0);
        Result tail = shell("tail", "--type status,trade --count 2", port);
        assertThat(tail.status()).isZero();
        assertThat(tail.err()).isEqualTo("note: what came without a connection is missing: a ?[31m reason\n");
        server.stop(0);
    }

    private static final String NOT_RESUMED =
            """
            data: {"type":"status","status":"not_resumed","reason":"a \\u001b[31m reason"}

            data: {"type":"status","status":"feed","state":"synthetic","synthetic":true}

            """;

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
