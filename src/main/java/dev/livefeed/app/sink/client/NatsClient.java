package dev.livefeed.app.sink.client;

import dev.livefeed.app.sink.BatchClient;
import dev.livefeed.app.sink.ClientSettings;
import dev.livefeed.app.sink.LineAddress;
import dev.livefeed.app.sink.LineBatch;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Publishes lines to a stream of NATS JetStream. Each line of a batch is stored only behind the one before it, so that
 * a failure within a batch leaves no line out.
 */
public final class NatsClient implements BatchClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration CONFIRM = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration DUPLICATES = Duration.ofMinutes(10);
    /** The server's code for a line that is not behind the expected one. */
    private static final int WRONG_LAST_ID = 10070;

    private static final String SPECIAL = ".*>";

    private final String url;
    private final String prefix;
    private final String venue;
    private Connection connection;
    private JetStream stream;
    /** Others publish to the stream as well: each line waits for the confirmation of the one before. */
    private boolean oneByOne;

    public NatsClient(ClientSettings settings) {
        url = settings.text("sink.nats.url");
        prefix = settings.text("sink.nats.subject.prefix");
        venue = settings.venue();
    }

    @Override
    public void send(LineBatch batch) throws Exception {
        if (connection == null) {
            connect();
        }
        long end = System.nanoTime() + CONFIRM.toNanos();
        List<CompletableFuture<PublishAck>> sent = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            sent.add(stream.publishAsync(message(batch, i)));
            if (oneByOne) {
                confirm(sent.get(i), System.nanoTime() + CONFIRM.toNanos());
            }
        }
        for (CompletableFuture<PublishAck> one : sent) {
            confirm(one, end);
        }
        oneByOne = false;
    }

    /** Without the client's own reconnection, which would send what is behind the lost lines. */
    private void connect() throws Exception {
        Options options = new Options.Builder()
                .servers(url.split(","))
                .noReconnect()
                .connectionTimeout(CONNECT)
                .connectionName("bybit-live-connector")
                .supportUTF8Subjects()
                .errorListener(new ErrorListener() {}) // failures reach the sender
                .build();
        connection = Nats.connect(options);
        JetStreamOptions wait =
                JetStreamOptions.builder().requestTimeout(CONFIRM).build();
        JetStreamManagement management = connection.jetStreamManagement(wait);
        String subjects = prefix + ".>";
        if (management.getStreamNames(subjects).isEmpty()) {
            management.addStream(StreamConfiguration.builder()
                    .name(prefix.replace('.', '_'))
                    .subjects(subjects)
                    .storageType(StorageType.File)
                    .maxAge(KEPT)
                    .duplicateWindow(DUPLICATES)
                    .build());
        }
        stream = connection.jetStream(wait);
    }

    private Message message(LineBatch batch, int index) throws IOException {
        byte[] line = batch.line(index);
        long sequence = batch.first() + index;
        Headers headers = new Headers()
                .put("run", Long.toString(batch.run()))
                .put("sequence", Long.toString(sequence))
                .put("Nats-Msg-Id", id(batch, sequence));
        if (index > 0 && !oneByOne) {
            headers.put("Nats-Expected-Last-Msg-Id", id(batch, sequence - 1));
        }
        return NatsMessage.builder()
                .subject(prefix + '.' + LineAddress.of(line, venue).path('.', SPECIAL))
                .headers(headers)
                .data(line)
                .build();
    }

    private static String id(LineBatch batch, long sequence) {
        return batch.name() + '-' + batch.run() + '-' + sequence;
    }

    private void confirm(CompletableFuture<PublishAck> one, long end) throws Exception {
        try {
            one.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            while (cause.getCause() != null && !(cause instanceof JetStreamApiException)) {
                cause = cause.getCause();
            }
            if (cause instanceof JetStreamApiException refusal && refusal.getApiErrorCode() == WRONG_LAST_ID) {
                oneByOne = true;
            }
            IOException failed = new IOException("a line was not stored: " + cause.getMessage());
            failed.addSuppressed(e); // not as its cause, of which alone the message would be shown
            throw failed;
        } catch (TimeoutException e) {
            throw new IOException("lines were not confirmed within " + CONFIRM.toSeconds() + " s");
        }
    }

    @Override
    public void close() {
        Connection ended = connection;
        connection = null;
        stream = null;
        if (ended != null) {
            try {
                ended.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
