package dev.livefeed.app.sink.client;

import dev.livefeed.app.sink.BatchClient;
import dev.livefeed.app.sink.ClientSettings;
import dev.livefeed.app.sink.LineAddress;
import dev.livefeed.app.sink.LineBatch;
import dev.livefeed.app.sink.LineRefused;
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
import java.util.concurrent.atomic.AtomicReference;

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
    /** The server's code for a line that is longer than its stream takes. */
    private static final int TOO_LONG = 10054;

    private static final String SPECIAL = ".*>";

    private final String url;
    private final String prefix;
    private final String venue;
    private final String user;
    private final String password;
    private final String token;
    private Connection connection;
    private JetStream stream;
    /** Others publish to the stream as well: each line waits for the confirmation of the one before. */
    private boolean oneByOne;

    public NatsClient(ClientSettings settings) {
        url = settings.text("sink.nats.url");
        prefix = settings.text("sink.nats.subject.prefix");
        venue = settings.venue();
        user = settings.text("sink.nats.user");
        password = settings.variable("SINK_NATS_PASSWORD");
        token = settings.variable("SINK_NATS_TOKEN");
    }

    @Override
    public void send(LineBatch batch) throws Exception {
        if (connection == null) {
            connect();
        }
        long end = System.nanoTime() + CONFIRM.toNanos();
        List<CompletableFuture<PublishAck>> sent = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            try {
                sent.add(stream.publishAsync(message(batch, i)));
            } catch (IllegalArgumentException e) {
                throw new LineRefused(i, e.getMessage()); // no subject can be made of it
            }
            if (oneByOne) {
                confirm(sent.get(i), i, System.nanoTime() + CONFIRM.toNanos());
            }
        }
        for (int i = 0; i < sent.size(); i++) {
            confirm(sent.get(i), i, end);
        }
        oneByOne = false;
    }

    /** Without the client's own reconnection, which would send what is behind the lost lines. */
    private void connect() throws Exception {
        AtomicReference<String> why = new AtomicReference<>();
        Options.Builder options = new Options.Builder()
                .servers(url.split("\\s*,\\s*"))
                .noReconnect()
                .connectionTimeout(CONNECT)
                .connectionName("bybit-live-connector")
                .dataPortType(NatsTlsPort.class.getName())
                .noResolveHostnames() // else certificates would have to name the address
                .supportUTF8Subjects()
                .errorListener(
                        new ErrorListener() { // failures of a connection reach the sender
                            @Override
                            public void exceptionOccurred(Connection failed, Exception failure) {
                                why.set(failure.getMessage());
                            }
                        });
        if (!token.isEmpty()) {
            options.token(token.toCharArray());
        } else if (!user.isEmpty()) {
            options.userInfo(user, password);
        }
        try {
            connection = Nats.connect(options.build());
        } catch (IOException e) {
            String reason = why.get() == null ? e.getMessage() : why.get();
            throw failed("no connection to the servers of SINK_NATS_URL: " + reason, e);
        }
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

    /** @throws LineRefused if the server would end the connection because of its length, which is that of all */
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
        long most = connection.getServerInfo().getMaxPayload();
        int length = headers.serializedLength() + line.length;
        if (most > 0 && length > most) {
            throw new LineRefused(
                    index,
                    "the message has " + length + " bytes, and the server takes at most " + most + " (max_payload)");
        }
        return NatsMessage.builder()
                .subject(prefix + '.' + LineAddress.of(batch, index, venue).path('.', SPECIAL))
                .headers(headers)
                .data(line)
                .build();
    }

    private static String id(LineBatch batch, long sequence) {
        return batch.name() + '-' + batch.run() + '-' + sequence;
    }

    private static IOException failed(String what, Exception why) {
        IOException failed = new IOException(what);
        failed.addSuppressed(why); // not as its cause, of which alone the message would be shown
        return failed;
    }

    private void confirm(CompletableFuture<PublishAck> one, int index, long end) throws Exception {
        try {
            one.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            while (cause.getCause() != null && !(cause instanceof JetStreamApiException)) {
                cause = cause.getCause();
            }
            int code = cause instanceof JetStreamApiException refusal ? refusal.getApiErrorCode() : 0;
            if (code == TOO_LONG) {
                throw new LineRefused(index, cause.getMessage());
            }
            oneByOne |= code == WRONG_LAST_ID;
            throw failed("a line was not stored: " + cause.getMessage(), e);
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
