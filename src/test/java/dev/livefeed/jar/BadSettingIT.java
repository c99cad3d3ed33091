package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An invalid configuration is reported in one line, and nothing is started. */
@ExtendWith(JarExtension.class)
class BadSettingIT {

    /** Of each kind one; the rest is in SettingsTest, UnknownSettingsTest and ListenRuleTest. */
    @Test
    void invalidMisspeltAndMisplacedSettings(Jar jar) throws Exception {
        jar.write("application.properties", "symbl = ETHUSDT\nbybit.api.secret = hush-hush\n");
        jar.with("SYMBOLS", "hush-hush").with("BYBIT_CATEGROY", "hush-hush");
        Map<String, String> faults = Map.of(
                "DATA_SOURCE=kraken", "it must be one of simulator, ",
                "SYMBOL=BTC USDT;rm -rf", "each symbol must be ",
                "HTTP_PORT=eighty", "it must be a whole number from 1 to 65535",
                "CONNECTOR_COMMAND=sh 'feed.sh", "the quote ' is not closed",
                "CONNECTOR_PAPER_TRADING=false", "",
                "LOG_LEVEL=loud", "it must be one of TRACE, ",
                "ROUTES_DIR=nowhere", "it must be a folder of *.camel.yaml files");
        set(jar, faults);

        for (String command : List.of("run", "check")) {
            assertThat(jar.run(command)).isEqualTo(78);

            assertThat(jar.log())
                    .hasSize(faults.size() + 4)
                    .contains(
                            "error: SYMBOLS in the environment: no such setting; did you mean SYMBOL?",
                            "error: BYBIT_CATEGROY in the environment: no such setting; did you mean BYBIT_CATEGORY?",
                            "error: application.properties: symbl: no such setting; did you mean symbol?")
                    .anyMatch(line -> line.contains("bybit.api.secret") && line.contains("BYBIT_API_SECRET"));
            assertFaults(jar, faults);
            assertThat(jar.text("err")).doesNotContain("hush-hush");
            assertNothingStarted(jar);
        }
    }

    @Test
    void settingsThatDependOnOthers(Jar jar) throws Exception {
        jar.with("DATA_SOURCE", "bybit_connector");

        Map<String, String> faults = Map.of(
                "BYBIT_CONNECTOR_CONFIG_FILE=missing.json", "",
                "CONNECTOR_COMMAND=no-such-feed --fast", "no-such-feed");
        set(jar, faults);

        assertThat(jar.run()).isEqualTo(78);

        assertThat(jar.log()).hasSameSizeAs(faults.keySet());
        assertFaults(jar, faults);
        assertNothingStarted(jar);
    }

    private static void set(Jar jar, Map<String, String> faults) {
        faults.keySet().forEach(fault -> jar.with(fault.split("=")[0], fault.substring(fault.indexOf('=') + 1)));
    }

    private static void assertFaults(Jar jar, Map<String, String> faults) {
        faults.forEach((setting, rule) -> assertThat(jar.log())
                .filteredOn(line -> line.startsWith("error: " + setting.replaceFirst("=", " is \"") + "\"; ")
                        || line.startsWith("error: " + setting.replaceFirst("=.*", " starts \"")))
                .singleElement()
                .asString()
                .contains(rule));
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
                "status", "- log: \"{{no.such.key}}\"",
                "liquidations", "- nosuchstep: {}");
        jar.ownRoutes();
        for (Map.Entry<String, String> step : steps.entrySet()) {
            RouteEdit.append(jar.route(step.getKey()), step.getValue());
        }
        Files.writeString(jar.route("extra"), "");

        assertThat(jar.run()).isEqualTo(78);

        assertThat(jar.log())
                .hasSize(6)
                .anyMatch(line -> line.startsWith("error: extra.camel.yaml: the file is empty"))
                .anyMatch(line -> line.matches("error: liquidations\\.camel\\.yaml:\\d+: .*nosuchstep.*"))
                .anyMatch(line -> line.matches("error: trades\\.camel\\.yaml:.*nosuch.*"))
                .anyMatch(line -> line.matches("error: depth\\.camel\\.yaml:.*noSuchBean.*"))
                .anyMatch(line -> line.matches("error: signals\\.camel\\.yaml:.*"))
                .anyMatch(line -> line.matches("error: status\\.camel\\.yaml:.*no\\.such\\.key.*"));
        assertNothingStarted(jar);
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
