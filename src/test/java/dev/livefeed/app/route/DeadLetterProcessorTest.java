package dev.livefeed.app.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.settings.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** The number of logged dead letters is limited, however many there are. */
class DeadLetterProcessorTest {

    private long now = TimeUnit.DAYS.toNanos(1);
    private final DeadLetterProcessor processor =
            new DeadLetterProcessor(new DeadLetters(new Secrets(List.of())), () -> now);

    @Test
    void logsTheFirstTenThenPowersOfTenAndOneAMinute() throws Exception {
        List<Long> logged = new ArrayList<>();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            for (int i = 1; i <= 12_000; i++) {
                Exchange exchange = new DefaultExchange(context);
                exchange.getMessage().setBody(new byte[] {'x'});
                processor.process(exchange);
                if (exchange.getMessage().getHeader("deadLetterLog", boolean.class)) {
                    logged.add(exchange.getMessage().getHeader("deadLetterCount", long.class));
                }
                now += TimeUnit.MILLISECONDS.toNanos(10);
            }
        }

        assertThat(logged.subList(0, 12)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 100L, 1_000L);
        assertThat(logged.subList(12, logged.size()))
                .as("one a minute, and the 10,000th")
                .containsExactly(7_000L, 10_000L);
    }
}
