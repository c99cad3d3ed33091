package dev.livefeed.connector.binance.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.connector.sdk.ConfigurationException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinanceSettingsTest {

    private static BinanceSettings read(String... pairs) throws ConfigurationException {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        return BinanceSettings.read(environment);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "spot, false, false, wss://stream.binance.com:9443, https://api.binance.com",
                "usdm, false, false, wss://fstream.binance.com, https://fapi.binance.com",
                "spot, true, false, wss://stream.testnet.binance.vision, https://testnet.binance.vision",
                "usdm, true, false, wss://fstream.binancefuture.com, https://testnet.binancefuture.com",
                "spot, false, true, wss://stream.binance.us:9443, https://api.binance.us"
            })
    void eachSiteHasItsHosts(String market, String testnet, String us, String stream, String rest) throws Exception {
        BinanceSettings settings = read("BINANCE_MARKET", market, "BINANCE_TESTNET", testnet, "BINANCE_US", us);

        assertThat(settings.hosts().stream()).hasToString(stream);
        assertThat(settings.hosts().rest()).hasToString(rest);
    }

    @ParameterizedTest
    @CsvSource({
        "wss://h:9443, wss://h:9443/public/stream",
        "wss://h:9443/, wss://h:9443/public/stream",
        "wss://h/ws, wss://h/public/stream",
        "wss://h/market/stream, wss://h/public/stream",
        "ws://h/proxy, ws://h/proxy/public/stream"
    })
    void pathsAreAppendedToTheHost(String given, String address) throws Exception {
        BinanceSettings settings = read("BINANCE_MARKET", "usdm", "BINANCE_WS_BASE_URL", given);

        assertThat(settings.webSocket(Route.PUBLIC)).hasToString(address);
        assertThat(settings.hosts().rest())
                .as("another host is not asked over REST")
                .isNull();
    }

    @Test
    void thePathOfRestIsLeftOut() throws Exception {
        assertThat(read("BINANCE_REST_BASE_URL", "https://h/api/v3").hosts().rest())
                .hasToString("https://h");
        assertThat(read("BINANCE_REST_BASE_URL", "https://h/x/").hosts().rest()).hasToString("https://h/x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BINANCE_MARKET | coinm | it must be one of spot, usdm",
                "BINANCE_DEPTH | 5001 | it must be a whole number from 1 to 5000",
                "BINANCE_TESTNET | maybe | it must be true or false",
                "BINANCE_US | 2 | it must be true or false",
                "BINANCE_TRADES | all | it must be one of aggtrade, trade",
                "BINANCE_WS_BASE_URL | https://h | it must be an address such as"
            })
    void anInvalidValueIsOneLine(String variable, String value, String rule) {
        assertThatThrownBy(() -> read(variable, value))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .startsWith(variable + " is \"" + value + "\"; ")
                .contains(rule)
                .doesNotContain("\n");
    }
}
