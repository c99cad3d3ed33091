package dev.livefeed.app.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.market.ContextRules;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.paper.PaperPosition;
import dev.livefeed.app.paper.Signal;
import dev.livefeed.protocol.model.Ids;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names by which users' routes read moments and signals. */
class RouteValuesTest {

    private static final String CONTEXT = "symbol=BTCUSDT day=2023-11-14 lastPrice=100.5 "
            + "lastTimestampMicros=1700000000000000 open=100.5 high=100.5 low=100.5 vwap=100.500000000 "
            + "vwapQuote=100.500000000 volume=2 quoteVolume=201 buyVolume=2 sellVolume=0 trades=1 cdPre=0 "
            + "liveDelta=2 cvd=2 tickSize=0.1 poc=100.5 pocVolume=2 vah=100.5 val=100.5 openingRangeHigh= "
            + "openingRangeLow= openingRangeStart=2023-11-14T08:00:00Z openingRangeEnd=2023-11-14T08:10:00Z session= "
            + "approximate=false synthetic=false";

    private static final String MOMENT = "kind=candle strategy=s symbol=BTCUSDT timestampMicros=1700000000000000 "
            + "timeframe=1m candle= candles=[] top= change= sessions=[london] secondsToSessionChange=60 price=100.5 "
            + "breakout=none minutesHeld=0";

    private static final String SIGNAL = "strategy=s symbol=BTCUSDT timestampMicros=1700000000000000 signalType=buy "
            + "confidence=0.6 price=100.50 quantity=0.010 orderType=market metadata[reason]=test";

    @ParameterizedTest
    @ValueSource(strings = {CONTEXT, MOMENT, SIGNAL})
    void everyValueIsReadByItsOwnName(String expected) throws Exception {
        String prefix = expected.equals(CONTEXT) ? "body.context." : "body.";
        String text = expected.replaceAll("(\\S+?)=\\S*", "$1=\\${" + prefix + "$1}");
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();
            DefaultExchange exchange = new DefaultExchange(camel);
            exchange.getMessage().setBody(expected.equals(SIGNAL) ? signal() : moment());

            assertThat(camel.resolveLanguage("simple").createExpression(text).evaluate(exchange, String.class))
                    .isEqualTo(expected);
        }
    }

    @Test
    void theContextHasPreviousAndTopBins() {
        ContextView context = moment().context();

        assertThat(context.previous().day()).isEqualTo(context.day().minusDays(1));
        assertThat(context.topBins()).hasSize(1);
    }

    private static Signal signal() {
        return new Signal(
                "s",
                Ids.linear("BTCUSDT"),
                1_700_000_000_000_000L,
                Signal.BUY,
                new BigDecimal("0.6"),
                new Signal.Terms(new BigDecimal("100.50"), new BigDecimal("0.010"), "market"),
                Map.of("reason", "test"));
    }

    private static Moment moment() {
        Market market = new Market(() -> 0, ContextRules.DEFAULT);
        market.trade(Trades.trade(1_700_000_000_000_000L, "100.5", "2", Side.BUY));
        return new Moment(
                new Moment.Trigger("candle", "s", Ids.linear("BTCUSDT"), 1_700_000_000_000_000L),
                new Moment.History("1m", null, List.of()),
                null,
                market.context(Ids.linear("BTCUSDT")),
                Regime.unknown(Ids.linear("BTCUSDT"), 0),
                new Moment.Hours(null, List.of("london"), 60),
                Sweep.NONE,
                new PaperPosition(
                        "s",
                        Ids.linear("BTCUSDT"),
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        -1));
    }
}
