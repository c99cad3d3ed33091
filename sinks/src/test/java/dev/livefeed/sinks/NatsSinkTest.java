package dev.livefeed.sinks;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PushSubscribeOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** The sink nats, with a server that wants a login and has no stream yet. */
class NatsSinkTest extends SinkScenarios {

    @Override
    SinkServer server(Path folder) throws Exception {
        return new Server(folder);
    }

    private static final class Server implements SinkServer {

        private static final String INSTALL = "go install github.com/nats-io/nats-server/v2@v2.12.2";

        private static final String OTHER = "livefeed.other";

        private final int port = ServerProcess.freePort();
        private final String url = "nats://feed:feed-secret@127.0.0.1:" + port;
        private final ServerProcess process;

        Server(Path folder) throws IOException {
            Path config = Files.writeString(
                    folder.resolve("server.conf"),
                    String.join(
                            "\n",
                            "host: 127.0.0.1",
                            "port: " + port,
                            "jetstream { store_dir: \"" + folder.resolve("store") + "\" }",
                            "authorization { user: feed, password: feed-secret }",
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
        public List<String> components() {
            return List.of("nats");
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("SINK_NATS_URL", url);
        }

        @Override
        public ServerProcess process() {
            return process;
        }

        /** Another publisher of the stream comes between the lines of a batch. */
        @Override
        public void disturb() throws Exception {
            Connection connection = Nats.connect(url);
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
            Connection connection = Nats.connect(new Options.Builder()
                    .server(url)
                    .supportUTF8Subjects()
                    .errorListener(new ErrorListener() {})
                    .build());
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
