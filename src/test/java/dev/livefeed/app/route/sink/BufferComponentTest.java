package dev.livefeed.app.route.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.livefeed.app.route.convert.LineConverters;
import dev.livefeed.app.sink.DiskLimits;
import dev.livefeed.app.sink.SinkBuffers;
import dev.livefeed.app.sink.SinkView;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code buffer:} component: batches come in order, again until they are taken, and over edits and restarts. */
class BufferComponentTest {

    private static final String SEND =
            """
            - route:
                id: send
                from:
                  uri: direct:send
                  steps:
                    - to: buffer:sinks
            """;
    private static final String SINK =
            """
            - routeConfiguration:
                id: patient
                onException:
                  - onException:
                      exception: [java.lang.Exception]
                      redeliveryPolicy:
                        maximumRedeliveries: -1
                        redeliveryDelay: "20"
                        allowRedeliveryWhileStopping: false
                        retryAttemptedLogLevel: TRACE
                        logStackTrace: false
            - route:
                id: sink
                routeConfigurationId: "%s"
                description: version %d
                from:
                  uri: buffer:s
                  parameters: {types: trade, maxBatch: 10, maxWait: 20ms}
                  steps:
                    - convertBodyTo: {type: String}
                    - process: {ref: sink}
            """;

    @TempDir
    private Path folder;

    private DefaultCamelContext context;
    private SinkBuffers buffers;
    private final List<String> got = new CopyOnWriteArrayList<>();
    private final List<Long> numbers = new CopyOnWriteArrayList<>();
    private volatile boolean down;
    private volatile CountDownLatch held = new CountDownLatch(0);

    @BeforeEach
    void start() throws Exception {
        buffers = new SinkBuffers(folder, DiskLimits.ofMegabytes(1, 0));
        context = new DefaultCamelContext();
        context.disableJMX();
        context.getShutdownStrategy().setTimeout(3);
        context.getRegistry().bind(BufferComponent.NAME, new BufferComponent(buffers, Set.of("trade")));
        context.getRegistry().bind("sink", (org.apache.camel.Processor) this::take);
        LineConverters.in(context);
        context.start();
        load("send", SEND);
    }

    private void take(Exchange exchange) throws Exception {
        held.await(20, TimeUnit.SECONDS);
        if (down) {
            throw new ConnectException("Connection refused");
        }
        String[] lines = exchange.getMessage().getBody(String.class).split("\n");
        got.addAll(Arrays.asList(lines));
        long first = exchange.getMessage().getHeader(BufferConsumer.FIRST, Long.class);
        assertThat(exchange.getMessage().getHeader(BufferConsumer.COUNT)).isEqualTo(lines.length);
        IntStream.range(0, lines.length).forEach(i -> numbers.add(first + i));
    }

    @AfterEach
    void stop() throws Exception {
        held.countDown();
        context.close();
        buffers.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }

    private void load(String name, String text) throws Exception {
        RoutesLoader loader = PluginHelper.getRoutesLoader(context);
        loader.updateRoutes(ResourceHelper.fromString(name + ".yaml", text));
    }

    private void sink(String configuration, int version) throws Exception {
        load("sink", SINK.formatted(configuration, version));
    }

    private void send(int first, int last) {
        var template = context.createProducerTemplate();
        IntStream.rangeClosed(first, last)
                .forEach(number -> template.sendBodyAndHeader("direct:send", line(number), "type", "trade"));
    }

    private static String line(int number) {
        return "{\"type\":\"trade\",\"id\":\"" + number + "\"}";
    }

    private static List<String> lines(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(BufferComponentTest::line)
                .toList();
    }

    private SinkView view() {
        return buffers.views().get(0);
    }

    @Test
    void withoutASinkNothingIsStored() {
        send(1, 3);
        assertThat(buffers.views()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void batchesComeInOrderWithTheirNumbers() throws Exception {
        sink("patient", 1);
        send(1, 100);
        soon().until(() -> got.size() >= 100);
        assertThat(got).isEqualTo(lines(1, 100));
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, 100).asLongStream().boxed().toList());
        assertThat(view().fed()).isTrue();
        assertThat(view().read()).isTrue();
    }

