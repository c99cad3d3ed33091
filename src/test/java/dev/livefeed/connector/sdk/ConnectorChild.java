package dev.livefeed.connector.sdk;

import static org.awaitility.Awaitility.await;

import dev.livefeed.connector.ConnectorMain;
import dev.livefeed.jar.JvmOptions;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** A connector process, started and controlled over its standard streams as the application does. */
final class ConnectorChild implements AutoCloseable {

    static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Process process;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> invalid = new CopyOnWriteArrayList<>();
    private final List<String> stderr = new CopyOnWriteArrayList<>();
    private final Thread stderrThread;
    private final ReentrantLock reading = new ReentrantLock();
    private Thread eventThread;

    private ConnectorChild(Process process) {
        this.process = process;
        stderrThread = startThread("child-stderr", () -> readText(process.getErrorStream()));
    }

    /** Starts a connector and reads its events. */
    static ConnectorChild start(Map<String, String> environment, String... arguments) throws IOException {
        ConnectorChild child = startUnread(environment, arguments);
        child.readEvents();
        return child;
    }

    /** Starts a connector whose events are not read until {@link #readEvents}. */
    static ConnectorChild startUnread(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmOptions.connector());
        command.addAll(List.of("-Xmx40m", "-cp", JvmOptions.JAR.toString(), ConnectorMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("BYBIT_") || name.equals("LOG_LEVEL"));
        builder.environment().putAll(environment);
        return new ConnectorChild(builder.start());
    }

    void readEvents() {
        eventThread = startThread("child-events", this::readLines);
    }

    /** Keeps events from being read, as {@link #startUnread} does, until the work is done. */
    void unread(Runnable work) {
        reading.lock();
        try {
            work.run();
        } finally {
            reading.unlock();
        }
    }

    /** Sends a command line. */
    void send(String line) throws IOException {
        OutputStream stdin = process.getOutputStream();
        stdin.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        stdin.flush();
    }

    void subscribe(String channel, String symbol, String id) throws IOException {
        send("{\"command\":\"subscribe\",\"channel\":\"" + channel + "\",\"symbol\":\"" + symbol + "\",\"id\":\"" + id
                + "\"}");
    }

    void endCommands() throws IOException {
        process.getOutputStream().close();
    }

    /** Closes the reading end of the event pipe. */
    void dropEvents() throws IOException {
        process.getInputStream().close();
    }

    Process process() {
        return process;
    }

    List<Event> events() {
        return events;
    }

    <T extends Event> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Status> statuses(String status) {
        return events(Status.class).stream()
                .filter(s -> s.status().equals(status))
                .toList();
    }

    List<Failure> failures() {
        return events(Failure.class);
    }

    List<String> stderr() {
        return stderr;
    }

    /** Lines that violate the protocol. */
    List<String> invalid() {
        return invalid;
    }

    void awaitEvent(Predicate<Event> condition) {
        await().atMost(TIMEOUT).until(() -> events.stream().anyMatch(condition));
    }

    void awaitStatus(String status) {
        awaitEvent(event -> event instanceof Status s && s.status().equals(status));
    }

    /** Waits for the process to exit and for its last events; returns the exit code. */
    int awaitExit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the connector did not end within " + limit + "; stderr: " + stderr);
        }
        if (eventThread != null) {
            eventThread.join(limit.toMillis());
        }
        stderrThread.join(limit.toMillis());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void readLines() {
        EventReader reader = new EventReader(List.of(), false, Times::nowMicros);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                unread(() -> {});
                try {
                    events.add(reader.read(line.getBytes(StandardCharsets.UTF_8)));
                } catch (InvalidEventException e) {
                    invalid.add(e.getMessage() + ": " + line);
                }
            }
        } catch (IOException e) {
            // The child has ended, or the test has closed the stream.
        }
    }

    private void readText(InputStream stream) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            lines.lines().forEach(stderr::add);
        } catch (IOException | UncheckedIOException e) {
            // The child has ended.
        }
    }

    private static Thread startThread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
