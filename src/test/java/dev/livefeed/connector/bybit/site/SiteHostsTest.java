package dev.livefeed.connector.bybit.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.settings.ConnectorSettings;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteHostsTest {

    private List<String> warnings;

    @ParameterizedTest
    @CsvSource({
        "global, stream.bybit.com, stream.bybit.com, api.bybit.com",
        "EU, stream.bybit.eu, stream.bybit.eu, api.bybit.eu",
        "nl, stream.bybit.com, stream.bybit.com, api.bybit.nl",
        "tr, stream.bybit.tr, stream.bybit.tr, api.bybit.tr",
        "kz, stream.bybit.kz, stream.bybit.kz, api.bybit.kz",
        "ge, stream.bybitgeorgia.ge, stream.bybitgeorgia.ge, api.bybitgeorgia.ge",
        "ae, stream.bybit.com, stream.bybit.com, api.bybit.ae",
        "demo, stream.bybit.com, stream-demo.bybit.com, api-demo.bybit.com",
        "testnet, stream-testnet.bybit.com, stream-testnet.bybit.com, api-testnet.bybit.com"
    })
    void siteNamesTheHostsAndTheKeys(String site, String stream, String account, String rest) throws Exception {
        SiteHosts hosts = read("BYBIT_SITE", site);
        assertThat(hosts.publicStream()).hasToString("wss://" + stream);
        assertThat(hosts.privateStream()).hasToString("wss://" + account);
        assertThat(hosts.rest()).hasToString("https://" + rest);
        assertThat(hosts.keys()).contains("the site " + site.toLowerCase() + ", whose keys are made at ");
    }

    @Test
    void testnetIsASiteToo() throws Exception {
        assertThat(read("BYBIT_CONNECTOR_TESTNET", "true")).isEqualTo(read("BYBIT_SITE", "testnet"));
        assertThat(read("BYBIT_CONNECTOR_TESTNET", "true", "BYBIT_SITE", "testnet"))
                .isEqualTo(read("BYBIT_SITE", "testnet"));
        assertThat(read("BYBIT_CONNECTOR_TESTNET", "false", "BYBIT_SITE", "eu")).isEqualTo(read("BYBIT_SITE", "eu"));
        assertThat(read()).isEqualTo(read("BYBIT_SITE", "global"));
    }

    @Test
    void otherStreamHostIsAlsoThatOfTheAccountAndHasNoRestUnlessNamed() throws Exception {
        SiteHosts hosts = read("BYBIT_SITE", "demo", "BYBIT_WS_BASE_URL", "ws://127.0.0.1:1");
        assertThat(hosts.publicStream()).hasToString("ws://127.0.0.1:1");
        assertThat(hosts.privateStream()).hasToString("ws://127.0.0.1:1");
        assertThat(hosts.rest()).isNull();
        assertThat(hosts.keys()).isEmpty();
        assertThat(read("BYBIT_WS_BASE_URL", "wss://stream.bybit.eu").keys()).contains("the site eu");
        assertThat(read("BYBIT_SITE", "nl", "BYBIT_WS_BASE_URL", "wss://stream.bybit.com")
                        .keys())
                .contains("the site nl");
        assertThat(read("BYBIT_SITE", "global", "BYBIT_REST_BASE_URL", "https://api.bytick.com")
                        .rest())
                .hasToString("https://api.bytick.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BYBIT_SITE|us|||BYBIT_SITE is \"us\"; it must be one of global, eu, nl, tr, kz, ge, ae, demo, testnet",
                "BYBIT_SITE|eu|BYBIT_CONNECTOR_TESTNET|true|BYBIT_SITE is \"eu\", but BYBIT_CONNECTOR_TESTNET is true",
                "BYBIT_SITE|eu|BYBIT_WS_BASE_URL|wss://stream.bybit.com|BYBIT_WS_BASE_URL is "
                        + "\"wss://stream.bybit.com\","
                        + " which is a host of the site global",
                "BYBIT_SITE|eu|BYBIT_REST_BASE_URL|https://api.bybit.kz|BYBIT_REST_BASE_URL is",
                "BYBIT_CONNECTOR_TESTNET|true|BYBIT_WS_BASE_URL|wss://stream.bybit.com|BYBIT_WS_BASE_URL is",
                "BYBIT_WS_BASE_URL|wss://stream-testnet.bybit.com|BYBIT_REST_BASE_URL|https://api.bybit.com"
                        + "|BYBIT_REST_BASE_URL is",
                "BYBIT_WS_BASE_URL|wss://api.bybit.com|||BYBIT_WS_BASE_URL is \"wss://api.bybit.com\", a host of the"
                        + " site global without public streams; for public streams it has stream.bybit.com",
                "BYBIT_WS_BASE_URL|wss://api.bytick.com|||BYBIT_WS_BASE_URL is",
                "BYBIT_SITE|eu|BYBIT_WS_BASE_URL|wss://api.bybit.com|BYBIT_WS_BASE_URL is",
                "BYBIT_SITE|testnet|BYBIT_WS_BASE_URL|wss://API-testnet.bybit.com|BYBIT_WS_BASE_URL is",
                "BYBIT_REST_BASE_URL|https://stream.bybit.com|||BYBIT_REST_BASE_URL is \"https://stream.bybit.com\","
                        + " a host of the site global without REST; for REST it has api.bybit.com",
                "BYBIT_REST_BASE_URL|https://stream.bytick.com.|||BYBIT_REST_BASE_URL is",
                "BYBIT_WS_BASE_URL|wss://stream-demo.bybit.com|||BYBIT_WS_BASE_URL is"
                        + " \"wss://stream-demo.bybit.com\", a host of the site demo without public streams; for public"
                        + " streams it has stream.bybit.com",
                "BYBIT_WS_BASE_URL|wss://h/V5/x|||BYBIT_WS_BASE_URL is \"wss://h/V5/x\"; it must be a base address"
            })
    void contradictionIsOneLine(String first, String value, String second, String other, String line) {
        Map<String, String> environment = new HashMap<>(Map.of(first, value));
        if (second != null) {
            environment.put(second, other);
        }
        assertThatThrownBy(() -> read(environment))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(e -> assertThat(e.getMessage().lines())
                        .singleElement()
                        .asString()
                        .startsWith(line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ws://h:1|ws://h:1|false",
                "ws://h:1/|ws://h:1|false",
                "ws://h:1//|ws://h:1|false",
                "ws://h:1/v5/public/linear|ws://h:1|true",
                "ws://h:1/v5/public/linear/|ws://h:1|true",
                "ws://h:1//v5//public/spot|ws://h:1|true",
                "ws://h:1/v5/public|ws://h:1|true",
                "ws://h:1/v5|ws://h:1|true",
                "ws://h:1/V5/Public/Linear|ws://h:1|true",
                "ws://h.:1/relay|ws://h:1/relay|false",
                "wss://stream.bybit.com.|wss://stream.bybit.com|false",
                "ws://h:1/v5/private|ws://h:1|true",
                "ws://h:1/relay|ws://h:1/relay|false",
                "ws://h:1/relay/v5/public/inverse|ws://h:1/relay|true",
                "wss://stream.bybit.com/v5/public/linear|wss://stream.bybit.com|true"
            })
    void pathThatTheConnectorAppendsIsLeftOut(String url, String base, boolean warned) throws Exception {
        assertThat(read("BYBIT_WS_BASE_URL", url).publicStream()).isEqualTo(URI.create(base));
        assertThat(warnings).hasSize(warned ? 1 : 0);
        SiteHosts rest = read(
                "BYBIT_REST_BASE_URL",
                url.replace("wss://stream", "https://api").replace("ws:", "http:"));
        assertThat(rest.rest())
                .isEqualTo(
                        URI.create(base.replace("wss://stream", "https://api").replace("ws:", "http:")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ws://h:1/v5/public/linear/orderbook",
                "ws://h:1/v5/public/futures",
                "ws://h:1/v5/public/linear?x=1",
                "ws://h:1/a/v5/b",
                "wss://stream.bybit.com/realtime_public",
                "wss://stream.bybit.com/linear",
                "wss://user:s3cret@stream.bybit.com",
                "h:1",
                "http://h:1"
            })
    void otherPathIsRejected(String url) {
        assertThatThrownBy(() -> read("BYBIT_WS_BASE_URL", url))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(e -> assertThat(e.getMessage().lines())
                        .singleElement()
                        .asString()
                        .startsWith("BYBIT_WS_BASE_URL is ")
                        .doesNotContain("s3cret"));
    }

    private SiteHosts read(String... environment) throws ConfigurationException {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        return read(variables);
    }

    private SiteHosts read(Map<String, String> variables) throws ConfigurationException {
        ConnectorSettings settings = new ConnectorSettings(variables, "NO_FILE");
        SiteHosts hosts = SiteHosts.read(settings);
        warnings = settings.warnings();
        settings.check();
        return hosts;
    }
}
