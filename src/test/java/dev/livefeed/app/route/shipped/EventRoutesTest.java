package dev.livefeed.app.route.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.route.DeadLetterProcessor;
import dev.livefeed.app.route.EventDataFormat;
import dev.livefeed.app.route.convert.EventConverters;
import dev.livefeed.app.settings.Secrets;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The path of a connector line through the events, trades, depth, status and dead-letter routes. */
class EventRoutesTest extends ShippedRoutesTestSupport {

    private static final long NOW = 1_700_000_000_000_000L;
    private static final String TRADE =
            "{'type':'trade','timestamp':1700000000000,'price':'100.5','qty':'1','side':'buy','id':'%s'}";
    private static final String DEPTH =
            "{'type':'depth','timestamp':1700000000000,'bids':[['99','1']],'asks':[['101','2']],'last_update_id':1}";
    private static final String STATUS = "{'type':'status','status':'connected'}";
    private static final String ERROR = "{'type':'error','error':'no such topic'}";

    private final RecordedSteps steps = new RecordedSteps();
    private final DeadLetters letters = new DeadLetters(new Secrets(List.of("s3cret-value"))::redact);

    /** What the data format of the events route has called. */
    private final List<String> told = new ArrayList<>();

    EventRoutesTest() {
        super("events", "trades", "depth", "status", "dead-letter");
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.withMockEndpointsAndSkip(
                "direct:(ticker|klines|liquidations|risk|rpi-depth|maintenance|account|stream|history)");
    }

    /** The route file binds its data format when it is loaded, which is before {@link #bindToRegistry}. */
    @Override
    protected void configure(MainConfigurationProperties configuration) {
        super.configure(configuration);
        configuration.addConfiguration(new CamelConfiguration() {
            @Override
            public void configure(CamelContext camel) {
                bindReading(camel.getRegistry());
            }
        });
    }

    private void bindReading(Registry registry) {
        Supplier<EventReader> reader = () -> new EventReader(List.of("BTCUSDT"), false, () -> NOW);
        UnaryOperator<Event> redaction = event -> {
            told.add("redaction");
            return event;
        };
        EventDataFormat.Check timeCheck = event -> told.add("time check");
        UnaryOperator<Event> recorder = event -> {
            told.add("recorder");
            return event;
        };
        registry.bind("eventReader", reader);
        registry.bind("eventRedaction", redaction);
        registry.bind("eventTimeCheck", timeCheck);
        registry.bind("eventRecorder", recorder);
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        for (String name :
                List.of("instrumentRelease", "market", "strategies", "historyWorker", "subscriptions", "statusLog")) {
            registry.bind(name, steps.bean(name));
        }
        registry.bind("deadLetter", new DeadLetterProcessor(letters));
    }

    @BeforeEach
    void converters() {
        EventConverters.in(context);
    }

