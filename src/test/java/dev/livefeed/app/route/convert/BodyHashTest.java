package dev.livefeed.app.route.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.strategy.Candle;
import dev.livefeed.app.strategy.Moment;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.RpiDepth;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Camel takes the hash of the body for each expression such as {@code ${body.symbol}}, so that of a body with many
 * levels or candles leaves them out.
 */
class BodyHashTest {

    private static final InstrumentId INSTRUMENT = Ids.linear("BTCUSDT");

    static Stream<Arguments> bodiesOfOneAndOfMany() {
        return Stream.of(
                Arguments.of(depth(1), depth(1_000)),
                Arguments.of(rpiDepth(1), rpiDepth(1_000)),
                Arguments.of(moment(1), moment(Moment.CANDLES)));
    }

    @ParameterizedTest
    @MethodSource("bodiesOfOneAndOfMany")
    void theHashOfABodyDoesNotDependOnItsLevelsOrCandles(Object small, Object large) {
        assertThat(large).isNotEqualTo(small).hasSameHashCodeAs(small);
    }

    @Test
    void anExpressionTakesTheHashOfTheBody() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();
            DefaultExchange exchange = new DefaultExchange(camel);
            Counted body = new Counted();
            exchange.getMessage().setBody(body);

            String text = camel.resolveLanguage("simple")
                    .createExpression("${body.symbol}")
                    .evaluate(exchange, String.class);

            assertThat(text).isEqualTo("BTCUSDT");
            assertThat(body.hashes).isPositive();
        }
    }

    /** A body that counts how often its hash is taken. */
    public static final class Counted {

        private int hashes;

        public String symbol() {
            return "BTCUSDT";
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            hashes++;
            return 1;
        }
    }

    private static Depth depth(int levels) {
        Levels.Builder bids = new Levels.Builder();
        IntStream.range(0, levels).forEach(i -> bids.add(BigDecimal.valueOf(1_000L + levels - i), BigDecimal.ONE));
        return new Depth(INSTRUMENT, 1, bids.build(), new Levels.Builder().build(), 7, 6, true, 0, 1, false);
    }

    private static RpiDepth rpiDepth(int levels) {
        List<RpiDepth.Level> bids = IntStream.range(0, levels)
                .mapToObj(i -> new RpiDepth.Level(BigDecimal.valueOf(i), BigDecimal.ONE, BigDecimal.ONE))
                .toList();
        return new RpiDepth(INSTRUMENT, 1, bids, List.of(), 7, 1, false);
    }

    private static Moment moment(int candles) {
        List<Candle> list = IntStream.range(0, candles)
                .mapToObj(i -> new Candle(INSTRUMENT, "1m", i, i + 1L, null, null, true, false))
                .toList();
        Moment.Trigger event = new Moment.Trigger("candle", "s", INSTRUMENT, 1);
        return new Moment(event, new Moment.History("1m", null, list), null, null, null, null, null, null);
    }
}
