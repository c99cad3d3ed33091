package dev.livefeed.app.route.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.feed.Subscriptions;
import dev.livefeed.app.route.DeadLetterProcessor;
import dev.livefeed.app.route.EventDataFormat;
import dev.livefeed.app.route.FeedRoutes;
import dev.livefeed.app.route.convert.EventConverters;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.model.Execution;
import dev.livefeed.protocol.model.Ids;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user's copy of the events file from before bookings, risk figures and books with RPI orders loses none of them. */
class EarlierEventsFileTest extends ShippedRoutesTestSupport {

    private static final String BOOKING =
            "{'type':'execution','timestamp':1700000000000,'id':'f','kind':'funding','fee':'1'}";
    private static final String EXECUTION = "{'type':'execution','timestamp':1700000000000,'id':'e','order_id':'o',"
            + "'side':'buy','price':'1','qty':'1'}";
    private static final long NOW = 1_700_000_000_000_000L;

    private final DeadLetters letters = new DeadLetters(text -> text);
    private final FeedRoutes feed =
            new FeedRoutes("test", new Subscriptions(Ids.configured("BTCUSDT"), List.of("trades", "depth")), letters);

    EarlierEventsFileTest() {
        super(Path.of("src/test/resources/earlier-routes"), "events", "dead-letter");
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        super.configure(configuration);
        configuration.addConfiguration(new CamelConfiguration() {
            @Override
            public void configure(CamelContext camel) {
                EventDataFormat format = new EventDataFormat();
                format.setReader(() -> new EventReader(List.of("BTCUSDT"), false, () -> NOW));
                format.setRedaction(event -> event);
                format.setRecorder(event -> event);
                camel.getRegistry().bind("connectorJson", format);
                feed.bind(camel);
            }
        });
        configuration.addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:subscriptions").to("mock:subscriptions");
                from("direct:account")
                        .routeId("account")
                        .routeConfigurationId("dead-letters")
                        .choice()
                        .when(simple("${header.type} == 'execution'"))
                        .to("mock:executions")
                        .otherwise()
                        .to("mock:other-rows")
                        .process(exchange -> {
                            if (exchange.getMessage()
                                    .getBody(Execution.class)
                                    .id()
                                    .equals("bad")) {
                                throw new IllegalStateException("the step does not work");
                            }
                        });
                from("direct:risk").routeId("risk").to("mock:risk");
                from("direct:rpi-depth").routeId("rpi-depth").to("mock:rpi-depth");
                from("direct:trades").routeId("trades").to("mock:trades");
            }
        });
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        registry.bind("deadLetter", new DeadLetterProcessor(letters));
    }

    @BeforeEach
    void start() {
        EventConverters.in(context);
        feed.started();
    }

    private void line(String json) {
        feed.line(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private MockEndpoint expect(String name, int count) throws Exception {
        MockEndpoint mock = getMockEndpoint("mock:" + name);
        mock.expectedMessageCount(count);
        return mock;
    }

    @Test
    void aBookingReachesTheAccountRouteOnceAndInOrder() throws Exception {
        MockEndpoint executions = expect("executions", 2);
        MockEndpoint rows = expect("other-rows", 1);

        line(EXECUTION);
        line(BOOKING);
        line(EXECUTION);

        executions.assertIsSatisfied();
        rows.assertIsSatisfied();
        assertThat(rows.getReceivedExchanges().get(0).getIn().getHeader("type")).isEqualTo("booking");
        assertThat(rows.getReceivedExchanges().get(0).getIn().getHeader("symbol"))
                .isEqualTo("BTCUSDT");
        assertThat(rows.getReceivedExchanges().get(0).getIn().getBody()).isInstanceOf(Execution.class);
        assertThat(letters.total()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "risk | {'type':'adl','timestamp':1700000000000,'coin':'USDT','balance':'1'}",
                "risk | {'type':'insurance','timestamp':1700000000000,'coin':'USDT','balance':'-1'}",
                "risk | {'type':'price_limit','timestamp':1700000000000,'highest_bid':'2','lowest_ask':'1'}",
                "rpi-depth | {'type':'rpi_depth','timestamp':1700000000000,'last_update_id':1,'bids':[],'asks':[]}",
            })
    void anotherNewTypeReachesItsRoute(String route, String json) throws Exception {
        MockEndpoint mock = expect(route, 2);

        line(json);
        line(json);

        mock.assertIsSatisfied();
        assertThat(letters.total()).isZero();
    }

    @Test
    void withoutARouteForItItIsADeadLetterThatSaysWhatToDo() throws Exception {
        context.getRouteController().stopRoute("risk");
        context.removeRoute("risk");

        line("{'type':'adl','timestamp':1700000000000,'coin':'USDT','balance':'1'}");

        assertThat(letters.last()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(DeadLetters.NO_ROUTE);
            assertThat(letter.message())
                    .isEqualTo("the route events does not take events of type adl, and no route is from direct:risk;"
                            + " take both files from this version");
        });
    }

    @Test
    void aStepThatFailsOnItMakesADeadLetter() throws Exception {
        line(BOOKING.replace("'f'", "'bad'"));

        assertThat(letters.last()).extracting(DeadLetters.Letter::reason).containsExactly(DeadLetters.STEP_FAILED);
        assertThat(letters.last().get(0).message()).contains("route account").contains("the step does not work");
    }

    @Test
    void aRouteThatMentionsTheTypeDecides() throws Exception {
        MockEndpoint rows = expect("other-rows", 0);
        context.getRouteController().stopRoute("events");
        context.removeRoute("events");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:events")
                        .routeId("events")
                        .unmarshal()
                        .custom("connectorJson")
                        .filter(simple("${header.type} != 'booking'"))
                        .to("direct:trades");
            }
        });
        feed.started();

        line(BOOKING);

        rows.assertIsSatisfied(1);
        assertThat(letters.total()).isZero();
    }

    @Test
    void aRouteThatSendsOnEverythingElseDeliversItOnce() throws Exception {
        MockEndpoint rows = expect("other-rows", 2);
        MockEndpoint operator = expect("operator", 2);
        context.getRouteController().stopRoute("events");
        context.removeRoute("events");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:events")
                        .routeId("events")
                        .unmarshal()
                        .custom("connectorJson")
                        .choice()
                        .when(simple("${header.type} == 'trade'"))
                        .to("direct:trades")
                        .otherwise()
                        .to("direct:account")
                        .to("mock:operator");
            }
        });
        feed.started();

        line(BOOKING);
        line(BOOKING);

        operator.assertIsSatisfied();
        rows.assertIsSatisfied();
        rows.assertIsSatisfied(1);
        assertThat(letters.total()).isZero();
    }
}
