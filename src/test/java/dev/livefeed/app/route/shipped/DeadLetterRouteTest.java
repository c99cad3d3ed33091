package dev.livefeed.app.route.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.feed.Subscriptions;
import dev.livefeed.app.route.DeadLetterProcessor;
import dev.livefeed.app.route.FeedRoutes;
import dev.livefeed.app.settings.Secrets;
import dev.livefeed.protocol.model.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the dead-letter route writes, its limits, and what happens without it. */
class DeadLetterRouteTest extends ShippedRoutesTestSupport {

    @RegisterExtension
    private final RecordedLog log = new RecordedLog();

    private final DeadLetters letters = new DeadLetters(new Secrets(List.of("s3cret-value"))::redact);
    private final FeedRoutes feed =
            new FeedRoutes("test", new Subscriptions(Ids.configured("BTCUSDT"), List.of("trades")), letters);
    private RuntimeException thrown = new IllegalStateException("it does not work");

    DeadLetterRouteTest() {
        super("dead-letter");
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        super.configure(configuration);
        configuration.addConfiguration(new CamelConfiguration() {
            @Override
            public void configure(CamelContext camel) {
                // How long a message waits for a route that is stopped.
                camel.getComponent("direct", DirectComponent.class).setTimeout(200);
                feed.bind(camel);
            }
        });
        configuration.addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:subscriptions").to("mock:subscriptions");
                from("direct:events")
                        .routeId("events")
                        .routeConfigurationId("dead-letters")
                        .setBody(constant("changed"))
                        .to("direct:mine");
                from("direct:mine")
                        .routeId("mine")
                        .routeConfigurationId("dead-letters")
                        .to("mock:fails")
                        .to("mock:behind");
            }
        });
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("deadLetter", new DeadLetterProcessor(letters));
    }

    @BeforeEach
    void start() {
        getMockEndpoint("mock:fails").whenAnyExchangeReceived(exchange -> {
            throw thrown;
        });
        feed.started();
    }

    private void line(String text) {
        feed.line(text.getBytes(StandardCharsets.UTF_8));
    }

    private DeadLetters.Letter only() {
        assertThat(letters.last()).hasSize(1);
        return letters.last().get(0);
    }

    @Test
    void theLetterHasTheLineAsItCameTheRouteAndTheReason() throws Exception {
        MockEndpoint fails = getMockEndpoint("mock:fails");
        fails.expectedMessageCount(1);
        MockEndpoint behind = getMockEndpoint("mock:behind");
        behind.expectedMessageCount(0);

        line("{\"as\":\"it came\"}");

        fails.assertIsSatisfied();
        behind.assertIsSatisfied(1);
        assertThat(only().line()).isEqualTo("{\"as\":\"it came\"}");
        assertThat(only().reason()).isEqualTo(DeadLetters.STEP_FAILED);
        assertThat(only().message()).startsWith("route mine: ").contains("it does not work");
        assertThat(Duration.between(Instant.parse(only().at()), Instant.now())).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void theLogHasOneLineWithReasonCountMessageAndTheOriginal() {
        thrown = new IllegalStateException("first\nsecond");

        line("text\u0007 with s3cret-value");

        assertThat(log.lines("dead_letter"))
                .containsExactly("WARN dead_letter reason=step-failed count=1 message=\"" + only().message()
                        + "\" line=text? with ***");
        assertThat(only().message()).doesNotContain("\n").contains("first");
    }

    @Test
    void theFirstTenAndTheHundredthAreLoggedAndTheLastHundredKept() {
        IntStream.rangeClosed(1, 130).forEach(n -> line("line " + n));

        assertThat(log.lines("dead_letter"))
                .extracting(text -> text.substring(text.indexOf("line=") + 5))
                .containsExactly(
                        "line 1",
                        "line 2",
                        "line 3",
                        "line 4",
                        "line 5",
                        "line 6",
                        "line 7",
                        "line 8",
                        "line 9",
                        "line 10",
                        "line 100");
        assertThat(letters.byReason()).containsOnlyKeys(DeadLetters.STEP_FAILED).containsValue(130L);
        assertThat(letters.last()).hasSize(100);
        assertThat(letters.last().get(0).line()).isEqualTo("line 31");
        assertThat(letters.last().get(99).line()).isEqualTo("line 130");
    }

    @Test
    void ofALongLineTheLetterShowsTheBeginningAndItsLength() {
        line("x".repeat(500) + "y".repeat(1_000));

        assertThat(only().line()).isEqualTo("x".repeat(500) + "… (1500 bytes)");
    }

    @Test
    void aLineThatExceedsTheLimitOfTheProtocolHasItsOwnReasonAndIsInNoOtherRoute() throws Exception {
        MockEndpoint fails = getMockEndpoint("mock:fails");
        fails.expectedMessageCount(0);

        feed.tooLong(2_000_000, "its beginning".getBytes(StandardCharsets.UTF_8));

        fails.assertIsSatisfied(1);
        assertThat(only().reason()).isEqualTo("too-long");
        assertThat(only().message()).contains("2000000 bytes").doesNotContain("route ");
        assertThat(only().line()).isEqualTo("its beginning");
        assertThat(log.lines("dead_letter")).hasSize(1);
    }

    @Test
    void aRowOfTheAccountIsNeitherKeptNorLogged() {
        line("{\"type\":\"order\",\"id\":\"my-own-order\"}");

        assertThat(only().line()).startsWith("a private row of type order").doesNotContain("my-own-order");
        assertThat(log.lines("dead_letter")).singleElement().asString().doesNotContain("my-own-order");
    }

    @Test
    void withoutTheRouteTheLineIsCountedAllTheSameAndTheNextOneArrives() throws Exception {
        context.getRouteController().stopRoute("dead-letter");

        line("lost otherwise");
        feed.tooLong(2_000_000, "its beginning".getBytes(StandardCharsets.UTF_8));

        assertThat(letters.last())
                .extracting(letter -> letter.reason() + ' ' + letter.line())
                .containsExactly("no-route lost otherwise", "too-long its beginning");

        context.getRouteController().startRoute("dead-letter");
        line("next");

        assertThat(letters.last().get(2).reason()).isEqualTo(DeadLetters.STEP_FAILED);
        assertThat(letters.last().get(2).line()).isEqualTo("next");
    }

    @Test
    void aLineThatSucceedsLeavesNoLetter() throws Exception {
        MockEndpoint behind = getMockEndpoint("mock:behind");
        behind.expectedBodiesReceived("changed");
        getMockEndpoint("mock:fails").whenAnyExchangeReceived(exchange -> {});

        line("fine");

        behind.assertIsSatisfied();
        assertThat(letters.total()).isZero();
        assertThat(log.lines("dead_letter")).isEmpty();
    }
}
