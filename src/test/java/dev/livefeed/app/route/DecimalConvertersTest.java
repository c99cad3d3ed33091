package dev.livefeed.app.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalConvertersTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "50000.5, ${body} > 50000, true",
                "50000.5, ${body} > 50000.4, true",
                "50000.5, ${body} > 50000.6, false",
                "50000.5, ${body} < 50001, true",
                "50000, ${body} >= 50000, true",
                "0.7, ${body} > 0.6, true",
                "0.7, ${body} > 0.8, false",
                "0.7, ${body} >= 0.7, true",
                "-1.5, ${body} < -1.2, true",
                "-1.5, ${body} < -1, true",
                "-1.5, ${body} <= -2, false",
                "50000.5, ${body} > ${header.other}, true",
                "50000.2, ${body} > ${header.other}, false",
            })
    void comparesAllDigits(BigDecimal body, String expression, boolean expected) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            DecimalConverters.in(context);
            context.start();
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeader("other", new BigDecimal("50000.25"));

            assertThat(context.resolveLanguage("simple")
                            .createPredicate(expression)
                            .matches(exchange))
                    .isEqualTo(expected);
        }
    }
}
