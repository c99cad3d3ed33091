package dev.livefeed.app.route.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.livefeed.app.paper.Signal;
import dev.livefeed.app.paper.SignalOutcome;
import dev.livefeed.protocol.model.InstrumentId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A signal's path from a strategy to the broker, the stream and the log; and the clock of the candles. */
class SignalRoutesTest extends ShippedRoutesTestSupport {

    @RegisterExtension
    private final RecordedLog log = new RecordedLog();

    private final List<Signal> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger ticks = new AtomicInteger();
    private volatile String refused;
    private volatile boolean fails;
    private volatile boolean tickFails;

    SignalRoutesTest() {
        super("signals");
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.withMockEndpointsAndSkip("direct:stream");
        configuration.withAutoStartupExcludePatterns("candle-clock");
        Properties settings = new Properties();
        settings.setProperty("strategy.clock.interval", "20");
        configuration.withUseOverridePropertiesWithPropertiesComponent(settings);
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        super.configure(configuration);
        configuration.addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:my-strategy")
                        .routeId("my-strategy")
                        .routeConfigurationId("strategy-failures")
                        .to("mock:step")
                        .to("direct:signals");
            }
        });
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("paperBroker", new Broker());
        registry.bind("strategies", new Clock());
    }

    /** Answers every signal with an order, or as the test has set. */
    public final class Broker {

        public SignalOutcome signal(Signal signal) {
            taken.add(signal);
            if (fails) {
                throw new IllegalStateException("the broker does not work");
            }
            return new SignalOutcome(signal, refused == null ? 7 : -1, refused, 5);
        }
    }

    /** Counts the ticks. */
    public final class Clock {

        public void tick() {
            ticks.incrementAndGet();
            if (tickFails) {
                throw new IllegalStateException("the tick does not work");
            }
        }
    }

    private static Signal buy() {
        return new Signal(
                "my-strategy",
                InstrumentId.of("x", "linear", "BTCUSDT"),
                5,
                Signal.BUY,
                BigDecimal.ONE,
                new Signal.Terms(BigDecimal.TEN, BigDecimal.ONE, "market"),
                Map.of("reason", "price below vwap"));
    }

    private MockEndpoint stream(int count) {
        MockEndpoint stream = getMockEndpoint("mock:direct:stream");
        stream.expectedMessageCount(count);
        return stream;
    }

    @Test
    void anOrderIsPublishedAndLoggedWithItsReason() throws Exception {
        MockEndpoint stream = stream(1);
        Signal signal = buy();

        template.sendBody("direct:signals", signal);

        assertThat(taken).singleElement().isSameAs(signal);
        stream.assertIsSatisfied();
        assertThat(stream.getReceivedExchanges().get(0).getMessage().getBody())
                .isEqualTo(new SignalOutcome(signal, 7, null, 5));
        assertThat(log.lines("strategy_signal"))
                .containsExactly("INFO strategy_signal strategy=my-strategy symbol=linear:BTCUSDT type=buy order=7"
                        + " reason=\"price below vwap\"");
        assertThat(log.lines("strategy_signal_refused")).isEmpty();
    }

    @Test
    void aRefusalIsPublishedAndLoggedAsOne() throws Exception {
        MockEndpoint stream = stream(1);
        refused = "the signal is too old";

        template.sendBody("direct:signals", buy());

        stream.assertIsSatisfied();
        assertThat(stream.getReceivedExchanges()
                        .get(0)
                        .getMessage()
                        .getBody(SignalOutcome.class)
                        .refused())
                .isEqualTo("the signal is too old");
        assertThat(log.lines("strategy_signal_refused"))
                .containsExactly("INFO strategy_signal_refused strategy=my-strategy symbol=linear:BTCUSDT type=buy"
                        + " reason=\"the signal is too old\"");
        assertThat(log.lines("strategy_signal")).isEmpty();
    }

    @Test
    void aBrokerThatFailsIsNotAskedAgainAndTheCallerLearnsIt() throws Exception {
        MockEndpoint stream = stream(0);
        fails = true;

        assertThatThrownBy(() -> template.sendBody("direct:signals", buy()))
                .hasRootCauseMessage("the broker does not work");

        stream.assertIsSatisfied(1);
        assertThat(taken).hasSize(1);
        assertThat(log.lines("strategy_signal")).isEmpty();
    }

    @Test
    void aBrokerOrAStreamThatFailsIsAFailureOfTheStrategyThatSentTheSignal() throws Exception {
        MockEndpoint stream = stream(1);
        stream.whenAnyExchangeReceived(exchange -> {
            throw new IllegalStateException("the stream does not work");
        });

        log.debug();

        Exchange unpublished = template.send("direct:my-strategy", exchange -> signal(exchange));
        fails = true;
        Exchange untaken = template.send("direct:my-strategy", exchange -> signal(exchange));

        stream.assertIsSatisfied();
        assertThat(log.lines("strategy_failed"))
                .containsExactly(
                        "DEBUG strategy_failed strategy=my-strategy reason=\"the stream does not work\"",
                        "DEBUG strategy_failed strategy=my-strategy" + " reason=\"the broker does not work\"");
        for (Exchange failed : List.of(unpublished, untaken)) {
            assertThat(failed.getException()).as("handled").isNull();
            assertThat(failed.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class))
                    .as("what the endpoint of the strategy counts")
                    .hasStackTraceContaining("does not work");
        }
        assertThat(log.lines("Failed")).as("no trace of Camel").noneMatch(line -> line.startsWith("ERROR"));
    }

    private static void signal(Exchange exchange) {
        exchange.getMessage().setBody(buy());
        exchange.getMessage().setHeader("symbol", "BTCUSDT");
    }

    @Test
    void theClockTicksAtItsIntervalAndAfterAFailure() throws Exception {
        tickFails = true;
        context.getRouteController().startRoute("candle-clock");
        await().atMost(Duration.ofSeconds(10)).until(() -> ticks.get() >= 3);

        context.getRouteController().stopRoute("candle-clock");

        int last = ticks.get();
        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(2)).until(() -> ticks.get() == last);
    }
}
