package dev.livefeed.app.backfill;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.app.market.Market;
import dev.livefeed.connector.Connectors;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.ConnectorRuntime;
import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.Status;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The shipped Bybit connector in this process; its lines go to a history client and the market. */
final class HistoryRig implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Market market;
    private final PipedOutputStream commands = new PipedOutputStream();
    private final ConnectorRuntime connector;
    private volatile boolean heard;

    final HistoryClient client = new HistoryClient(
            this::send, () -> heard ? 1 : -1, () -> false, () -> System.nanoTime() / 1_000_000, Duration.ofSeconds(20));

    HistoryRig(String webSocket, String rest, Market market) throws IOException, ConfigurationException {
        this.market = market;
        connector = new ConnectorRuntime(
                Connectors.create("bybit", Map.of("BYBIT_WS_BASE_URL", webSocket, "BYBIT_REST_BASE_URL", rest)),
                TimeSource.SYSTEM,
                new PipedInputStream(commands),
                new Lines(),
                Outbox.Limits.DEFAULT);
        Thread thread = new Thread(
                () -> {
                    try {
                        connector.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "connector");
        thread.setDaemon(true);
        thread.start();
    }

    void send(Map<String, Object> command) {
        try {
            commands.write((JSON.writeValueAsString(command) + '\n').getBytes(StandardCharsets.UTF_8));
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        connector.stop();
        connector.awaitEnd();
    }

    private void take(Event event) {
        heard = true;
        if (event instanceof HistoryEvent past) {
            client.event(past);
        } else if (event instanceof Status status) {
            if (status.status().equals("instrument")) {
                market.status(status);
            }
            client.status(status);
        } else if (event instanceof Failure failure) {
            client.failure(failure);
        }
    }

    /** The end of the connector's output. */
    private final class Lines implements WritableByteChannel {

        private final EventReader reader = new EventReader(List.of(), false, Times::nowMicros);
        private final StringBuilder text = new StringBuilder();

        @Override
        public int write(ByteBuffer bytes) {
            int count = bytes.remaining();
            text.append(StandardCharsets.UTF_8.decode(bytes));
            for (int end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
                String line = text.substring(0, end);
                text.delete(0, end + 1);
                try {
                    take(reader.read(line.getBytes(StandardCharsets.UTF_8)));
                } catch (InvalidEventException e) {
                    throw new IllegalStateException(line, e);
                }
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    }
}
