package dev.livefeed.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * The sink mqtt, with a broker that wants a login. A broker keeps messages for subscribers only, so one with a session
 * that outlives the broker receives them all the time.
 */
class MqttSinkTest extends SinkScenarios {

    private static final int MAX_PACKET = 100_000;
    /** Which the broker does not tell its clients. */
    private static final int MAX_MESSAGE = 60_000;

    private static final String ALLOWED = "user feed\ntopic readwrite livefeed/#\n";

    @Override
    SinkServer server(Path folder) throws Exception {
        return new Server(folder, null);
    }

    @Override
    SecureServer secure(Path folder, TlsFiles tls) throws Exception {
        return new Server(folder, tls);
    }

    /** The reader has its session before the sink, which waits for the broker, sends its first line. */
    @Test
    @Override
    void fullBufferIsAnnouncedAsAGap() throws Exception {
        server.process().start();
        server.process().kill();
        super.fullBufferIsAnnouncedAsAGap();
    }

    @Test
    void aMessageThatTheBrokerDoesNotTakeIsSetAside() throws Exception {
        server.process().start();
        tooLong(2 * MAX_PACKET, "maximum packet size");
    }

    /** The answer of the broker to the line is no answer of MQTT. */
    @Test
    void aMessageAtWhichTheConnectionEndsIsSetAside() throws Exception {
        server.process().start();
        tooLong(MAX_MESSAGE + 10_000, "a line ends the connection: Exception while decoding PUBACK");
    }

    @Test
    void aLineOfWhichNoTopicCanBeMadeIsSetAside() throws Exception {
        server.process().start();
        refused(
                "{\"type\":\"trade\",\"timestamp\":1795564800000,\"symbol\":\"\\ud800\",\"category\":\"linear\"}",
                "must not contain unmatched UTF-16 surrogate");
    }

    /** The events of the topics that it may write are there before those that it may not. */
    @Test
    void aTopicThatTheLoginMayNotWriteIsRetried() throws Exception {
        server.process().start();
        application.start(500);
        awaitMore("delivered", 500);
        Server broker = (Server) server;
        Files.writeString(broker.acl, "user feed\ntopic write livefeed/trade/#\ntopic read livefeed/#\n");
        broker.process().signal("HUP");
        application.awaitFailure("the broker answers NOT_AUTHORIZED to a line for the topic livefeed/depth/custom/");
        awaitMore("waiting", 500);
        Files.writeString(broker.acl, ALLOWED);
        broker.process().signal("HUP");
        awaitMore("delivered", 1_000);
        assertThat(check().announced()).isZero();
    }

    private static final class Server implements SecureServer {

        private static final String PASSWORD = "feed/secret:a@b";

        private final int port = ServerProcess.freePort();
        private final TlsFiles tls;
        private final Path acl;
        private final Path received;
        private final ServerProcess process;
        private final BufferedWriter out;
        private final Mqtt5AsyncClient reader;
        private long lastNanos = System.nanoTime();

