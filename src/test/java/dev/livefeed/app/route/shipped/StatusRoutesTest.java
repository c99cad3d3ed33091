package dev.livefeed.app.route.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.route.DeadLetterProcessor;
import dev.livefeed.app.route.convert.EventConverters;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.status.Maintenance;
import dev.livefeed.protocol.status.Status;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps of the status and errors routes: their order, and what a failing one keeps from the others. */
class StatusRoutesTest extends ShippedRoutesTestSupport {

    private static final List<String> OF_A_STATUS = List.of(
            "instrumentRelease.status",
            "market.status",
            "strategies.status",
            "historyWorker.status",
            "subscriptions.status",
            "statusLog.status",
            "stream.status");
    private static final List<String> OF_AN_ERROR =
            List.of("subscriptions.failure", "historyWorker.failure", "statusLog.failure", "stream.failure");

    private final RecordedSteps steps = new RecordedSteps();
    private final DeadLetters letters = new DeadLetters(text -> text);

    StatusRoutesTest() {
        super("status", "dead-letter");
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.withMockEndpointsAndSkip("direct:(stream|maintenance)");
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
    void start() {
        EventConverters.in(context);
        RecordedSteps.Bean stream = steps.bean("stream");
        getMockEndpoint("mock:direct:stream").whenAnyExchangeReceived(exchange -> {
            Object body = exchange.getMessage().getBody();
            if (body instanceof Failure) {
                stream.failure(body);
            } else {
                stream.status(body);
            }
        });
        RecordedSteps.Bean maintenance = steps.bean("maintenance");
        getMockEndpoint("mock:direct:maintenance")
                .whenAnyExchangeReceived(
                        exchange -> maintenance.status(exchange.getMessage().getBody()));
    }

    private static Status status(String word) {
        return Status.of(word, Status.Head.of("feed", "BTCUSDT", "trades", "why"), Map.of());
    }

    private static Failure failure() {
        return new Failure("no such topic", "refused", "BTCUSDT", "trades", null, false);
    }

    @Test
    void everyStepTakesTheSameStatusInItsOrder() {
        Status connected = status("connected");

        template.sendBody("direct:status", connected);

        assertThat(steps.names()).isEqualTo(OF_A_STATUS);
        assertThat(steps.calls()).allSatisfy(call -> assertThat(call.body()).isSameAs(connected));
        assertThat(letters.total()).isZero();
    }

    @Test
    void everyStepTakesTheSameErrorInItsOrder() {
        Failure failure = failure();

        template.sendBody("direct:errors", failure);

        assertThat(steps.names()).isEqualTo(OF_AN_ERROR);
        assertThat(steps.calls()).allSatisfy(call -> assertThat(call.body()).isSameAs(failure));
        assertThat(letters.total()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "instrumentRelease.status",
                "market.status",
                "strategies.status",
                "historyWorker.status",
                "subscriptions.status",
                "statusLog.status",
                "stream.status"
            })
    void aStepThatFailsIsCalledOnceAndKeepsTheStatusFromTheStepsBehindIt(String step) {
        steps.fail(step);

        template.sendBody("direct:status", status("maintenance"));

        assertThat(steps.names()).isEqualTo(OF_A_STATUS.subList(0, OF_A_STATUS.indexOf(step) + 1));
        assertLetter("status", step, "{\"type\":\"status\",\"status\":\"maintenance\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"subscriptions.failure", "historyWorker.failure", "statusLog.failure", "stream.failure"})
    void aStepThatFailsIsCalledOnceAndKeepsTheErrorFromTheStepsBehindIt(String step) {
        steps.fail(step);

        template.sendBody("direct:errors", failure());

        assertThat(steps.names()).isEqualTo(OF_AN_ERROR.subList(0, OF_AN_ERROR.indexOf(step) + 1));
        assertLetter("errors", step, "{\"type\":\"error\"");
    }

    private void assertLetter(String route, String step, String line) {
        assertThat(letters.last()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(DeadLetters.STEP_FAILED);
            assertThat(letter.message()).startsWith("route " + route + ": ").contains(step + " does not work");
            assertThat(letter.line()).startsWith(line);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connected",
                "disconnected",
                "closed",
                "throttled",
                "degraded",
                "subscribed",
                "unsubscribed",
                "resyncing",
                "synced",
                "gap",
                "delisting",
                "ended",
                "exhausted",
                "heartbeat",
                "mood"
            })
    void noOtherStatusIsMaintenance(String word) throws Exception {
        MockEndpoint maintenance = getMockEndpoint("mock:direct:maintenance");
        maintenance.expectedMessageCount(0);

        template.sendBody("direct:status", status(word));

        maintenance.assertIsSatisfied(1);
        assertThat(steps.names()).isEqualTo(OF_A_STATUS);
        assertThat(letters.total()).isZero();
    }

    @Test
    void maintenanceHasItsRouteAfterTheStream() throws Exception {
        template.sendBody("direct:status", status("maintenance"));

        assertThat(steps.names()).startsWith(OF_A_STATUS.toArray(String[]::new)).endsWith("maintenance.status");
        assertThat(steps.names()).hasSize(OF_A_STATUS.size() + 1);
        assertThat(steps.calls().get(OF_A_STATUS.size()).body()).isInstanceOf(Maintenance.class);
    }

    @Test
    void aMaintenanceRouteThatFailsKeepsTheStatusFromNoOtherStep() {
        steps.fail("maintenance.status");

        template.sendBody("direct:status", status("maintenance"));
        template.sendBody("direct:status", status("connected"));

        assertThat(steps.names().subList(0, OF_A_STATUS.size())).isEqualTo(OF_A_STATUS);
        assertThat(steps.names().subList(OF_A_STATUS.size() + 1, steps.names().size()))
                .isEqualTo(OF_A_STATUS);
        assertLetter("status", "maintenance.status", "{\"type\":\"status\",\"status\":\"maintenance\"");
    }
}
