package dev.livefeed.sinks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.assertj.core.api.Assertions;

/** The sink kafka, with a broker that wants a login and spreads each topic over three partitions. */
class KafkaSinkTest extends SinkScenarios {

    private static final String PASSWORD = "feed \"secret\\";

    @Override
    SinkServer server(Path folder) throws Exception {
        return new Server(folder);
    }

    private static final class Server implements SinkServer {

        private final int port = ServerProcess.freePort();
        private final Path config;
        private final ServerProcess process;

        Server(Path folder) throws IOException, InterruptedException {
            config = Files.writeString(folder.resolve("server.properties"), config(folder));
            List<String> format = java("kafka.tools.StorageTool", "format", "-t", "AAAAAAAAQACAAAAAAAAAAQ", "-c");
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
            List<String> command = new java.util.ArrayList<>(List.of(
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
            String login = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"broker\""
                    + " password=\"broker-secret\" user_broker=\"broker-secret\" user_feed=\"" + escaped() + "\";";
            return String.join(
                    "\n",
                    "process.roles=broker,controller",
                    "node.id=1",
                    "controller.quorum.voters=1@127.0.0.1:" + controller,
                    "listeners=SASL_PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                    "advertised.listeners=SASL_PLAINTEXT://127.0.0.1:" + port,
                    "controller.listener.names=CONTROLLER",
                    "listener.security.protocol.map=CONTROLLER:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT",
                    "inter.broker.listener.name=SASL_PLAINTEXT",
                    "sasl.enabled.mechanisms=PLAIN",
                    "sasl.mechanism.inter.broker.protocol=PLAIN",
                    "listener.name.sasl_plaintext.plain.sasl.jaas.config=" + login.replace("\\", "\\\\"),
                    "offsets.topic.replication.factor=1",
                    "num.partitions=3",
                    "log.dirs=" + folder.resolve("logs"),
                    "");
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

        private KafkaConsumer<String, String> reader() {
            return new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            "127.0.0.1:" + port,
                            "security.protocol",
                            "SASL_PLAINTEXT",
                            "sasl.mechanism",
                            "PLAIN",
                            "sasl.jaas.config",
                            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"feed\""
                                    + " password=\"" + escaped() + "\";"),
                    new StringDeserializer(),
                    new StringDeserializer());
        }

        @Override
        public String sink() {
            return "kafka";
        }

        @Override
        public List<String> components() {
            return List.of("kafka");
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(
                    "SINK_KAFKA_BROKERS",
                    "127.0.0.1:" + port,
                    "SINK_KAFKA_USER",
                    "feed",
                    "SINK_KAFKA_PASSWORD",
                    PASSWORD);
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
                List<TopicPartition> partitions = topics.stream()
                        .flatMap(topic -> reader.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
                reader.assign(partitions);
                reader.seekToBeginning(partitions);
                Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
                while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                    for (ConsumerRecord<String, String> line : reader.poll(Duration.ofSeconds(1))) {
                        take(line, once, check);
                    }
                }
            }
        }

        private static void take(ConsumerRecord<String, String> line, OnceFilter once, DeliveryCheck check)
                throws IOException {
            String partition = line.topic() + '-' + line.partition();
            if (once.isNew(partition, number(line.headers(), "run"), number(line.headers(), "sequence"))) {
                String[] key = line.key().split(":");
                Assertions.assertThat(key).hasSize(3).startsWith("custom");
                check.line(line.value(), line.topic().replace("livefeed.", ""), key[1], key[2]);
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
