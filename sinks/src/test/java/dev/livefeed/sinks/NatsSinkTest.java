package dev.livefeed.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The sink nats, with a server that wants a login and has no stream yet. */
class NatsSinkTest extends SinkScenarios {

    @Override
    SinkServer server(Path folder) throws Exception {
        return new Server(folder, null, false);
    }

    @Override
    SecureServer secure(Path folder, TlsFiles tls) throws Exception {
        return new Server(folder, tls, false);
    }

    private void stream(Consumer<StreamConfiguration.Builder> limits) throws Exception {
        Connection connection = ((Server) server).connect();
        try {
            StreamConfiguration.Builder stream =
                    StreamConfiguration.builder().name("livefeed").subjects("livefeed.>");
            limits.accept(stream);
            if (connection.jetStreamManagement().getStreamNames().isEmpty()) {
                connection.jetStreamManagement().addStream(stream.build());
            } else {
                connection.jetStreamManagement().updateStream(stream.build());
            }
        } finally {
            connection.close();
        }
    }

    @Test
    void nothingIsLostUntilTheTokenIsRight() throws Exception {
        Server token = new Server(Folders.empty("NatsSinkTest", "token"), null, true);
        nothingIsLostUntilAccessIsRight(token, new TlsFiles(Folders.empty("NatsSinkTest", "no-tls")));
    }

    @Test
    void aLineThatTheServerDoesNotTakeIsSetAside() throws Exception {
        server.process().start();
        tooLong(1_200_000, "(max_payload)");
    }

    /** The server's limit is that of line and headers together. */
    @Test
    void aLineThatTheServerDoesNotTakeWithItsHeadersIsSetAside() throws Exception {
        server.process().start();
        tooLong(1_048_460, "(max_payload)");
    }

    @Test
    void aLineThatTheStreamDoesNotTakeIsSetAside() throws Exception {
        server.process().start();
        stream(limits -> limits.maximumMessageSize(100_000));
        tooLong(200_000, "message size exceeds maximum allowed");
    }

    @Test
    void aFullStreamIsRetried() throws Exception {
        server.process().start();
        stream(limits -> limits.maxMessages(1_000).discardPolicy(DiscardPolicy.New));
        application.start(500);
        application.awaitFailure("maximum messages exceeded");
        awaitMore("waiting", 500);
        stream(limits -> limits.discardPolicy(DiscardPolicy.New));
        awaitMore("delivered", 1_000);
        assertThat(check().announced()).isZero();
    }

    @Test
    void aDeletedStreamIsCreatedAgain() throws Exception {
        server.process().start();
        application.start(500);
        awaitMore("delivered", 500);
        Connection connection = ((Server) server).connect();
        try {
            connection.jetStreamManagement().deleteStream("livefeed");
            awaitMore("delivered", 1_000);
            assertThat(connection
                            .jetStreamManagement()
                            .getStreamInfo("livefeed")
                            .getStreamState()
                            .getMsgCount())
                    .isGreaterThan(500);
        } finally {
            connection.close();
        }
    }

    private static final class Server implements SecureServer {

        private static final String INSTALL = "go install github.com/nats-io/nats-server/v2@v2.12.2";

        private static final String PASSWORD = "feed/secret:a@b";
        private static final String OTHER = "livefeed.other";

        private final int port = ServerProcess.freePort();
        private final TlsFiles tls;
        private final boolean token;
        private final ServerProcess process;

        /**
         * @param tls null for none
         * @param token whether it asks for a token in place of a user and a password
         */
        Server(Path folder, TlsFiles tls, boolean token) throws IOException {
            this.tls = tls;
            this.token = token;
            Path config = Files.writeString(
                    folder.resolve("server.conf"),
                    String.join(
                            "\n",
                            "host: 127.0.0.1",
                            "port: " + port,
                            "jetstream { store_dir: \"" + folder.resolve("store") + "\" }",
                            "authorization { " + (token ? "token" : "user: feed, password") + ": \"" + PASSWORD
                                    + "\" }",
                            tls == null
                                    ? ""
                                    : "tls { cert_file: \"" + tls.certificate() + "\", key_file: \"" + tls.key()
                                            + "\" }",
                            ""));
            process = new ServerProcess(
                    folder,
                    List.of(ServerProcess.program("nats-server", INSTALL).toString(), "-c", config.toString()),
                    Map.of(),
                    () -> ServerProcess.listens(port));
        }

        @Override
        public String sink() {
            return "nats";
        }

        @Override
        public Map<String, String> settings() {
            return token
                    ? Map.of("SINK_NATS_URL", url(), secret(), PASSWORD)
                    : Map.of("SINK_NATS_URL", url(), "SINK_NATS_USER", "feed", secret(), PASSWORD);
        }

        private String url() {
            return (tls == null ? "nats" : "tls") + "://127.0.0.1:" + port;
        }

        @Override
        public String secret() {
            return token ? "SINK_NATS_TOKEN" : "SINK_NATS_PASSWORD";
        }

        @Override
        public boolean hasTls() {
            return tls != null;
        }

        @Override
        public String loginFailure() {
            return "Authorization Violation";
        }

        Connection connect() throws Exception {
            Options.Builder options =
                    new Options.Builder().server(url()).supportUTF8Subjects().errorListener(new ErrorListener() {});
            if (token) {
                options.token(PASSWORD.toCharArray());
            } else {
                options.userInfo("feed", PASSWORD);
            }
            return Nats.connect((tls == null ? options : options.sslContext(tls.context())).build());
        }

        @Override
        public ServerProcess process() {
            return process;
        }

        /** Another publisher of the stream comes between the lines of a batch. */
        @Override
        public void disturb() throws Exception {
            Connection connection = connect();
            try {
                for (int i = 0; i < 20; i++) {
                    connection.jetStream().publish(OTHER, new byte[0]);
                }
            } finally {
                connection.close();
            }
        }

        @Override
        public void read(DeliveryCheck check) throws Exception {
            OnceFilter once = new OnceFilter();
            Connection connection = connect();
            try {
                long count = connection
                        .jetStreamManagement()
                        .getStreamInfo("livefeed")
                        .getStreamState()
                        .getMsgCount();
                JetStreamSubscription all = connection
                        .jetStream()
                        .subscribe(
                                "livefeed.>",
                                PushSubscribeOptions.builder().ordered(true).build());
                for (long i = 0; i < count; i++) {
                    Message message = all.nextMessage(Duration.ofSeconds(10));
                    Assertions.assertThat(message)
                            .as("message %d of %d", i, count)
                            .isNotNull();
                    if (message.getSubject().equals(OTHER)) {
                        continue;
                    }
                    long run = Long.parseLong(message.getHeaders().getFirst("run"));
                    long sequence = Long.parseLong(message.getHeaders().getFirst("sequence"));
                    if (once.isNew("", run, sequence)) {
                        String line = new String(message.getData(), StandardCharsets.UTF_8);
                        String[] subject = message.getSubject().split("\\.");
                        Assertions.assertThat(subject).hasSize(5).contains("custom");
                        check.line(line, subject[1], subject[3], subject[4].replace("%2E", "."));
                    }
                }
            } finally {
                connection.close();
            }
            Assertions.assertThat(once.repeated())
                    .as("the server skips repetitions")
                    .isZero();
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
