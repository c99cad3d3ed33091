package dev.livefeed.connector.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.ConnectorRuntime;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The connector with its real network, in this process, between lines of commands and events. */
final class RunningConnector implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Commands commands = new Commands();
    private final ConnectorRuntime runtime;
    private final Thread thread;

    /** @param file settings of the configuration file, as JSON; empty for none */
    RunningConnector(ScriptedBinance server, String file, String... environment) {
        this(server.settings(), file, environment);
    }

    RunningConnector(Map<String, String> settings, String file, String... environment) {
        Map<String, String> variables = new HashMap<>(settings);
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        try {
            if (!file.isEmpty()) {
                variables.put("BINANCE_CONNECTOR_CONFIG_FILE", ConfigurationFile.of(file));
            }
            runtime = new ConnectorRuntime(
                    BinanceConnector.create(variables),
                    TimeSource.SYSTEM,
                    commands,
                    new Lines(),
                    Outbox.Limits.DEFAULT);
        } catch (ConfigurationException e) {
            throw new IllegalStateException(e);
        }
        thread = new Thread(
                () -> {
                    try {
                        runtime.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "running-connector");
        thread.setDaemon(true);
        thread.start();
    }

    void send(String line) {
        commands.lines.add((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void subscribe(String channel, String symbol, String further) {
        send("{\"command\":\"subscribe\",\"channel\":\"" + channel + "\",\"symbol\":\"" + symbol + "\",\"id\":\""
                + channel + '-' + symbol + "\"" + further + "}");
    }

    void subscribe(String channel, String symbol) {
        subscribe(channel, symbol, "");
    }

    List<Event> events() {
        return events;
    }

    <T extends Event> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Status> statuses(String status) {
        return events(Status.class).stream()
                .filter(one -> one.status().equals(status))
                .toList();
    }

    List<Failure> failures() {
        return events(Failure.class);
    }

    /** Number of events so far, for {@link #awaitSince}. */
    int mark() {
        return events.size();
    }

    void awaitStatus(String status) {
        awaitSince(0, event -> event instanceof Status one && one.status().equals(status));
    }

    /** Waits for an event after a mark. */
    void awaitSince(int mark, Predicate<Event> wanted) {
        awaitUntil(() -> events.stream().skip(mark).anyMatch(wanted));
    }

    void awaitStatusSince(int mark, String status) {
        awaitSince(mark, event -> event instanceof Status one && one.status().equals(status));
    }

    static void awaitUntil(BooleanSupplier condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition::getAsBoolean);
    }

    @Override
    public void close() {
        runtime.stop();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(thread.isAlive()).as("the connector runs on after its stop").isFalse();
    }

    /** Commands as a stream without end. */
    private static final class Commands extends InputStream {

        private final LinkedBlockingQueue<byte[]> lines = new LinkedBlockingQueue<>();
        private ByteBuffer current = ByteBuffer.allocate(0);

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                while (!current.hasRemaining()) {
                    current = ByteBuffer.wrap(lines.take());
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            int count = Math.min(length, current.remaining());
            current.get(into, offset, count);
            return count;
        }

        @Override
        public int available() {
            return current.remaining() + (lines.isEmpty() ? 0 : 1);
        }
    }

    /** Reads the lines of events. */
    private final class Lines implements WritableByteChannel {

        private final EventReader reader = new EventReader(List.of(), false, Times::nowMicros);
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int count = bytes.remaining();
            while (bytes.hasRemaining()) {
                byte one = bytes.get();
                if (one != '\n') {
                    line.write(one);
                    continue;
                }
                byte[] whole = line.toByteArray();
                line.reset();
                try {
                    events.add(reader.read(whole));
                } catch (InvalidEventException e) {
                    events.add(new Failure(
                            "the line violates the protocol: " + e.getMessage() + ": "
                                    + new String(whole, StandardCharsets.UTF_8),
                            "invalid-line",
                            null,
                            null,
                            null,
                            true));
                }
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
