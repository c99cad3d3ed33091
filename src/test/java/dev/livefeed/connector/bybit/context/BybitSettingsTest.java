package dev.livefeed.connector.bybit.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.connector.bybit.site.Site;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.feed.Timeouts;
import dev.livefeed.connector.sdk.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BybitSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void defaults() throws Exception {
        assertThat(BybitSettings.read(Map.of()))
                .hasToString("BybitSettings[category=linear, depth=50,"
                        + " hosts=SiteHosts[publicStream=wss://stream.bybit.com, privateStream=wss://stream.bybit.com,"
                        + " rest=https://api.bybit.com, keys=" + Site.GLOBAL.keys() + "],"
                        + " access=NetworkAccess[proxies=Proxies[null, null], headers=ExtraHeaders[]],"
                        + " connections=ConnectionCapacity[topicChars=21000, "
                        + "topics=2000, connections=1000, budget=400],"
                        + " initial=InitialSubscriptions[symbols=[], channels=[trades, depth]],"
                        + " limits=" + Timeouts.DEFAULT + ", account=AccountSettings[credentials=null, keyFault=null,"
                        + " uri=wss://stream.bybit.com/v5/private, topics=[order, execution, position, "
                        + "wallet], retry=PT1H,"
                        + " session=" + Timeouts.DEFAULT.session().forSilentStream() + ", ack=PT5S, site="
                        + Site.GLOBAL.keys() + "]]");
    }

    @Test
    void testnetChangesBothHosts() throws Exception {
        BybitSettings settings = BybitSettings.read(Map.of("BYBIT_CONNECTOR_TESTNET", "TRUE"));

        assertThat(settings.webSocket(Category.SPOT)).hasToString("wss://stream-testnet.bybit.com/v5/public/spot");
        assertThat(settings.restBase()).hasToString("https://api-testnet.bybit.com");
    }

    @Test
    void anotherStreamHostWithoutItsRestHostMeansNoRest() throws Exception {
        assertThat(BybitSettings.read(Map.of("BYBIT_WS_BASE_URL", "ws://127.0.0.1:8090/"))
                        .restBase())
                .isNull();
    }

    @Test
    void theFileCountsWhereTheEnvironmentSaysNothing() throws Exception {
        String path = file(
                """
                {"category": "spot", "depth": 200, "ws_base_url": "ws://file", "rest_base_url": "http://file",
                 "symbols": ["BTCUSDT"], "channels": ["depth.1"], "pong_timeout_ms": 1000}""");

        BybitSettings settings = BybitSettings.read(Map.of("BYBIT_CONNECTOR_CONFIG_FILE", path, "BYBIT_DEPTH", "1"));

        assertThat(settings.category()).isEqualTo(Category.SPOT);
        assertThat(settings.depth()).isEqualTo(1);
        assertThat(settings.restBase()).hasToString("http://file");
        assertThat(settings.initial().symbols()).containsExactly("BTCUSDT");
        assertThat(settings.initial().channels()).containsExactly("depth.1");
        assertThat(settings.limits().session().pong()).hasMillis(1_000);
    }

    @Test
    void everyFaultOfTheFileIsNamedWithItsPlace() throws Exception {
        String path = file(
                """
                {
                  "categroy": "spot",
                  "depth": "deep",
                  "testnet": "yes",
                  "symbols": ["BTC USDT"],
                  "channels": ["candles"],
                  "ack_timeout_ms": 0
                }""");

        assertThatThrownBy(() -> BybitSettings.read(Map.of("BYBIT_CONNECTOR_CONFIG_FILE", path)))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(e -> assertThat(e.getMessage().lines())
                        .hasSize(6)
                        .contains(
                                path + ":2:3: \"categroy\" is no setting; did you mean \"category\"?",
                                path + ":3:3: \"depth\" is \"deep\"; it must be a whole number from 1 to 1000",
                                path + ":4:3: \"testnet\" is \"yes\"; it must be true or false",
                                path
                                        + ":7:3: \"ack_timeout_ms\" is \"0\"; it must be a whole "
                                        + "number from 1 to 86400000"));
    }

    @Test
    void aFileThatIsNoJsonIsNamedWithTheLine() throws Exception {
        String path = file("{\n\"depth\": 50,,}");

        assertThatThrownBy(() -> BybitSettings.read(Map.of("BYBIT_CONNECTOR_CONFIG_FILE", path)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(path + ":2:");
    }

    @Test
    void optionHasDepthsOfItsOwn() throws Exception {
        assertThat(BybitSettings.read(Map.of("BYBIT_CATEGORY", "option")).depth())
                .isEqualTo(25);
        Map<String, String> wrong = new HashMap<>(Map.of("BYBIT_CATEGORY", "option", "BYBIT_DEPTH", "50"));
        assertThatThrownBy(() -> BybitSettings.read(wrong))
                .hasMessage("BYBIT_DEPTH is \"50\"; for option it must be one of [25, 100]");
    }

    private String file(String text) throws IOException {
        Path file = folder.resolve("config.json");
        Files.writeString(file, text);
        return file.toString();
    }
}
