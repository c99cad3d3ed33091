package dev.livefeed.connector.binance.venue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.session.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinanceRestTest {

    private static final long NOW = 1_795_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "418, , 1795000300000, 300",
        "418, 60, 1795000300000, 60",
        "418, , 1794999999000, 120",
        "418, , 1795900000000, 3600",
        "418, , soon, 120",
        "429, , 1795000030000, 30"
    })
    void aBanLastsAsLongAsTheHeaderOrElseTheMessageSays(int status, String retryAfter, String until, long seconds)
            throws Exception {
        String body = "{\"code\":-1003,\"msg\":\"Way too much request weight used; IP banned until " + until
                + ". Please use WebSocket Streams for live updates to avoid bans.\"}";
        var outcome = new BinanceRest(BinanceSettings.read(Map.of()))
                .judge(new HttpAnswer(status, 0, retryAfter, -1, body.getBytes(StandardCharsets.UTF_8)), NOW * 1_000);

        assertThat(outcome.pause().atLeast()).isEqualTo(Duration.ofSeconds(seconds));
    }
}
