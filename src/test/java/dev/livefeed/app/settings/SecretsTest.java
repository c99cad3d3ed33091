package dev.livefeed.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** In which forms a secret is hidden. */
class SecretsTest {

    @Test
    void aPasswordIsHiddenAsItIsSentAndAsAUrlHasIt() {
        Secrets secrets = Secrets.of(
                Map.of("SINK_HTTP_USER", "desk", "SINK_HTTP_PASSWORD", "p@ss word", "SINK_NATS_TOKEN", "t0ken"),
                Map.of(
                        "SINK_MQTT_URL",
                        "mqtt://me:s%40cret@host",
                        "SINK_SQL_URL",
                        "jdbc:postgresql://host/db?sslkey=/k.p8&sslpassword=of:the,key&ssl=true"));
        assertThat(secrets.redact("p@ss word, p%40ss+word, Basic ZGVzazpwQHNzIHdvcmQ=, t0ken, s%40cret, s@cret, desk"))
                .isEqualTo("***, ***, Basic ***, ***, ***, ***, desk");
        assertThat(secrets.redact("host/db?sslkey=/k.p8&sslpassword=of:the,key&ssl=true"))
                .isEqualTo("host/db?sslkey=/k.p8&sslpassword=***&ssl=true");
    }
}
