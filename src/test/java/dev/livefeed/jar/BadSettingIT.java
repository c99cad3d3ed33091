package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An invalid configuration is reported in one line, and nothing is started. */
@ExtendWith(JarExtension.class)
class BadSettingIT {

    @Test
    void invalidSettings(Jar jar) throws Exception {
        assertFaults(
                jar,
                Map.of(
                        "DATA_SOURCE=kraken", "it must be one of simulator, ",
                        "SYMBOL=BTC USDT;rm -rf", "each symbol must be ",
                        "HTTP_PORT=eighty", "it must be a whole number from 1 to 65535",
                        "CONNECTOR_COMMAND=sh 'feed.sh", "the quote ' is not closed",
                        "CONNECTOR_PAPER_TRADING=false", "",
                        "ROUTES_DIR=nowhere", "it must be a folder of *.camel.yaml files"));
    }

    @Test
    void settingsThatDependOnOthers(Jar jar) throws Exception {
        jar.with("DATA_SOURCE", "bybit_connector");

        assertFaults(
                jar,
                Map.of(
                        "BYBIT_CONNECTOR_CONFIG_FILE=missing.json", "",
                        "CONNECTOR_COMMAND=no-such-feed --fast", "no-such-feed"));
    }

    private static void assertFaults(Jar jar, Map<String, String> faults) throws Exception {
        faults.keySet().forEach(fault -> jar.with(fault.split("=")[0], fault.substring(fault.indexOf('=') + 1)));

        assertThat(jar.run()).isEqualTo(78);

        assertThat(jar.log()).hasSameSizeAs(faults.keySet());
        faults.forEach((setting, rule) -> assertThat(jar.log())
                .filteredOn(line -> line.startsWith("error: " + setting.replaceFirst("=", " is \"") + "\"; ")
                        || line.startsWith("error: " + setting.replaceFirst("=.*", " starts \"")))
                .singleElement()
                .asString()
                .contains(rule));
        assertNothingStarted(jar);
    }

    @Test
    void invalidLogLevel(Jar jar) throws Exception {
        jar.with("LOG_LEVEL", "loud");

        assertThat(jar.run()).isEqualTo(78);

        assertOneLine(jar, "error: LOG_LEVEL is \"loud\"; it must be one of TRACE, ");
    }

    @Test
    void theCheckReportsABadLogLevelInTheSameLine(Jar jar) throws Exception {
        jar.with("LOG_LEVEL", "loud");

        assertThat(jar.run("check")).isEqualTo(78);

        assertOneLine(jar, "error: LOG_LEVEL is \"loud\"; it must be one of TRACE, ");
    }

    @Test
    void portInUse(Jar jar) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            jar.with("HTTP_PORT", taken.getLocalPort());

            assertThat(jar.run()).isEqualTo(69);