    @Test
    void aFailingSinkGetsTheSameBatchAgainEvenWithoutARedeliveryPolicy() throws Exception {
        down = true;
        sink("none", 1);
        send(1, 30);
        soon().until(() -> view().failures().since() != null);
        assertThat(view().failures().last()).isEqualTo("ConnectException: Connection refused");
        down = false;
        soon().until(() -> got.size() >= 30);
        assertThat(got).isEqualTo(lines(1, 30));
        soon().until(() -> view().failures().since() == null && view().waiting().events() == 0);
    }

    @Test
    void editsLoseAndRepeatNothing() throws Exception {
        sink("patient", 1);
        for (int round = 0; round < 10; round++) {
            send(round * 50 + 1, round * 50 + 50);
            sink("patient", round + 2);
        }
        soon().until(() -> got.size() >= 500);
        assertThat(got).isEqualTo(lines(1, 500));
    }

    @Test
    void aSinkThatIsDownWhileItsRouteIsEditedKeepsItsEvents() throws Exception {
        down = true;
        sink("patient", 1);
        send(1, 20);
        soon().until(() -> view().failures().since() != null);
        sink("patient", 2);
        send(21, 40);
        down = false;
        soon().until(() -> got.size() >= 40);
        assertThat(got).isEqualTo(lines(1, 40));
    }

    @Test
    void twoVersionsOfARouteDoNotDeliverAtTheSameTime() throws Exception {
        held = new CountDownLatch(1);
        sink("patient", 1);
        send(1, 5);
        soon().until(() -> view().waiting().events() == 5);
        sink("patient", 2); // the first version is interrupted after the timeout
        held.countDown();
        soon().until(() -> view().waiting().events() == 0);
        assertThat(got).isEqualTo(lines(1, 5));
    }

    @Test
    void aRestartDeliversWhatWasWaiting() throws Exception {
        down = true;
        sink("patient", 1);
        send(1, 30);
        soon().until(() -> view().waiting().events() == 30);
        stop();
        down = false;
        start();
        sink("patient", 1);
        send(31, 40);
        soon().until(() -> got.size() >= 40);
        assertThat(got).isEqualTo(lines(1, 40));
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, 40).asLongStream().boxed().toList());
    }

    /** Clients could not tell its topic, and would try it forever. */
    @Test
    void whatIsNoLineIsNotStored() throws Exception {
        sink("patient", 1);
        var template = context.createProducerTemplate();
        send(1, 1);
        assertThatThrownBy(() -> template.sendBodyAndHeader("direct:send", "BTC is up", "type", "trade"))
                .hasRootCauseMessage(
                        "the body for buffer:sinks must be one line of the protocol, but is not a JSON object: "
                                + "Unrecognized token 'BTC': was expecting (JSON String, Number, Array, Object or "
                                + "token 'null',"
                                + " 'true' or 'false')");
        template.sendBodyAndHeader("direct:send", line(2) + "\r\n", "type", "trade");
        send(3, 3);
        soon().until(() -> got.size() >= 3);
        assertThat(got).isEqualTo(lines(1, 3));
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> context.getEndpoint("buffer:A/b")).hasStackTraceContaining("it must match");
        assertThatThrownBy(() -> context.getEndpoint("buffer:s?types=trades"))
                .hasStackTraceContaining("comma-separated list of the types trade, depth");
        assertThatThrownBy(() -> context.getEndpoint("buffer:s?maxBatch=0")).hasStackTraceContaining("1 to 10000");
        assertThatThrownBy(() -> context.getEndpoint("buffer:other").createProducer())
                .hasMessageContaining("send to buffer:sinks");
        assertThatThrownBy(() -> context.getEndpoint("buffer:sinks").createConsumer(exchange -> {}))
                .hasMessageContaining("a sink has a name of its own");
    }
}
