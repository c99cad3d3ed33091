package dev.livefeed.app.route.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.route.EventDataFormat;
import dev.livefeed.app.route.simple.ExactSimpleLanguage;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Times;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples find steps that throw, and have no effect. */
class SampleRunTest {

    private static final InstrumentId BTC = InstrumentId.of("x", "linear", "BTCUSDT");
    private static final InstrumentId ETH = InstrumentId.of("x", "linear", "ETHUSDT");

    private static final String EVENTS =
            """
            - route:
                id: events
                from:
                  uri: direct:events
                  steps:
                    - unmarshal: {custom: {ref: connectorJson}}
                    - to: direct:%s
            """;

    @TempDir
    private Path folder;

    private final AtomicInteger calls = new AtomicInteger();

    /** A bean of a user. */
    public final class Mine {
        public void take(Object body) {
            calls.incrementAndGet();
        }

        public String change(Object body) {
            calls.incrementAndGet();
            return "x";
        }
    }

    private List<SampleFault> faults(String name, String route) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.disableJMX();
            context.setAutoStartup(false);
            context.getRegistry().bind(ExactSimpleLanguage.NAME, new ExactSimpleLanguage());
            context.getRegistry().bind("mine", new Mine());
            EventDataFormat format = new EventDataFormat();
            format.setReader(() -> new EventReader(List.of("BTCUSDT", "ETHUSDT"), false, Times::nowMicros));
            format.setRedaction(event -> event);
            format.setRecorder(event -> event);
            context.getRegistry().bind("connectorJson", format);
            context.start();
            SampleRun run = new SampleRun();
            run.observe(context);
            String text = (EVENTS.formatted(name) + route).replace("FOLDER", folder.toString());
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("events.camel.yaml", text));
            return run.send(context, List.of(BTC, ETH));
        }
    }

    private static String route(String steps) {
        return """
                - route:
                    id: mine
                    from:
                      uri: direct:mine
                      steps:
                """
                + steps.indent(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- filter:\n    simple: \"${body.nosuch} > 5\"\n    steps: [{log: x}]",
                "- setBody:\n    simple: \"${body.nosuch}\"",
                "- setBody: {simple: \"${body.nosuch}\"}",
                "- filter: {simple: \"${body.nosuch} > 5\", steps: [{log: x}]}",
                "- log: \"${body.nosuch}\"",
                "- setHeader:\n    name: a\n    simple: \"${body.id.nosuch}\"",
                "- bean:\n    ref: mine\n    method: \"take(${body.nosuch})\"",
                "- loop:\n    doWhile: true\n    simple: \"${body.nosuch} == 1\"\n    steps: [{log: x}]",
                "- validate:\n    simple: \"${body.nosuch} == 1\"",
            })
    void aStepThatThrowsIsFoundWithItsLine(String step) throws Exception {
        assertThat(faults("mine", route(step))).first().satisfies(fault -> {
            assertThat(fault.file()).isEqualTo("events.camel.yaml");
            assertThat(fault.line()).isEqualTo(13);
            assertThat(fault.reason()).contains("nosuch").contains("sample (trade");
        });
        assertThat(calls).hasValue(0);
    }

    /** A route may tell instruments apart. */
    @Test
    void aStepForAnotherInstrumentIsTriedToo() throws Exception {
        String step = "- filter:\n    simple: \"${body.symbol} == 'ETHUSDT'\"\n"
                + "    steps: [{setBody: {simple: \"${body.nosuch}\"}}]";

        assertThat(faults("mine", route(step))).first().satisfies(fault -> assertThat(fault.reason())
                .contains("nosuch")
                .contains(" of ETHUSDT)"));
    }

    @Test
    void theConditionOfAChoiceThatThrowsIsFound() throws Exception {
        List<SampleFault> faults = faults(
                "mine",
                route(
                        """
                - choice:
                    when:
                      - simple: "${body.class.simpleName} == 'Depth'"
                        steps: [{log: depth}]
                      - simple: "${body.price} > 5"
                        steps: [{log: price}]
                """));

        assertThat(faults).isNotEmpty().allSatisfy(fault -> {
            assertThat(fault.line()).isEqualTo(17);
            assertThat(fault.reason()).doesNotContain("sample (trade").doesNotContain("of depth)");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- filter: {simple: \"${body.type} == 'x' && ${header.symbol} == 5\", steps: [{log: x}]}",
                "- filter: {simple: \"${header.type} == 'trade' && ${body.id} == 12345678901234567890\", steps: "
                        + "[{log: x}]}",
                "- doTry: {steps: [{setBody: {simple: \"${body.nosuch}\"}}],"
                        + " doCatch: [{exception: [java.lang.Exception], steps: [{log: x}]}]}",
                "- validate: {simple: \"${header.type} == 'mood'\"}",
                "- throwException: {exceptionType: java.lang.IllegalStateException, message: meant}",
                "- bean: {ref: mine, method: change}\n- setBody: {simple: \"${body.nosuch}\"}",
                "- to: exec:nosuch\n- setBody: {simple: \"${body.nosuch}\"}",
                "- setBody: {simple: \"${bean:mine?method=change}\"}\n- setBody: {simple: \"${body.nosuch}\"}",
                "- loop: {doWhile: true, simple: \"${header.type} != 'never'\", steps: [{log: x}]}",
                "- delay: {constant: 60000}",
                "- split: {simple: \"${body}\", steps: [{log: \"${body}\"}]}",
            })
    void whatDoesNotThrowOrIsUnknownIsNoFault(String steps) throws Exception {
        assertThat(faults("mine", route(steps))).isEmpty();
        assertThat(calls).hasValue(0);
    }

    @Test
    void stepsBehindHarmlessOnesAreReached() throws Exception {
        List<SampleFault> faults = faults(
                "mine",
                route(
                                """
                - bean: {ref: mine, method: take}
                - to: "file:FOLDER/out"
                - to: "seda:other"
                - wireTap: {uri: "direct:tapped"}
                - setBody: {simple: "${body.nosuch}"}
                """)
                        + """
                - route: {id: other, from: {uri: "seda:other", steps: [{setBody: {simple: "${body.other}"}}]}}
                - route: {id: tapped, from: {uri: "direct:tapped", steps: [{setBody: {simple: "${body.tapped}"}}]}}
                """);

        assertThat(faults).extracting(SampleFault::reason).anyMatch(text -> text.contains("nosuch"));
        assertThat(faults).extracting(SampleFault::reason).anyMatch(text -> text.contains("other"));
        assertThat(faults).extracting(SampleFault::reason).anyMatch(text -> text.contains("tapped"));
        assertThat(calls).hasValue(0);
        assertThat(Files.list(folder)).isEmpty();
    }

    @Test
    void parametersOfATemplateAreKnown() throws Exception {
        String template =
                """
                - routeTemplate:
                    id: words
                    parameters: [{name: word}]
                    route:
                      from:
                        uri: direct:mine
                        steps:
                          - log: "{{word}} ${body}"
                          - bean: {ref: mine, method: "take(${body}, '{{word}}')"}
                          - choice:
                              when:
                                - simple: "${header.type} == '{{word}}'"
                                  steps: [{log: x}]
                                - simple: "${body.nosuch} == '{{word}}'"
                                  steps: [{log: x}]
                - templatedRoute:
                    routeTemplateRef: words
                    routeId: mine
                    parameters: [{name: word, value: hello}]
                """;

        assertThat(faults("mine", template)).isNotEmpty().allSatisfy(fault -> assertThat(fault.line())
                .isEqualTo(21));
        assertThat(faults("mine", template.replace(".nosuch", ".type"))).isEmpty();
    }

    @Test
    void everyLineIsValid() throws Exception {
        EventReader reader = new EventReader(List.of("BTCUSDT"), false, Times::nowMicros);

        for (byte[] line : SampleLines.of("BTCUSDT", System.currentTimeMillis()).values()) {
            assertThat(reader.read(line))
                    .as(new String(line, StandardCharsets.UTF_8))
                    .isNotNull();
        }
    }
}
