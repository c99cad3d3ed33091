package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each interface has one time format, regardless of the connector: milliseconds in the stream, ISO texts over HTTP. */
@ExtendWith(JarExtension.class)
class TimeUnitsIT {

    private static final Set<String> TIMES =
            Set.of("timestamp", "received_at", "start", "end", "next_funding_time", "created");
    private static final String ALL =
            "?channels=trades,depth,ticker,kline.1m,liquidations,candles,status,signals&symbols=BTCUSDT";

    @Test
    void allTimesOfTheStreamAreMilliseconds(Jar jar) throws Exception {
        long now = Instant.now().toEpochMilli();
        long minute = now / 60_000 * 60_000;
        String tail = ",\"symbol\":\"BTCUSDT\",\"category\":\"linear\",\"received_at\":" + now + "123}";
        jar.write(
                "lines",
                String.join(
                        "\n",
                        "{\"type\":\"status\",\"status\":\"connected\"}",
                        "{\"type\":\"depth\",\"bids\":[[99,5]],\"asks\":[[101,2]],\"last_update_id\":1,\"timestamp\":"
                                + now + tail,
                        "{\"type\":\"trade\",\"price\":100,\"qty\":1,\"side\":\"buy\",\"id\":\"1\",\"timestamp\":" + now
                                + tail,
                        ""));
        jar.write(
                "more",
                String.join(
                        "\n",
                        "{\"type\":\"depth\",\"bids\":[[99,6]],\"asks\":[],\"snapshot\":false,\"last_update_id\":2,"
                                + "\"prev_update_id\":1,\"timestamp\":" + now + tail,
                        "{\"type\":\"trade\",\"price\":100,\"qty\":1,\"side\":\"buy\",\"id\":\"2\",\"timestamp\":" + now
                                + tail,
                        "{\"type\":\"ticker\",\"last_price\":100,\"next_funding_time\":" + (now + 1000)
                                + ",\"timestamp\":" + now + tail,
                        "{\"type\":\"kline\",\"interval\":\"1m\",\"start\":" + minute + ",\"end\":" + (minute + 59_999)
                                + ",\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":1,\"closed\":false,"
                                + "\"timestamp\":" + now + tail,
                        "{\"type\":\"liquidation\",\"price\":100,\"qty\":1,\"side\":\"buy\",\"timestamp\":" + now
                                + tail,
                        ""));
        jar.script("cat lines; until [ -f go ]; do sleep 0.1; done; cat more; while read -r command; do :; done")
                .with("CONNECTOR_CHANNELS", "trades,depth,ticker,kline.1m,liquidations")
                .start();
        jar.awaitTrades(1);
        StreamSocket client = StreamSocket.open(jar, ALL);
        client.await("a snapshot", m -> m.path("snapshot").asBoolean());
        jar.write("go", "");
        List<String> types = List.of("price", "trade", "ticker", "kline", "liquidation", "candle");
        types.forEach(type -> client.await(type, m -> m.path("type").asText().equals(type)));
        client.await(
                "a delta",
                m -> m.path("type").asText().equals("depth")
                        && !m.path("snapshot").asBoolean());

        BigDecimal received = new BigDecimal(now + ".123");
        for (JsonNode message : client.messages()) {
            message.properties().forEach(field -> {
                if (TIMES.contains(field.getKey())) {
                    assertThat(field.getValue().decimalValue())
                            .as("%s of %s", field.getKey(), message)
                            .isBetween(BigDecimal.valueOf(now - 7_200_000), BigDecimal.valueOf(now + 120_000));
                }
            });
            if (List.of("depth", "price", "trade", "ticker", "kline", "liquidation")
                    .contains(message.path("type").asText())) {
                assertThat(new BigDecimal(message.path("received_at").asText()))
                        .as("%s", message)
                        .isEqualByComparingTo(received);
                assertThat(message.path("category").asText()).as("%s", message).isEqualTo("linear");
            }
        }
        for (String text : List.of(
                jar.json("/ticker").path("ts").asText(),
                jar.json("/ticker").path("received_at").asText(),
                jar.json("/ticker").path("next_funding_time").asText(),
                jar.json("/price").path("ts").asText(),
                jar.json("/book").path("ts").asText())) {
            assertThat(Instant.parse(text).toEpochMilli()).isBetween(now - 1, now + 1_000);
        }
        assertThat(jar.json("/ticker").path("received_at").asText())
                .isEqualTo(Instant.ofEpochMilli(now).plusNanos(123_000).toString());
        jar.stop();
    }
}
