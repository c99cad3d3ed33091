package dev.livefeed.soak;

import dev.livefeed.connector.ConnectorMain;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Times;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The connector as a process of its own, as the application runs it; its events wait in a queue, unless nobody reads.
 */
final class ConnectorUnderTest implements AutoCloseable {

    private final Process process;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Semaphore reading = new Semaphore(1);
    private volatile Violation broken;

    private ConnectorUnderTest(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "soak-events");
        reader.setDaemon(true);
        reader.start();
    }

    static ConnectorUnderTest start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx40m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ConnectorMain.class.getName(),
                "bybit");
        builder.environment().keySet().removeIf(name -> name.startsWith("BYBIT_"));
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        return new ConnectorUnderTest(builder.start());
    }

    void send(Command command) {
        String line = "{\"command\":\"" + command.kind().name().toLowerCase(Locale.ROOT) + "\",\"channel\":\""
                + command.channel() + "\",\"symbol\":\"" + command.symbol() + "\",\"category\":\"" + command.category()
                + "\",\"id\":\"" + command.id() + "\"}\n";
        try {
            process.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new Violation("the connector takes no commands: " + e.getMessage());
        }
    }

    /** The next event, or null where none came in time. */
    Event next(long millis) throws InterruptedException {
        Event event = events.poll(millis, TimeUnit.MILLISECONDS);
        if (event == null && broken != null) {
            throw broken;
        }
        return event;
    }

    /** Nobody takes its events from now on. */
    void block() {
        reading.acquireUninterruptibly();
    }

    void unblock() {
        reading.release();
    }

    /** Resident memory in KiB, or 0 where this machine does not tell. */
    long residentKib() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException e) {
            // No such file: not on Linux.
        }
        return 0;
    }

    /** Ends it by the end of its commands; returns its exit code. */
    int end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        return process.waitFor(5, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        EventReader reader = new EventReader(List.of(), false, Times::nowMicros);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reading.acquireUninterruptibly();
                reading.release();
                events.add(reader.read(line.getBytes(StandardCharsets.UTF_8)));
            }
            broken = new Violation("the connector has ended");
        } catch (InvalidEventException e) {
            broken = new Violation("a line breaks the protocol: " + e.getMessage());
        } catch (IOException e) {
            broken = new Violation("the connector has ended: " + e.getMessage());
        }
    }
}