    private void line(String json) {
        template.sendBody("direct:events", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTradeGoesToTheMarketAndThenToTheStrategies() {
        line(TRADE.formatted("a"));

        assertThat(steps.names()).containsExactly("market.trade", "strategies.trade");
        assertThat(steps.calls())
                .allSatisfy(call -> assertThat(((Trade) call.body()).id()).isEqualTo("a"));
        assertThat(letters.total()).isZero();
    }

    @Test
    void anEventIsRedactedThenCheckedThenRecordedAsTheRouteDeclares() {
        line(TRADE.formatted("a"));

        assertThat(told).containsExactly("redaction", "time check", "recorder");
    }

    @Test
    void depthGoesToTheMarketAndThenToTheStrategies() {
        line(DEPTH);

        assertThat(steps.names()).containsExactly("market.depth", "strategies.depth");
        assertThat(steps.calls()).allSatisfy(call -> assertThat(call.body()).isInstanceOf(Depth.class));
    }

    @Test
    void aStatusGoesToAllThatDependOnTheFeedAndToTheStreamAtLast() throws Exception {
        MockEndpoint stream = getMockEndpoint("mock:direct:stream");
        stream.expectedMessageCount(1);
        stream.message(0).body().isInstanceOf(Status.class);

        line(STATUS);

        stream.assertIsSatisfied();
        assertThat(steps.names())
                .containsExactly(
                        "instrumentRelease.status",
                        "market.status",
                        "strategies.status",
                        "historyWorker.status",
                        "subscriptions.status",
                        "statusLog.status");
    }

    @Test
    void anErrorOfTheConnectorGoesToSubscriptionsBackfillLogAndStream() throws Exception {
        MockEndpoint stream = getMockEndpoint("mock:direct:stream");
        stream.expectedMessageCount(1);
        stream.message(0).body().isInstanceOf(Failure.class);

        line(ERROR);

        stream.assertIsSatisfied();
        assertThat(steps.names())
                .containsExactly("subscriptions.failure", "historyWorker.failure", "statusLog.failure");
    }

    @Test
    void announcedMaintenanceAlsoHasARouteOfItsOwn() throws Exception {
        MockEndpoint mock = getMockEndpoint("mock:direct:maintenance");
        mock.expectedMessageCount(1);

        line(STATUS);
        line("{'type':'status','status':'maintenance','state':'scheduled'}");

        mock.assertIsSatisfied();
        assertThat(letters.total()).isZero();
        assertThat(steps.names()).filteredOn("statusLog.status"::equals).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ticker | {'type':'ticker','timestamp':1700000000000,'last_price':'100'}",
                "klines | {'type':'kline','interval':'1m','start':1700000040000,'end':1700000099999,"
                        + "'open':'1','high':'2','low':'1',"
                        + "'close':'2','volume':'3','closed':false,'timestamp':1700000050000}",
                "risk | {'type':'adl','timestamp':1700000000000,'coin':'USDT','balance':'1'}",
                "risk | {'type':'insurance','timestamp':1700000000000,'coin':'USDT','balance':'-1'}",
                "risk | {'type':'price_limit','timestamp':1700000000000,'highest_bid':'2','lowest_ask':'1'}",
                "rpi-depth | {'type':'rpi_depth','timestamp':1700000000000,'last_update_id':1,'bids':[],'asks':[]}",
                "liquidations | {'type':'liquidation','timestamp':1700000000000,'price':'100','qty':'1',"
                        + "'side':'sell','position':'long'}",
            })
    void theOtherChannelsHaveRoutesOfTheirOwn(String route, String json) throws Exception {
        MockEndpoint mock = getMockEndpoint("mock:direct:" + route);
        mock.expectedMessageCount(1);

        line(json);

        assertThat(letters.last()).isEmpty();
        mock.assertIsSatisfied();
        assertThat(steps.names()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "trade | {'type':'trade','timestamp':1700000000000,'price':'1','qty':'1','side':'buy',"
                        + "'id':'a','history':true}",
                "depth | {'type':'depth','timestamp':1700000000000,'bids':[],'asks':[],'last_update_id':1,"
                        + "'history':true}",
                "kline | {'type':'kline','interval':'1m','start':1700000040000,'end':1700000099999,"
                        + "'open':'1','high':'2','low':'1','close':'2','volume':'3','closed':true,"
                        + "'timestamp':1700000100000,'history':true}",
            })
    void anEventOfThePastGoesToTheHistoryAlone(String type, String json) throws Exception {
        MockEndpoint history = getMockEndpoint("mock:direct:history");
        history.expectedMessageCount(1);
        history.message(0).body().isInstanceOf(HistoryEvent.class);
        MockEndpoint klines = getMockEndpoint("mock:direct:klines");
        klines.expectedMessageCount(0);

        line(json);

        assertThat(letters.last()).isEmpty();
        history.assertIsSatisfied();
        klines.assertIsSatisfied();
        assertThat(((HistoryEvent) history.getReceivedExchanges().get(0).getIn().getBody())
                        .event()
                        .type())
                .isEqualTo(type);
        assertThat(steps.names()).isEmpty();
    }

    @Test
    void aLineThatCannotBeReadIsADeadLetterAndTheNextOneArrives() {
        line("{'type':'trade','timestamp':1700000000000,'price':'0','qty':'1','side':'buy'}");
        line("this is no JSON");
        line(TRADE.formatted("b"));

        assertThat(letters.last()).extracting(DeadLetters.Letter::reason).containsExactly("bad-price", "not-json");
        assertThat(letters.last().get(1).line()).isEqualTo("this is no JSON");
        assertThat(steps.names()).containsExactly("market.trade", "strategies.trade");
    }

    @Test
    void aStepThatFailsMakesADeadLetterOfTheLineAsItCameAndDisturbsNothingElse() {
        steps.fail("strategies.trade");

        line(TRADE.formatted("c"));
        line(DEPTH);

        DeadLetters.Letter letter = letters.last().get(0);
        assertThat(letter.reason()).isEqualTo(DeadLetters.STEP_FAILED);
        assertThat(letter.message()).contains("route trades").contains("strategies.trade does not work");
        assertThat(letter.line()).isEqualTo(TRADE.formatted("c").replace('\'', '"'));
        assertThat(letters.total()).isEqualTo(1);
        assertThat(steps.names())
                .containsExactly("market.trade", "strategies.trade", "market.depth", "strategies.depth");
    }

    @Test
    void aStatusStepThatFailsKeepsTheStatusFromTheStepsBehindIt() throws Exception {
        steps.fail("subscriptions.status");
        MockEndpoint stream = getMockEndpoint("mock:direct:stream");
        stream.expectedMessageCount(0);

        line(STATUS);

        stream.assertIsSatisfied(1);
        assertThat(steps.names()).doesNotContain("statusLog.status");
        assertThat(letters.count(DeadLetters.STEP_FAILED)).isEqualTo(1);
    }

    @Test
    void aDeadLetterShowsNoSecret() {
        line("not JSON: s3cret-value");

        assertThat(letters.last().get(0).line()).isEqualTo("not JSON: ***");
    }
}
