package dev.livefeed.app.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.route.simple.ExactSimpleLanguage;
import dev.livefeed.protocol.codec.EventReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that events inherit can be read in Simple like their own. */
class EventFieldsInSimpleTest {

    private static final String HEAD = "\"timestamp\":1700000000000,\"symbol\":\"BTCUSDT\",\"category\":\"linear\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"ticker\",\"last_price\":\"1\"",
                "\"type\":\"liquidation\",\"price\":\"1\",\"qty\":\"1\",\"side\":\"buy\"",
                "\"type\":\"price_limit\",\"highest_bid\":\"2\",\"lowest_ask\":\"1\"",
                "\"type\":\"rpi_depth\",\"last_update_id\":1,\"bids\":[],\"asks\":[]"
            })
    void symbolAndCategory(String fields) throws Exception {
        EventReader reader = new EventReader(List.of("BTCUSDT"), false, () -> 1_700_000_000_000_000L);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind(ExactSimpleLanguage.NAME, new ExactSimpleLanguage());
            context.start();
            DefaultExchange exchange = new DefaultExchange(context);
            exchange.getIn().setBody(reader.read(("{" + HEAD + "," + fields + "}").getBytes(StandardCharsets.UTF_8)));

            String text = context.resolveLanguage("simple")
                    .createExpression("${body.category}:${body.symbol} ${body.timestamp}")
                    .evaluate(exchange, String.class);

            assertThat(text).isEqualTo("linear:BTCUSDT 2023-11-14T22:13:20Z");
        }
    }
}
