package dev.livefeed.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.CarriedConnectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistyped settings are faults; names of other programs are ignored. */
class UnknownSettingsTest {

    private static final ConnectorRules CONNECTORS = new CarriedConnectors();

    @TempDir
    private Path folder;

    private UnknownSettings look(Map<String, String> environment, String... used) {
        return new UnknownSettings(folder, environment, Set.of(used), CONNECTORS);
    }

    private UnknownSettings variable(String name) {
        return look(Map.of(name, "hush-hush"));
    }

    private UnknownSettings file(String text, String... used) throws IOException {
        Files.writeString(folder.resolve("application.properties"), text);
        return look(Map.of(), used);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP_PROXY", "https_proxy", "FTP_PROXY", "ftp_proxy", "ALL_PROXY", "no_proxy", "RSYNC_PROXY"})
    void proxiesBelongToAllPrograms(String name) {
        assertThat(variable(name).faults()).isEmpty();
        assertThat(variable(name).warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "BYBIT_PROXI, BYBIT_PROXY",
        "SYMBOLS, SYMBOL",
        "SYMBL, SYMBOL",
        "SYMBLS, SYMBOL",
        "symbol, SYMBOL",
        "BYBIT_CATEGROY, BYBIT_CATEGORY",
        "BYBIT_CATAGORY, BYBIT_CATEGORY",
        "bybit.category, BYBIT_CATEGORY",
        "BYBITCATEGORY, BYBIT_CATEGORY",
        "HTTP_PROT, HTTP_PORT",
        "HTTP-PORT, HTTP_PORT",
        "CONNECTOR_RETRY, CONNECTOR_RETRIES",
        "CONNECTOR_CHANNEL, CONNECTOR_CHANNELS",
        "CONNECTER_COMMAND, CONNECTOR_COMMAND",
        "CONNECTOR_COMMMAND, CONNECTOR_COMMAND",
        "BYBIT_API_SECRETS, BYBIT_API_SECRET",
        "BYBIT_APIKEY, BYBIT_API_KEY",
        "DATASOURCES, DATA_SOURCE",
        "REPLAY_FIEL, REPLAY_FILE",
        "HEALTH_FRSH, HEALTH_FRESH",
        "STREAM_CLIENT, STREAM_CLIENTS",
        "PAPER_CAPTIAL, PAPER_CAPITAL",
        "LOG_LEVLE, LOG_LEVEL"
    })
    void aSlipInTheEnvironmentIsAFault(String name, String meant) {
        UnknownSettings unknown = variable(name);

        assertThat(unknown.faults())
                .containsExactly(name + " in the environment: no such setting; did you mean " + meant + '?');
        assertThat(unknown.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "BYBIT_TESTNET, BYBIT_CONNECTOR_TESTNET",
        "CONNECTOR_BACKOFF, CONNECTOR_BACKOFF_MAX",
        "PAPER_TRADING, CONNECTOR_PAPER_TRADING",
        "STREAM_MAX_CLIENTS, STREAM_CLIENTS",
        "SESSION, SESSIONS",
        "STATS_DIR, STATE_DIR",
        "ROUTER_DIR, ROUTES_DIR",
        "LOGLEVEL, LOG_LEVEL"
    })
    void anotherNameOfOurFamiliesIsAWarning(String name, String nearest) {
        UnknownSettings unknown = variable(name);

        assertThat(unknown.faults()).isEmpty();
        assertThat(unknown.warnings())
                .singleElement()
                .asString()
                .startsWith(name + " in the environment: no such setting; the nearest is ")
                .contains(nearest.substring(0, nearest.indexOf('_') < 0 ? nearest.length() : nearest.indexOf('_')))
                .contains("CONNECTOR_ENVIRONMENT")
                .doesNotContain("hush-hush");
    }

    /** Variables set by Debian, systemd, CI services, Kubernetes, Docker and tools of many languages. */
    @Test
    void whatOthersSetIsNeitherFaultNorWarning() throws IOException {
        Map<String, String> environment = new HashMap<>();
        Files.readAllLines(Path.of("src/test/resources/common-environment.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .flatMap(line -> List.of(line.strip().split(" +")).stream())
                .forEach(name -> environment.put(name, "x"));
        assertThat(environment).hasSizeGreaterThan(250);

        UnknownSettings unknown = look(environment);

        assertThat(unknown.faults()).isEmpty();
        assertThat(unknown.warnings()).isEmpty();
    }

    @Test
    void servicesOfKubernetesAreNoSettings() {
        UnknownSettings unknown = look(Map.of(
                "HTTP_PORT_8080_TCP_ADDR", "10.0.0.1",
                "HTTP_PORT_8080_TCP", "tcp://10.0.0.1:8080",
                "HTTP_SERVICE_HOST", "10.0.0.1",
                "CONNECTOR_SERVICE_HOST", "10.0.0.2",
                "CONNECTOR_SERVICE_PORT", "80",
                "CONNECTOR_SERVICE_PORT_HTTP", "80",
                "CONNECTOR_PORT", "tcp://10.0.0.2:80",
                "STREAM_PORT_80_TCP_PROTO", "tcp"));

        assertThat(unknown.faults()).isEmpty();
        assertThat(unknown.warnings()).isEmpty();
    }

    @Test
    void whatGoesToConnectorsAndResemblesNoSettingIsTheirs() {
        UnknownSettings unknown = look(Map.of("CONNECTOR_TEST_RUN", "x", "BYBIT_ACCOUNT", "x", "REPLAY_BUCKET", "x"));

        assertThat(unknown.faults()).isEmpty();
        assertThat(unknown.warnings()).isEmpty();
    }

    @Test
    void whatTheConnectorOrARouteReadsIsNoSlip() {
        assertThat(look(Map.of("CONNECTOR_RETRY", "x", "CONNECTOR_ENVIRONMENT", "PATH, CONNECTOR_RETRY"))
                        .faults())
                .isEmpty();
        assertThat(look(Map.of("SYMBOLS", "x"), "SYMBOLS").faults()).isEmpty();
        assertThat(look(Map.of("SYMBOLS", "x"), "symbols").faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "symbl, symbol",
        "symbols, symbol",
        "SYMBOL, symbol",
        "http_port, http.port",
        "httpPort, http.port",
        "connector.retry, connector.retries",
        "bybit.categroy, bybit.category"
    })
    void aSlipInTheFileIsAFault(String key, String meant) throws IOException {
        UnknownSettings unknown = file(key + " = X\n");

        assertThat(unknown.faults())
                .containsExactly("application.properties: " + key + ": no such setting; did you mean " + meant + '?');
        assertThat(unknown.warnings()).isEmpty();
    }

    @Test
    void aKeyThatNothingReadsIsAWarning() throws IOException {
        UnknownSettings unknown = file("bybit.testnet = true\nwholly.foreign = secret\n");

        assertThat(unknown.faults()).isEmpty();
        assertThat(unknown.warnings())
                .containsExactly(
                        "application.properties: bybit.testnet: no such setting, and no route uses it; the nearest is "
                                + "bybit.connector.testnet",
                        "application.properties: wholly.foreign: no such setting, and no route uses it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel.component.kafka.brokers = h:1",
                "symbol = ETHUSDT",
                "symbols = used",
                "my.folder = /tmp\ncamel.server.host = {{my.folder}}"
            })
    void aKeyThatIsReadIsWell(String text) throws IOException {
        UnknownSettings unknown = file(text, "symbols");

        assertThat(unknown.faults()).isEmpty();
        assertThat(unknown.warnings()).isEmpty();
    }

    @Test
    void jvmOptionsThatOnlyTheLauncherCanApplyAreAWarning() throws IOException {
        assertThat(look(Map.of("APPLICATION_JAVA_OPTIONS", "-Xmx1g")).warnings())
                .containsExactly(
                        "APPLICATION_JAVA_OPTIONS in the environment has no effect with java -jar; start the program"
                                + " with bin/livefeed");
        Files.writeString(folder.resolve("application.properties"), "application.java.options = -Xmx1g\n");
        assertThat(look(Map.of()).warnings())
                .singleElement()
                .asString()
                .contains("start the program with bin/livefeed");
    }

    @Test
    void manyNamesAreCounted() {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            environment.put("HEALTH_WHATEVER_" + i, "x");
        }

        assertThat(look(environment).warnings()).hasSize(21).last().isEqualTo("980 more names are not settings");
    }

    @Test
    void theNamesThatARouteUses() {
        assertThat(
                        Placeholders.in(
                                """
                        - to: "file:{{my.dir}}?fileName={{?my.name}}&charset={{charset:UTF-8}}"
                        - log: "${env:SYMBOLS} {{env:MY_HOST}} ${properties:other.key} {{!flag}} {{outer:{{inner}}}}"
                        """))
                .contains("my.dir", "my.name", "charset", "SYMBOLS", "MY_HOST", "other.key", "flag", "outer", "inner");
    }
}