            assertOneLine(jar, "error: 127.0.0.1:" + taken.getLocalPort() + " cannot be bound (HTTP_HOST, HTTP_PORT)");
        }
    }

    @Test
    void misspeltSettings(Jar jar) throws Exception {
        Map<String, String> meant =
                Map.of("SYMBOLS", "SYMBOL", "BYBIT_CATEGROY", "BYBIT_CATEGORY", "CONNECTOR_RETRY", "CONNECTOR_RETRIES");
        meant.keySet().forEach(variable -> jar.with(variable, "hush-hush"));

        assertThat(jar.run()).isEqualTo(78);

        assertThat(jar.log())
                .containsExactlyInAnyOrderElementsOf(meant.entrySet().stream()
                        .map(one -> "error: " + one.getKey() + " in the environment: no such setting; did you mean "
                                + one.getValue() + "?")
                        .toList());
        assertNothingStarted(jar);
    }

    @Test
    void misspeltSettingInTheFile(Jar jar) throws Exception {
        jar.write("application.properties", "symbl = ETHUSDT\n");

        assertThat(jar.run("check")).isEqualTo(78);

        assertOneLine(jar, "error: application.properties: symbl: no such setting; did you mean symbol?");
    }

    @Test
    void unrelatedNamesAreAtMostWarnings(Jar jar) throws Exception {
        jar.ownRoutes()
                .write(
                        "application.properties",
                        "symbols = of-a-route\ncamel.main.name = mine\nfar.away = hush-hush\n");
        RouteEdit.append(jar.route("trades"), "- log: {message: '{{symbols}}', loggingLevel: TRACE}");
        jar.with("HTTP_PROXY", "http://proxy:3128")
                .with("STATE_DIRECTORY", "/var/lib/x")
                .with("BYBIT_TESTNET", "hush-hush");

        assertThat(jar.run("check")).isZero();

        assertThat(jar.text("out")).contains("settings and routes", "are good");
        assertThat(jar.log())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("warning: application.properties: far.away: no such setting"))
                .anyMatch(line ->
                        line.startsWith("warning: BYBIT_TESTNET in the environment: no such setting; the nearest is "
                                + "BYBIT_CONNECTOR_TESTNET"));
        assertThat(jar.text("err")).doesNotContain("hush-hush");
    }

    @Test
    void invalidRouteFiles(Jar jar) throws Exception {
        Map<String, String> steps = Map.of(
                "trades", "- to: {uri: \"nosuch:thing\"}",
                "depth", "- bean: {ref: noSuchBean}",
                "signals", "- log: \"${body\"",
                "status", "- log: \"{{no.such.key}}\"");
        jar.ownRoutes();
        for (Map.Entry<String, String> step : steps.entrySet()) {
            RouteEdit.append(jar.route(step.getKey()), step.getValue());
        }

        assertThat(jar.run()).isEqualTo(78);

        assertThat(jar.log())
                .hasSize(4)
                .anyMatch(line -> line.matches("error: trades\\.camel\\.yaml:.*nosuch.*"))
                .anyMatch(line -> line.matches("error: depth\\.camel\\.yaml:.*noSuchBean.*"))
                .anyMatch(line -> line.matches("error: signals\\.camel\\.yaml:.*"))
                .anyMatch(line -> line.matches("error: status\\.camel\\.yaml:.*no\\.such\\.key.*"));
        assertNothingStarted(jar);
    }

    @Test
    void environmentOnlyKeyInThePropertiesFile(Jar jar) throws Exception {
        jar.write("application.properties", "bybit.api.secret = hush-hush\n");

        assertThat(jar.run()).isEqualTo(78);

        assertThat(jar.log()).singleElement().asString().contains("bybit.api.secret", "BYBIT_API_SECRET");
        assertThat(jar.text("err")).doesNotContain("hush-hush");
    }

    @Test
    void propertiesFileThatIsNotText(Jar jar) throws Exception {
        Files.write(jar.folder().resolve("application.properties"), new byte[] {'a', '=', (byte) 0xC3, 0x28});

        assertThat(jar.run()).isEqualTo(78);

        assertThat(jar.log())
                .singleElement()
                .asString()
                .contains("application.properties cannot be read as properties");
    }

    /** What it holds may be mended while the program runs, so it does not keep it from starting. */
    @Test
    void aConfigurationFileWithAMistakeIsFoundByTheCheck(Jar jar) throws Exception {
        jar.write("conf.json", "{\"ack_timeout\": 5000,\n \"held_trades\": 0}");
        jar.with("DATA_SOURCE", "bybit_connector").with("BYBIT_CONNECTOR_CONFIG_FILE", "conf.json");

        assertThat(jar.run("check")).isEqualTo(78);
        assertThat(jar.log())
                .hasSize(2)
                .anyMatch(line -> line.contains("conf.json:1:") && line.contains("did you mean \"ack_timeout_ms\"?"))
                .anyMatch(line -> line.contains("conf.json:2:") && line.contains("\"held_trades\" is \"0\""));
    }

    @Test
    void aConnectorChecksItsOwnSettings(Jar jar) throws Exception {
        assertThat(jar.run("connector", "bybit", "--check")).isZero();
        assertThat(jar.text("out")).isEqualTo("settings of the connector bybit are good\n");

        jar.with("BYBIT_DEPTH", "7");
        assertThat(jar.run("connector", "bybit", "--check")).isEqualTo(78);
        assertOneLine(jar, "error: BYBIT_DEPTH is \"7\"; for linear it must be one of [1, 50, 200, 1000]");
    }

    @Test
    void theReplayChecksItsFilesAndTheStubHasNothingToCheck(Jar jar) throws Exception {
        assertThat(jar.run("connector", "stub", "--check")).isZero();

        assertThat(jar.run("connector", "replay", "--check")).isEqualTo(78);
        assertThat(jar.text("err")).startsWith("error: REPLAY_FILE");

        jar.write("day.ndjson", "{}");
        jar.with("REPLAY_FILE", "day.ndjson");
        assertThat(jar.run("connector", "replay", "--check")).isZero();
        jar.with("REPLAY_FILE", "nowhere.ndjson");
        assertThat(jar.run("connector", "replay", "--check")).isEqualTo(78);
        assertThat(jar.text("err")).contains("nowhere.ndjson");
    }

    @Test
    void invalidFlagIsWarnedAboutAndReadAsItsDefault(Jar jar) throws Exception {
        jar.with("BYBIT_CONNECTOR_TESTNET", "maybe").with("SYMBOL", "").start();

        JsonNode health = jar.awaitState("synthetic");

        assertThat(jar.log().get(0))
                .startsWith("warning: BYBIT_CONNECTOR_TESTNET is \"maybe\", which is no boolean; false is used");
        assertThat(health.at("/subscriptions/0/symbol").asText()).isEqualTo("BTCUSDT");
    }

    private static void assertOneLine(Jar jar, String beginning) throws Exception {
        assertThat(jar.log()).singleElement().asString().startsWith(beginning);
        assertNothingStarted(jar);
    }

    private static void assertNothingStarted(Jar jar) {
        assertThat(jar.text("out")).isEmpty();
        assertThat(jar.living()).isEmpty();
    }
}
