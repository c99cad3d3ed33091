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

        assertThat(settings.webSocket(ConnectionGroup.PUBLIC)).hasToString(address);
        assertThat(settings.hosts().rest())
                .as("another host is not asked over REST")
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spot | BINANCE_REST_BASE_URL | https://api.binance.com/sapi/v1 | without the path /sapi/v1",
                "spot | BINANCE_REST_BASE_URL | https://api.binance.com/api/v3/ping | without the path /api/v3/ping",
                "spot | BINANCE_REST_BASE_URL | https://API.binance.com./fapi/v1 | without the path /fapi/v1",
                "spot | BINANCE_REST_BASE_URL | https://data-api.binance.vision/x | without the path /x",
                "spot | BINANCE_WS_BASE_URL | wss://stream.binance.com:9443/x | without the path /x",
                "spot | BINANCE_REST_BASE_URL | https://h/api/v3/ping | without the path /api/v3/ping",
                "spot | BINANCE_REST_BASE_URL | https://h/fapi/v1 | without the path /fapi/v1",
                "spot | BINANCE_WS_BASE_URL | wss://h/stream/proxy | without the path /stream/proxy",
                "usdm | BINANCE_WS_BASE_URL | wss://h/ws/market | without the path /ws/market",
                "usdm | BINANCE_REST_BASE_URL | https://api.binance.com | for REST of spot; for REST of usdm",
                "usdm | BINANCE_WS_BASE_URL | wss://stream.binance.com:9443 | for streams of spot; for streams of usdm",
                "spot | BINANCE_REST_BASE_URL | https://fapi.binance.com | it is https://api.binance.com",
                "spot | BINANCE_WS_BASE_URL | wss://fstream.binance.com | it is wss://stream.binance.com:9443",
                "usdm | BINANCE_REST_BASE_URL | https://dapi.binance.com | other markets or interfaces",
                "spot | BINANCE_WS_BASE_URL | wss://api.binance.com | for REST of spot; for streams of spot",
                "spot | BINANCE_REST_BASE_URL | https://testnet.binance.vision | use both hosts of one site",
                "spot | BINANCE_REST_BASE_URL | https://api.binance.us | use both hosts of one site"
            })
    void anAddressThatCannotWorkIsOneLine(String market, String variable, String value, String rule) {
        assertThatThrownBy(() -> read("BINANCE_MARKET", market, variable, value))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .startsWith(variable + " is \"" + value + "\"")
                .contains(rule)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "spot, https://api3.binance.com, https://api3.binance.com",
        "spot, https://api-gcp.binance.com/api, https://api-gcp.binance.com",
        "spot, https://new.binance.com, https://new.binance.com",
        "usdm, https://fapi.binance.com//fapi/v1/, https://fapi.binance.com",
        "usdm, https://proxy/binance/fapi/v1, https://proxy/binance",
        "spot, https://proxy/therapist/x, https://proxy/therapist/x"
    })
    void otherAddressesAreUsed(String market, String given, String used) throws Exception {
        assertThat(read("BINANCE_MARKET", market, "BINANCE_REST_BASE_URL", given)
                        .hosts()
                        .rest())
                .hasToString(used);
    }

    @Test
    void bothHostsOfATestSiteBelongTogether() throws Exception {
        assertThat(read(
                        "BINANCE_MARKET",
                        "usdm",
                        "BINANCE_WS_BASE_URL",
                        "wss://fstream.binancefuture.com/ws/btcusdt@aggTrade",
                        "BINANCE_REST_BASE_URL",
                        "https://demo-fapi.binance.com")
                        .hosts()
                        .stream())
                .hasToString("wss://fstream.binancefuture.com");
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