        Server(Path folder, TlsFiles tls) throws Exception {
            this.tls = tls;
            acl = Files.writeString(folder.resolve("acl"), ALLOWED);
            received = folder.resolve("received");
            out = Files.newBufferedWriter(received);
            Path passwords = Files.createFile(folder.resolve("passwords"));
            String tool = ServerProcess.program("mosquitto_passwd", "apt-get install mosquitto")
                    .toString();
            new ProcessBuilder(tool, "-b", passwords.toString(), "feed", PASSWORD)
                    .start()
                    .waitFor();
            Path config = Files.writeString(
                    folder.resolve("mosquitto.conf"),
                    String.join(
                            "\n",
                            "listener " + port + " 127.0.0.1",
                            "password_file " + passwords,
                            "acl_file " + acl,
                            "max_packet_size " + MAX_PACKET,
                            "message_size_limit " + MAX_MESSAGE,
                            tls == null ? "" : "certfile " + tls.certificate() + "\nkeyfile " + tls.key(),
                            "persistence true",
                            "persistence_location " + folder + "/",
                            "max_inflight_messages 0",
                            "max_queued_messages 0",
                            System.getProperty("user.name").equals("root") ? "user root" : "",
                            ""));
            Mqtt5ClientBuilder builder = Mqtt5Client.builder()
                    .identifier("reader")
                    .serverHost("127.0.0.1")
                    .serverPort(port)
                    .simpleAuth()
                    .username("feed")
                    .password(PASSWORD.getBytes(StandardCharsets.US_ASCII))
                    .applySimpleAuth()
                    .automaticReconnect()
                    .initialDelay(50, TimeUnit.MILLISECONDS)
                    .maxDelay(200, TimeUnit.MILLISECONDS)
                    .applyAutomaticReconnect();
            if (tls != null) {
                builder = builder.sslConfig()
                        .trustManagerFactory(tls.trustManagers())
                        .applySslConfig();
            }
            reader = builder.buildAsync();
            Path database = folder.resolve("mosquitto.db");
            process = new ServerProcess(
                    folder,
                    List.of(
                            ServerProcess.program("mosquitto", "apt-get install mosquitto")
                                    .toString(),
                            "-c",
                            config.toString()),
                    Map.of(),
                    () -> ServerProcess.listens(port) && (Files.exists(database) || subscribed(database)));
        }

        /** The broker has the session on its disk, as a broker has after it was stopped once. */
        private boolean subscribed(Path database) throws Exception {
            reader.connect(Mqtt5Connect.builder()
                            .cleanStart(false)
                            .noSessionExpiry()
                            .build())
                    .get(10, TimeUnit.SECONDS);
            reader.subscribeWith()
                    .topicFilter("livefeed/#")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .callback(this::take)
                    .send()
                    .get(10, TimeUnit.SECONDS);
            process.signal("USR1");
            Awaitility.await("the session on the disk").until(() -> Files.exists(database));
            return true;
        }

        private synchronized void take(Mqtt5Publish message) {
            lastNanos = System.nanoTime();
            try {
                message.getUserProperties().asList().forEach(property -> write(property.getValue() + " "));
                out.write(message.getTopic() + "\n"
                        + StandardCharsets.UTF_8.decode(message.getPayload().orElseThrow()));
                out.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void write(String text) {
            try {
                out.write(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private synchronized boolean quiet() {
            return System.nanoTime() - lastNanos > TimeUnit.SECONDS.toNanos(2);
        }

        @Override
        public String sink() {
            return "mqtt";
        }

        @Override
        public Map<String, String> settings() {
            String url = (tls == null ? "mqtt" : "mqtts") + "://127.0.0.1:" + port;
            return Map.of("SINK_MQTT_URL", url, "SINK_MQTT_USER", "feed", secret(), PASSWORD);
        }

        @Override
        public String secret() {
            return "SINK_MQTT_PASSWORD";
        }

        @Override
        public String loginFailure() {
            return "NOT_AUTHORIZED|BAD_USER_NAME_OR_PASSWORD";
        }

        @Override
        public ServerProcess process() {
            return process;
        }

        @Override
        public void read(DeliveryCheck check) throws Exception {
            Awaitility.await("no more messages").atMost(Duration.ofMinutes(2)).until(this::quiet);
            synchronized (this) {
                out.flush();
            }
            OnceFilter once = new OnceFilter();
            try (BufferedReader lines = Files.newBufferedReader(received)) {
                for (String head = lines.readLine(); head != null; head = lines.readLine()) {
                    String[] parts = head.split(" ");
                    String line = lines.readLine();
                    if (once.isNew(parts[2], Long.parseLong(parts[0]), Long.parseLong(parts[1]))) {
                        String[] topic = parts[2].split("/");
                        Assertions.assertThat(topic).hasSize(5).contains("custom");
                        check.line(line, topic[1], topic[3], topic[4]);
                    }
                }
            }
        }

        @Override
        public void close() throws IOException {
            if (reader.getState().isConnectedOrReconnect()) {
                reader.disconnect();
            }
            out.close();
            process.close();
        }
    }
}
