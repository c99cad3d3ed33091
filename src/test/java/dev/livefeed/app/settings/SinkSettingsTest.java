package dev.livefeed.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.livefeed.app.CarriedConnectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of the sinks that have a client of their own. */
class SinkSettingsTest {

    @TempDir
    private Path folder;

    private List<String> faults(String... pairs) {
        Map<String, String> environment = new TreeMap<>(Map.of("PATH", System.getenv("PATH")));
        for (String pair : pairs) {
            environment.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        SettingsException e = catchThrowableOfType(
                SettingsException.class, () -> Settings.load(folder, environment, new CarriedConnectors()));
        return e == null ? List.of() : e.faults();
    }

    @Test
    void whatIsNeededIsSaidForEachSinkThatIsOn() {
        assertThat(faults("SINKS=kafka,nats,mqtt"))
                .hasSize(3)
                .anyMatch(fault -> fault.contains("sink.kafka.brokers") || fault.contains("SINK_KAFKA_BROKERS"))
                .anyMatch(fault -> fault.contains("such as nats://127.0.0.1:4222"))
                .anyMatch(fault -> fault.contains("such as mqtt://127.0.0.1:1883"));
        assertThat(faults("SINKS=http", "SINK_HTTP_URL=http://127.0.0.1:9", "SINK_KAFKA_BROKERS=?"))
                .isEmpty();
    }

    @Test
    void theFilesAreNotInTheFolderOfABuffer() {
        assertThat(faults("SINKS=file", "SINK_DIR=data", "SINK_FILE_DIR=data/x/../file"))
                .singleElement()
                .asString()
                .contains("SINK_FILE_DIR", "must not be the folder of a buffer");
        assertThat(faults("SINKS=file", "SINK_DIR=data", "SINK_FILE_DIR=data/events"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9092", "a:1, b:2", "[::1]:9092"})
    void brokers(String brokers) {
        assertThat(faults("SINKS=kafka", "SINK_KAFKA_BROKERS=" + brokers)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "kafka://localhost:9092", "a:1,", "a:x", "a b:1", "a:1,b:65536"})
    void noBrokers(String brokers) {
        assertThat(faults("SINKS=kafka", "SINK_KAFKA_BROKERS=" + brokers))
                .singleElement()
                .asString()
                .contains(brokers, "such as 127.0.0.1:9092");
    }

    @Test
    void userAndPasswordBelongTogether() {
        String kafka = "SINK_KAFKA_BROKERS=a:1";
        assertThat(faults("SINKS=kafka", kafka, "SINK_KAFKA_USER=me"))
                .singleElement()
                .asString()
                .contains("SINK_KAFKA_PASSWORD must be set");
        assertThat(faults("SINKS=kafka", kafka, "SINK_KAFKA_PASSWORD=secret"))
                .singleElement()
                .asString()
                .contains("it must be the user whose password that is");
        assertThat(faults("SINKS=kafka", kafka, "SINK_KAFKA_USER=me", "SINK_KAFKA_PASSWORD=secret"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SINK_KAFKA_TOPIC_PREFIX=a b",
                "SINK_KAFKA_COMPRESSION=zip",
                "SINK_KAFKA_SASL=GSSAPI",
                "SINK_KAFKA_TLS=yes",
                "SINK_NATS_URL=http://a",
                "SINK_NATS_URL=nats://a,nats://b:65536",
                "SINK_MQTT_URL=mqtt://a:65536",
                "SINK_NATS_SUBJECT_PREFIX=a.>",
                "SINK_NATS_SUBJECT_PREFIX=",
                "SINK_MQTT_URL=tcp://a",
                "SINK_MQTT_TOPIC_PREFIX=/a",
                "SINK_MQTT_TOPIC_PREFIX=a/#"
            })
    void eachHasItsRule(String wrong) {
        assertThat(faults(
                        "SINKS=kafka,nats,mqtt",
                        "SINK_KAFKA_BROKERS=a:1",
                        wrong.contains("NATS_URL") ? wrong : "SINK_NATS_URL=nats://a,tls://b:4222",
                        wrong.contains("MQTT_URL") ? wrong : "SINK_MQTT_URL=mqtts://u:p@a:8883",
                        wrong))
                .singleElement()
                .asString()
                .contains(wrong.substring(0, wrong.indexOf('=')));
    }

    @Test
    void aLoginIsNotShown() {
        assertThat(faults(
                        "SINKS=nats,mqtt",
                        "SINK_NATS_URL=nats://u:hidden1@a,nats://hidden2@b,x",
                        "SINK_MQTT_URL=x:hidden3@y"))
                .hasSize(2)
                .noneMatch(fault -> fault.contains("hidden"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "QUESTDB", "NATS", "MQTT", "KAFKA"})
    void eachLoginIsWholeOrMissing(String sink) {
        String[] all = {
            "SINKS=" + sink.toLowerCase(java.util.Locale.ROOT),
            "SINK_HTTP_URL=https://h/",
            "SINK_QUESTDB_URL=https://h",
            "SINK_NATS_URL=tls://h",
            "SINK_MQTT_URL=mqtts://h",
            "SINK_KAFKA_BROKERS=h:1",
            "SINK_" + sink + "_USER=me",
            "SINK_" + sink + "_PASSWORD=hidden"
        };
        assertThat(faults(all)).isEmpty();
        assertThat(faults(Arrays.copyOf(all, 7)))
                .singleElement()
                .asString()
                .contains("SINK_" + sink + "_USER is \"me\"", "SINK_" + sink + "_PASSWORD must be set");
        all[6] = "SINK_" + sink + "_USER=";
        assertThat(faults(all))
                .singleElement()
                .asString()
                .contains("must be the user whose password that is")
                .doesNotContain("hidden");
    }

    @Test
    void aSinkHasOneLogin() throws Exception {
        String[] nats = {"SINKS=nats", "SINK_NATS_URL=nats://h", "SINK_NATS_TOKEN=hidden1"};
        assertThat(faults(nats)).isEmpty();
        String[] two = Arrays.copyOf(nats, 5);
        two[3] = "SINK_NATS_USER=me";
        two[4] = "SINK_NATS_PASSWORD=hidden2";
        assertThat(faults(two)).singleElement().asString().contains("SINK_NATS_TOKEN is set; a sink has one login");
        String[] inUrl = {
            "SINKS=mqtt", "SINK_MQTT_URL=mqtt://u:hidden@h", "SINK_MQTT_USER=me", "SINK_MQTT_PASSWORD=hidden"
        };
        assertThat(faults(inUrl))
                .singleElement()
                .asString()
                .contains("contains a login, and SINK_MQTT_USER or SINK_MQTT_TOKEN another one")
                .doesNotContain("hidden");
        assertThat(faults("SINKS=http", "SINK_HTTP_URL=http://u:hidden@h/"))
                .singleElement()
                .asString()
                .contains("SINK_HTTP_URL contains a login; remove it and set SINK_HTTP_USER")
                .doesNotContain("hidden");
        assertThat(faults("SINKS=http", "SINK_HTTP_URL=http://h/?mail=a@b")).isEmpty();

        Files.writeString(
                folder.resolve("application.properties"),
                "sink.nats.url=nats://u:hidden@h\nsink.mqtt.url=mqtt://u:hidden@h\n"
                        + "sink.redis.url=redis://:hidden@h\n");
        assertThat(faults("SINKS=nats,mqtt,redis"))
                .hasSize(3)
                .allMatch(fault -> fault.contains("contains a login; remove it and set SINK_"))
                .noneMatch(fault -> fault.contains("hidden"));
        Files.writeString(folder.resolve("application.properties"), "sink.http.token=hidden\n");
        assertThat(faults())
                .singleElement()
                .asString()
                .contains("SINK_HTTP_TOKEN")
                .doesNotContain("hidden");
    }

    /** The client for HTTP shows the value of a header that it refuses. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SINK_HTTP_TOKEN=hidden\n",
                "SINK_HTTP_TOKEN=hid\u0107den",
                "SINK_HTTP_TOKEN=hid den",
                "SINK_QUESTDB_TOKEN=hidden\r\n",
                "SINK_NATS_TOKEN=hidden\t",
                "SINK_REDIS_PASSWORD=hidden\n"
            })
    void secretsThatCannotBeSentAreNotShown(String secret) {
        String[] all = {
            "SINKS=http,questdb,nats,redis",
            "SINK_HTTP_URL=http://h/",
            "SINK_QUESTDB_URL=http://h",
            "SINK_NATS_URL=nats://h",
            "SINK_REDIS_URL=redis://h",
            secret
        };
        String variable = secret.substring(0, secret.indexOf('='));
        assertThat(faults(all))
                .singleElement()
                .asString()
                .startsWith(variable + " contains a ")
                .doesNotContain("hid");
        all[5] = variable + "=hidden";
        assertThat(faults(all)).isEmpty();
        assertThat(faults(secret)).isEmpty();
    }
}
