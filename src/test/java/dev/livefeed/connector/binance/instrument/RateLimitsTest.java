package dev.livefeed.connector.binance.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limit on the weight of requests in the list of instruments. */
class RateLimitsTest {

    private final List<Integer> limits = new ArrayList<>();

    private void read(String body) throws Exception {
        new BinanceListing(BinanceSettings.read(Map.of()), limits::add)
                .read(BinanceMarket.SPOT, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String row(String type, String interval, String count, String limit) {
        return "{'rateLimitType':'" + type + "','interval':'" + interval + "','intervalNum':" + count + ",'limit':"
                + limit + "}";
    }

    @ParameterizedTest
    @CsvSource({
        "MINUTE, 1, 1200, 1200",
        "MINUTE, 1, '''1200''', 1200",
        "MINUTE, 5, 6000, 1200",
        "SECOND, 10, 200, 1200",
        "HOUR, 1, 72000, 1200",
        "DAY, 1, 10, 1",
        "MINUTE, 1, 99999999999999, 2147483647"
    })
    void isPerMinute(String interval, String count, String limit, int perMinute) throws Exception {
        read("{'rateLimits':[" + row(interval.equals("DAY") ? "ORDERS" : "RAW_REQUESTS", "MINUTE", "5", "6100") + ","
                + row("REQUEST_WEIGHT", interval, count, limit) + "],'symbols':[]}");

        assertThat(limits).containsExactly(perMinute);
    }

    @Test
    void theLowestOfSeveralCounts() throws Exception {
        read("{'symbols':[],'rateLimits':[" + row("REQUEST_WEIGHT", "MINUTE", "1", "6000") + ","
                + row("REQUEST_WEIGHT", "SECOND", "1", "20") + "]}");

        assertThat(limits).containsExactly(1_200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]",
                "null",
                "{}",
                "7",
                "[null,7,[1],'x',{}]",
                "[{'rateLimitType':'ORDERS','interval':'SECOND','intervalNum':10,'limit':50}]",
                "[{'rateLimitType':'REQUEST_WEIGHT','interval':'MINUTE','intervalNum':0,'limit':1200}]",
                "[{'rateLimitType':'REQUEST_WEIGHT','interval':'MINUTE','intervalNum':1,'limit':0}]",
                "[{'rateLimitType':'REQUEST_WEIGHT','interval':'MINUTE','intervalNum':1,'limit':-5}]",
                "[{'rateLimitType':'REQUEST_WEIGHT','interval':'FORTNIGHT','intervalNum':1,'limit':1200}]",
                "[{'rateLimitType':'REQUEST_WEIGHT','interval':{'a':1},'intervalNum':[1],'limit':1200}]"
            })
    void whatStatesNoneChangesNothing(String list) throws Exception {
        read("{'rateLimits':" + list + ",'symbols':[{'symbol':'BTCUSDT','status':'TRADING'}]}");

        assertThat(limits).isEmpty();
    }

    @Test
    void thatOfAnIncompleteResponseIsNotUsed() {
        assertThatThrownBy(() ->
                        read("{'rateLimits':[" + row("REQUEST_WEIGHT", "MINUTE", "1", "1200") + "],'symbols':[{'sym"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("{'rateLimits':[" + row("REQUEST_WEIGHT", "MINUTE", "1", "1200")))
                .isInstanceOf(IOException.class);

        assertThat(limits).isEmpty();
    }
}
