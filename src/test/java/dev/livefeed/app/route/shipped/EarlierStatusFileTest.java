package dev.livefeed.app.route.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.route.DeadLetterProcessor;
import dev.livefeed.app.route.EarlierStatusRoute;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Statuses;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A user's copy of the status file from before the step that releases ended instruments releases them too. */
class EarlierStatusFileTest extends ShippedRoutesTestSupport {

    private static final Status ENDED =
            Statuses.of(InstrumentEnded.STATUS, null, "BTCUSDT", null, null, "delivered", Map.of());

    private final RecordedSteps steps = new RecordedSteps();
    private final RecordedSteps.Bean release = steps.bean(EarlierStatusRoute.RELEASE);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    EarlierStatusFileTest() {
        super(Path.of("src/test/resources/earlier-routes"), "status", "dead-letter");
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        super.configure(configuration);
        configuration.addConfiguration(new CamelConfiguration() {
            @Override
            public void configure(CamelContext camel) {
                camel.addRoutePolicyFactory(new EarlierStatusRoute(release::status));
            }
        });
        configuration.addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:stream").to("mock:stream");
            }
        });
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        for (String name : List.of("market", "strategies", "exchangeDesk", "subscriptions", "statusLog")) {
            registry.bind(name, steps.bean(name));
        }
        registry.bind(EarlierStatusRoute.RELEASE, release);
        registry.bind("deadLetter", new DeadLetterProcessor(new DeadLetters(text -> text)));
    }

    @BeforeEach
    void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger(EarlierStatusRoute.class)).addAppender(log);
    }

    @AfterEach
    void leave() {
        ((Logger) LoggerFactory.getLogger(EarlierStatusRoute.class)).detachAppender(log);
    }

    @Test
    void itReleasesBeforeItsFirstStepAndIsNamedOnce() {
        template.sendBody("direct:status", ENDED);
        template.sendBody("direct:status", ENDED);

        assertThat(steps.names())
                .startsWith("instrumentRelease.status", "market.status", "strategies.status")
                .filteredOn("instrumentRelease.status"::equals)
                .hasSize(2);
        assertThat(log.list).singleElement().satisfies(line -> assertThat(line.getFormattedMessage())
                .startsWith("route_step_missing route=status file=\"status.camel.yaml\" bean=instrumentRelease:"));
    }

    @Test
    void aStepThatFailsKeepsNothingFromTheRelease() {
        steps.fail("market.status");

        template.sendBody("direct:status", ENDED);

        assertThat(steps.names()).containsExactly("instrumentRelease.status", "market.status");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bean:instrumentRelease?method=status", "bean://instrumentRelease?method=status"})
    void aRouteWithTheStepReleasesOnce(String step) throws Exception {
        context.getRouteController().stopRoute("status");
        context.removeRoute("status");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:status")
                        .routeId("status")
                        .to("bean:market?method=status")
                        .to(step);
            }
        });

        template.sendBody("direct:status", ENDED);

        assertThat(steps.names()).containsExactly("market.status", "instrumentRelease.status");
        assertThat(log.list).isEmpty();
    }

    @Test
    void aStepInsideAnotherCountsToo() throws Exception {
        context.getRouteController().stopRoute("status");
        context.removeRoute("status");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:status")
                        .routeId("status")
                        .choice()
                        .when(simple("${body.symbol} == 'BTCUSDT'"))
                        .to("bean:instrumentRelease?method=status");
            }
        });

        template.sendBody("direct:status", ENDED);

        assertThat(log.list).isEmpty();
    }
}
