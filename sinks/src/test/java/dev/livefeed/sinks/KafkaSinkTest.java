package dev.livefeed.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The sink kafka, with a broker that wants a login and spreads each topic over three partitions. */
class KafkaSinkTest extends SinkScenarios {

    private static final String PASSWORD = "feed \"secret\\";
    private static final String SCRAM_PASSWORD = "feed-scram-secret";
    private static final int MAX_MESSAGE = 600_000;
    private static final String LOGIN = "org.apache.kafka.common.security.";

    @Override
    SinkServer server(Path folder) throws Exception {
        return new Server(folder, null);
    }

    @Override
    SecureServer secure(Path folder, TlsFiles tls) throws Exception {
        return new Server(folder, tls);
    }

    @Test
    void aLineThatTheTopicDoesNotTakeIsSetAside() throws Exception {
        server.process().start();
        tooLong(2 * MAX_MESSAGE, "larger than the max message size the server will accept");
    }

    /** The broker creates it again. What it held is gone with it, but nothing that is confirmed afterwards. */
    @Test
    void aTopicThatIsDeletedCostsNothingThatFollows() throws Exception {
        server.process().start();
        application.with("SINK_TYPES", "trade").start(500);
        awaitMore("delivered", 500);
        Server broker = (Server) server;
        broker.delete("livefeed.trade");
        awaitMore("delivered", 1_000);
        application.await("no failure", 60, sink -> sink.path("failing_since").isNull());
        application.endOfFeed();
        application.await("an empty buffer", 60, sink -> sink.path("waiting").asLong(-1) == 0);
        assertThat(application.sink().path("refused").asLong()).isZero();
        List<Long> sequences = broker.sequences("livefeed.trade");
        assertThat(sequences).hasSizeGreaterThanOrEqualTo(1_000).doesNotHaveDuplicates();
        assertThat(sequences.get(sequences.size() - 1) - sequences.get(0)).isEqualTo(sequences.size() - 1L);
        assertThat(sequences.get(sequences.size() - 1))
                .isEqualTo(application.sink().path("sequence").asLong());
    }

    private static final class Server implements SecureServer {

        private final int port = ServerProcess.freePort();
        private final TlsFiles tls;
        private final Path config;
        private final ServerProcess process;

        Server(Path folder, TlsFiles tls) throws IOException, InterruptedException {
            this.tls = tls;
            config = Files.writeString(folder.resolve("server.properties"), config(folder));
            List<String> format = java("kafka.tools.StorageTool", "format", "-t", "AAAAAAAAQACAAAAAAAAAAQ", "-c");
            if (tls != null) {
                format.addAll(List.of("--add-scram", "SCRAM-SHA-512=[name=feed,password=" + SCRAM_PASSWORD + "]"));
            }
            Process formatted = new ProcessBuilder(format)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("format.log").toFile())
                    .start();
            if (!formatted.waitFor(60, TimeUnit.SECONDS) || formatted.exitValue() != 0) {
                throw new IOException(Files.readString(folder.resolve("format.log")));
            }
            process = new ServerProcess(folder, java("kafka.Kafka"), Map.of(), this::answers);
        }

