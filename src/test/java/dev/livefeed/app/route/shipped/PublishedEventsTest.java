package dev.livefeed.app.route.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.feed.Subscriptions;
import dev.livefeed.app.route.DeadLetterProcessor;
import dev.livefeed.app.route.EventDataFormat;
import dev.livefeed.app.route.FeedRoutes;
import dev.livefeed.app.route.convert.EventConverters;
import dev.livefeed.app.route.simple.ExactSimpleLanguage;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Ids;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of the risk, RPI depth and maintenance channels on their way to the hub, and the steps their files propose. */
class PublishedEventsTest extends ShippedRoutesTestSupport {

    private static final long NOW = 1_700_000_000_000_000L;
    private static final Pattern PROPOSED = Pattern.compile("(?m)^#.*simple: \"(.*)\"$");

    private static final String ADL = "{'type':'adl','timestamp':1700000000000,'coin':'USDT','balance':'1'}";
    private static final String RPI_ONLY = "{'type':'rpi_depth','timestamp':1700000000000,'last_update_id':1,"
            + "'bids':[['99','0','2']],'asks':[['101','1','0']]}";
    private static final String MAINTENANCE = "{'type':'status','status':'maintenance','state':'scheduled'}";

    @RegisterExtension
    private final RecordedLog log = new RecordedLog();

    private final RecordedSteps steps = new RecordedSteps();
    private final DeadLetters letters = new DeadLetters(text -> text);
    private final FeedRoutes feed =
            new FeedRoutes("test", new Subscriptions(Ids.configured("BTCUSDT"), List.of("trades")), letters);

    PublishedEventsTest() {
        super("events", "status", "risk", "rpi-depth", "maintenance", "stream", "dead-letter");
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        super.configure(configuration);
        configuration.addConfiguration(new CamelConfiguration() {
            @Override
            public void configure(CamelContext camel) {
                Supplier<EventReader> reader = () -> new EventReader(List.of("BTCUSDT"), false, () -> NOW);
                UnaryOperator<Event> unchanged = event -> event;
                camel.getRegistry().bind("eventReader", reader);
                camel.getRegistry().bind("eventRedaction", unchanged);
                camel.getRegistry().bind("eventRecorder", unchanged);
                camel.getRegistry().bind("eventTimeCheck", (EventDataFormat.Check) event -> {});
                camel.getRegistry().bind(ExactSimpleLanguage.NAME, new ExactSimpleLanguage());
                feed.bind(camel);
            }
        });
        configuration.addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:subscriptions").to("mock:subscriptions");
            }
        });
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        for (String name : List.of(
                "instrumentRelease", "market", "strategies", "historyWorker", "subscriptions", "statusLog", "stream")) {
            registry.bind(name, steps.bean(name));
        }
        registry.bind("deadLetter", new DeadLetterProcessor(letters));
    }

    @BeforeEach
    void start() {
        EventConverters.in(context);
        feed.started();
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private List<Object> published() {
        return steps.calls().stream()
                .filter(call -> call.step().equals("stream.take"))
                .map(RecordedSteps.Call::body)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "adl | " + ADL,
                "insurance | {'type':'insurance','timestamp':1700000000000,'coin':'USDT','balance':'-1'}",
                "price_limit | {'type':'price_limit','timestamp':1700000000000,'highest_bid':'2','lowest_ask':'1'}",
                "rpi_depth | " + RPI_ONLY,
                "status | " + MAINTENANCE,
            })
    void eachLineIsPublishedOnceAsItWasRead(String type, String json) throws Exception {
        Event read = new EventReader(List.of("BTCUSDT"), false, () -> NOW).read(bytes(json));

        feed.line(bytes(json));

        assertThat(letters.last()).isEmpty();
        assertThat(published()).containsExactly(read);
        assertThat(((Event) published().get(0)).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "risk | " + ADL,
                "rpi-depth | " + RPI_ONLY,
                "status | " + MAINTENANCE,
                "errors | {'type':'error','error':'it does not work'}",
            })
    void aHubThatFailsIsAFailedStepOfTheRouteThatPublishes(String route, String json) {
        steps.fail("stream.take");

        feed.line(bytes(json));

        assertThat(letters.last()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(DeadLetters.STEP_FAILED);
            assertThat(letter.message()).contains("stream.take does not work");
            assertThat(letter.line()).isEqualTo(new String(bytes(json), StandardCharsets.UTF_8));
        });
        assertThat(published()).as("not repeated").hasSize(1);
    }

    @Test
    void aHubThatFailsForACandleIsOneLineOfTheLog() {
        steps.fail("stream.take");

        feed.candle(null);

        assertThat(log.lines("event_not_taken"))
                .singleElement()
                .asString()
                .startsWith("WARN event_not_taken endpoint=direct:candles event=");
        assertThat(log.lines("Failed")).as("no trace of Camel").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "risk | {'type':'adl','timestamp':1700000000000,'coin':'USDT','balance':'0'} | true",
                "risk | {'type':'adl','timestamp':1700000000000,'coin':'USDT','balance':'1'} | false",
                "risk | {'type':'insurance','timestamp':1700000000000,'coin':'USDT','balance':'-1'} | false",
                "rpi-depth | " + RPI_ONLY + " | true",
                "rpi-depth | {'type':'rpi_depth','timestamp':1700000000000,'last_update_id':1,"
                        + "'bids':[['99','1','2']],'asks':[]} | false",
                "maintenance | " + MAINTENANCE + " | true",
                "maintenance | {'type':'status','status':'maintenance','state':'completed'} | false",
            })
    void theConditionThatTheFileProposesHolds(String file, String json, boolean holds) throws Exception {
        Matcher proposed = PROPOSED.matcher(Files.readString(Path.of("routes", file + ".camel.yaml")));
        assertThat(proposed.find()).isTrue();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:proposed").filter(simple(proposed.group(1))).bean(steps.bean("mine"), "status");
            }
        });
        Event event = new EventReader(List.of("BTCUSDT"), false, () -> NOW).read(bytes(json));

        template.sendBodyAndHeader("direct:proposed", event, "type", event.type());

        assertThat(steps.names()).hasSize(holds ? 1 : 0);
    }
}
