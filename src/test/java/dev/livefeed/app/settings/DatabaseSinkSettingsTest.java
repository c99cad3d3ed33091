package dev.livefeed.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.livefeed.app.CarriedConnectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Databases of sinks: what is missing or wrong is one line, without a login. */
class DatabaseSinkSettingsTest {

    @TempDir
    private Path folder;

    private List<String> faults(Map<String, String> environment) {
        SettingsException e = catchThrowableOfType(
                SettingsException.class, () -> Settings.load(folder, environment, new CarriedConnectors()));
        assertThat(e).as("faults").isNotNull();
        return e.faults();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            sql     | SINK_SQL_URL      | -                             | it must be a JDBC URL such as jdbc:postgresql:
            sql     | SINK_SQL_URL      | jdbc:mysql://h/d              | it must be a JDBC URL such as jdbc:postgresql:
            sql     | SINK_SQL_URL      | jdbc:postgresql://h:x/d       | it must be a JDBC URL such as jdbc:postgresql:
            sql     | SINK_SQL_URL      | jdbc:postgresql://h:65536/d   | it must be a JDBC URL such as jdbc:postgresql:
            sql | SINK_SQL_URL | jdbc:postgresql://a:1,[::1]:2/d?x=y:z | java -jar bybit-live-connector.jar add sql
            sql     | SINK_SQL_URL      | jdbc:postgresql:d             | java -jar bybit-live-connector.jar add sql
            redis   | SINK_REDIS_URL    | redis://h:65536               | SINKS names redis, so it must be a URL such as
            questdb | SINK_QUESTDB_URL | http://h:65536 | SINKS names questdb, so it must be a URL such as
            sql     | SINK_SQL_URL      | jdbc:postgresql://h/d         | java -jar bybit-live-connector.jar add sql
            sql | SINK_SQL_URL | jdbc:postgresql://u:secr3t@h/ | contains a login; remove it and set SINK_SQL_USER
            redis   | SINK_REDIS_URL    | 127.0.0.1:6379                | it must be a URL such as redis://127.0.0.1
            redis   | SINK_REDIS_URL    | redis://h/market              | it must be a URL such as redis://127.0.0.1
            redis | SINK_REDIS_URL | redis://u:secr3t@h/market | is not shown as it contains a login; SINKS names redis
            file    | SINK_REDIS_MAXLEN | many                          | it must be a whole number from 10000
            redis   | SINK_REDIS_PREFIX | a b                           | it must be 1 to 64 letters
            redis   | SINK_REDIS_MAXLEN | 100                           | it must be a whole number from 10000
            questdb | SINK_QUESTDB_URL  | -                             | it must be a URL such as http://127.0.0.1:9000
            questdb | SINK_QUESTDB_URL | http://u:secr3t@h | contains a login; remove it and set SINK_QUESTDB
            """)
    void settingsOfASinkAreCheckedIfItIsOn(String sink, String variable, String value, String rule) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("SINKS", sink, "SINK_REDIS_URL", "redis://:secr3t@h:1/2"));
        settings.put(variable, value == null ? "" : value);
        assertThat(faults(settings))
                .singleElement()
                .asString()
                .startsWith(variable + " ")
                .contains(rule)
                .doesNotContain("secr3t");
        settings.remove("SINKS");
        settings.put("SINK_REDIS_MAXLEN", "0");
        assertThat(Settings.load(folder, settings, new CarriedConnectors()).outerSettings())
                .containsKey("SINK_REDIS_URL");
    }

    @Test
    void aPasswordIsReadFromTheEnvironmentOnly() throws Exception {
        Files.writeString(folder.resolve("application.properties"), "sink.sql.password=secr3t\n");
        assertThat(faults(Map.of()))
                .singleElement()
                .asString()
                .contains("sets sink.sql.password", "SINK_SQL_PASSWORD")
                .doesNotContain("secr3t");
    }
}
