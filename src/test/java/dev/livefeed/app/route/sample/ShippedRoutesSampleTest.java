package dev.livefeed.app.route.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.app.route.simple.ExactSimpleLanguage;
import dev.livefeed.app.route.sink.BufferComponent;
import dev.livefeed.app.sink.DiskLimits;
import dev.livefeed.app.sink.SinkBuffers;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Times;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Samples reach the steps of the shipped route files, each type of event in the file that handles it. */
class ShippedRoutesSampleTest {

    private static final String FIRST_STEP = "\n      steps:\n";

    @ParameterizedTest
    @CsvSource({
        "adl, risk",
        "insurance, risk",
        "price_limit, risk",
        "rpi_depth, rpi-depth",
        "order, account",
        "execution, account",
        "booking, account",
        "position, account",
        "wallet, account"
    })
    void aMisspeltFieldIsFound(String type, String file) throws Exception {
        String shipped = text(file);
        String step = "        - filter:\n            simple: \"${header.type} == '" + type + "'\"\n"
                + "            steps: [{log: \"${body.%s}\"}]\n";

        assertThat(faults(file, shipped.replace(FIRST_STEP, FIRST_STEP + step.formatted("type"))))
                .isEmpty();
        assertThat(faults(file, shipped.replace(FIRST_STEP, FIRST_STEP + step.formatted("nosuchfield"))))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.file()).isEqualTo(file + ".camel.yaml");
                    assertThat(fault.reason()).contains("nosuchfield");
                });
    }

    private static String text(String file) throws Exception {
        return Files.readString(Path.of("routes", file + ".camel.yaml"));
    }

    private static List<SampleFault> faults(String file, String text) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.disableJMX();
            context.setAutoStartup(false);
            var registry = context.getRegistry();
            registry.bind(ExactSimpleLanguage.NAME, new ExactSimpleLanguage());
            registry.bind("eventReader", (Supplier<EventReader>)
                    () -> new EventReader(List.of("BTCUSDT"), false, Times::nowMicros));
            registry.bind("eventRedaction", UnaryOperator.<Event>identity());
            registry.bind("eventRecorder", UnaryOperator.<Event>identity());
            registry.bind("deadLetter", (Processor) exchange -> {});
            SinkBuffers none = new SinkBuffers(Path.of("unused"), DiskLimits.ofMegabytes(1, 0));
            registry.bind(BufferComponent.NAME, new BufferComponent(none, Set.of()));
            context.start();
            SampleRun run = new SampleRun();
            run.observe(context);
            var loader = PluginHelper.getRoutesLoader(context);
            String events = text("events").replaceAll("(?m)^.*#eventTimeCheck.*\n", "");
            loader.loadRoutes(
                    ResourceHelper.fromString("dead-letter.camel.yaml", text("dead-letter")),
                    ResourceHelper.fromString("events.camel.yaml", events),
                    ResourceHelper.fromString(file + ".camel.yaml", text));
            return run.send(context, List.of(InstrumentId.of("x", "linear", "BTCUSDT")));
        }
    }
}