        private List<String> java(String main, String... arguments) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    main));
            command.addAll(List.of(arguments));
            command.add(config.toString());
            return command;
        }

        private String config(Path folder) {
            int controller = ServerProcess.freePort();
            String listener = tls == null ? "SASL_PLAINTEXT" : "SASL_SSL";
            String broker = "required username=\"broker\" password=\"broker-secret\"";
            String plain = LOGIN + "plain.PlainLoginModule " + broker + " user_broker=\"broker-secret\" user_feed=\""
                    + escaped() + "\";";
            String name = "listener.name." + listener.toLowerCase(java.util.Locale.ROOT);
            List<String> lines = new ArrayList<>(List.of(
                    "process.roles=broker,controller",
                    "node.id=1",
                    "controller.quorum.voters=1@127.0.0.1:" + controller,
                    "listeners=" + listener + "://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                    "advertised.listeners=" + listener + "://127.0.0.1:" + port,
                    "controller.listener.names=CONTROLLER",
                    "listener.security.protocol.map=CONTROLLER:PLAINTEXT," + listener + ":" + listener,
                    "inter.broker.listener.name=" + listener,
                    "sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512",
                    "sasl.mechanism.inter.broker.protocol=PLAIN",
                    name + ".plain.sasl.jaas.config=" + plain.replace("\\", "\\\\"),
                    name + ".scram-sha-512.sasl.jaas.config=" + LOGIN + "scram.ScramLoginModule " + broker + ";",
                    "offsets.topic.replication.factor=1",
                    "num.partitions=3",
                    "message.max.bytes=" + MAX_MESSAGE,
                    "log.dirs=" + folder.resolve("logs")));
            if (tls != null) {
                lines.addAll(List.of(
                        "ssl.keystore.location=" + tls.keyStore(),
                        "ssl.keystore.password=" + TlsFiles.PASSWORD,
                        "ssl.truststore.location=" + tls.trust(),
                        "ssl.truststore.password=" + TlsFiles.PASSWORD));
            }
            return String.join("\n", lines) + "\n";
        }

        private static String escaped() {
            return PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"");
        }

        /** The controller has elected itself; until then a broker accepts connections, but no topics. */
        private boolean answers() {
            try (KafkaConsumer<String, String> reader = reader()) {
                return reader.listTopics(Duration.ofSeconds(2)) != null;
            }
        }

        private void delete(String topic) throws Exception {
            try (Admin admin = Admin.create(client())) {
                admin.deleteTopics(Set.of(topic)).all().get(30, TimeUnit.SECONDS);
            }
        }

        /** Of all records of a topic, in ascending order. */
        private List<Long> sequences(String topic) {
            List<Long> sequences = new ArrayList<>();
            try (KafkaConsumer<String, String> reader = reader()) {
                read(reader, Set.of(topic), line -> sequences.add(number(line.headers(), "sequence")));
            }
            Collections.sort(sequences);
            return sequences;
        }

        private KafkaConsumer<String, String> reader() {
            return new KafkaConsumer<>(client(), new StringDeserializer(), new StringDeserializer());
        }

        private Map<String, Object> client() {
            Map<String, Object> config = new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:" + port));
            config.put("security.protocol", tls == null ? "SASL_PLAINTEXT" : "SASL_SSL");
            config.put("sasl.mechanism", tls == null ? "PLAIN" : "SCRAM-SHA-512");
            config.put(
                    "sasl.jaas.config",
                    LOGIN + (tls == null ? "plain.Plain" : "scram.Scram") + "LoginModule required username=\"feed\""
                            + " password=\"" + (tls == null ? escaped() : SCRAM_PASSWORD) + "\";");
            if (tls != null) {
                config.put("ssl.truststore.location", tls.trust().toString());
                config.put("ssl.truststore.password", TlsFiles.PASSWORD);
            }
            return config;
        }

        @Override
        public String sink() {
            return "kafka";
        }

        @Override
        public Map<String, String> settings() {
            Map<String, String> settings = new HashMap<>(
                    Map.of("SINK_KAFKA_BROKERS", "127.0.0.1:" + port, "SINK_KAFKA_USER", "feed", secret(), PASSWORD));
            if (tls != null) {
                settings.putAll(
                        Map.of("SINK_KAFKA_TLS", "true", "SINK_KAFKA_SASL", "SCRAM-SHA-512", secret(), SCRAM_PASSWORD));
            }
            return settings;
        }

        @Override
        public String secret() {
            return "SINK_KAFKA_PASSWORD";
        }

        @Override
        public String loginFailure() {
            return "Authentication failed";
        }

        @Override
        public ServerProcess process() {
            return process;
        }

        @Override
        public void read(DeliveryCheck check) throws Exception {
            OnceFilter once = new OnceFilter();
            try (KafkaConsumer<String, String> reader = reader()) {
                Set<String> topics = reader.listTopics().keySet();
                Assertions.assertThat(topics)
                        .isSubsetOf("livefeed.trade", "livefeed.depth", "livefeed.status")
                        .contains("livefeed.trade", "livefeed.depth");
                read(reader, topics, line -> take(line, once, check));
            }
        }

        private static void read(
                KafkaConsumer<String, String> reader,
                Set<String> topics,
                Consumer<ConsumerRecord<String, String>> taker) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> reader.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                reader.poll(Duration.ofSeconds(1)).forEach(taker);
            }
        }

        private static void take(ConsumerRecord<String, String> line, OnceFilter once, DeliveryCheck check) {
            String partition = line.topic() + '-' + line.partition();
            if (once.isNew(partition, number(line.headers(), "run"), number(line.headers(), "sequence"))) {
                String[] key = line.key().split(":");
                Assertions.assertThat(key).hasSize(3).startsWith("custom");
                try {
                    check.line(line.value(), line.topic().replace("livefeed.", ""), key[1], key[2]);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private static long number(Headers headers, String name) {
            return Long.parseLong(new String(headers.lastHeader(name).value(), StandardCharsets.US_ASCII));
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
