package dev.livefeed.app.route.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.livefeed.app.queue.BoundedQueues;
import dev.livefeed.app.queue.QueueSubject;
import dev.livefeed.app.queue.QueueView;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The {@code seda:} component of this application: edits lose no events and keep their order. */
class QueueComponentTest {

    private static final String SEND =
            """
            - route:
                id: send
                from:
                  uri: direct:send
                  steps:
                    - to: {uri: "seda:q", parameters: {size: %d, discardWhenFull: true}}
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
                routeConfigurationId: patient
                description: version %d
                from:
                  uri: seda:q
                  steps:
                    - setHeader: {name: changed, constant: "yes"}
                    - process: {ref: sink}
            """;

    private final BoundedQueues<Exchange> queues = new BoundedQueues<>(QueueComponent::subject);
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<Integer> got = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    @BeforeEach
    void start() {
        context.disableJMX();
        context.getRegistry().bind(QueueComponent.NAME, new QueueComponent(queues));
        context.getRegistry().bind("sink", (org.apache.camel.Processor) exchange -> {
            if (down) {
                throw new java.net.ConnectException("Connection refused");
            }
            got.add(exchange.getMessage().getBody(Integer.class));
        });
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }

    private void load(String name, String text) throws Exception {
        RoutesLoader loader = PluginHelper.getRoutesLoader(context);
        loader.updateRoutes(ResourceHelper.fromString(name + ".yaml", text));
    }

    private void send(int first, int last) {
        var template = context.createProducerTemplate();
        IntStream.rangeClosed(first, last).forEach(number -> template.sendBody("direct:send", number));
    }

    private QueueView view() {
        return queues.queue("q", queues.views().get(0).capacity()).view();
    }

    private static List<Integer> range(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    private QueueSubject subject(String line) throws Exception {
        Exchange exchange = context.getEndpoint("direct:send").createExchange();
        Instruments both = new Instruments(
                "bybit",
                "linear",
                List.of(InstrumentId.of("bybit", "spot", "BTCUSDT"), InstrumentId.of("bybit", "linear", "BTCUSDT")));
        exchange.getMessage()
                .setBody(new EventReader(both, () -> false, () -> 1_700_000_000_000_000L)
                        .read(line.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        return QueueComponent.subject(exchange);
    }

    @Test
    void droppedEventsOfTwoCategoriesAreTwoSubjects() throws Exception {
        String trade = "{'type':'trade','symbol':'BTCUSDT','category':'%s','timestamp':1700000000000,'price':'1',"
                + "'qty':'1','side':'buy','id':'a'}";

        assertThat(subject(trade.formatted("spot")).symbol()).isEqualTo("spot:BTCUSDT");
        assertThat(subject(trade.formatted("linear")).symbol()).isEqualTo("linear:BTCUSDT");
        assertThat(subject("{'type':'execution','symbol':'BTCUSDT','category':'linear','timestamp':1700000000000,"
                                + "'id':'f','kind':'funding','fee':'1'}")
                        .symbol())
                .isEqualTo("linear:BTCUSDT");
    }

    @Test
    void editsWhileTheSinkIsDownLoseNothingAndKeepTheOrder() throws Exception {
        load("sink", SINK.formatted(1));
        load("send", SEND.formatted(1000));
        down = true;
        send(1, 100);
        soon().until(() -> view().failingSince() != null);

        load("sink", SINK.formatted(2));
        send(101, 200);
        load("send", SEND.formatted(1000));
        send(201, 300);
        for (String id : List.of("send", "sink")) {
            context.getRouteController().stopRoute(id);
            context.removeRoute(id);
        }
        queues.list(Instant.now());
        queues.list(Instant.now().plusSeconds(3600));
        assertThat(view().size()).isEqualTo(300);
        assertThat(view().readers()).isZero();
        load("sink", SINK.formatted(3));
        load("send", SEND.formatted(2000));
        send(301, 400);
        assertThat(view().size()).isEqualTo(400);
        assertThat(view().capacity()).isEqualTo(2000);
        down = false;

        soon().until(() -> view().size() == 0);
        assertThat(got).isEqualTo(range(1, 400));
        assertThat(view().delivered()).isEqualTo(400);
        assertThat(view().failed()).isZero();
    }

    @Test
    void sizeCanBeChangedWithoutLosingEvents() throws Exception {
        load("send", SEND.formatted(10));
        send(1, 10);
        load("send", SEND.formatted(5));
        send(11, 12);
        assertThat(view().dropped()).isEqualTo(2);
        load("send", SEND.formatted(20));
        send(13, 22);
        load("sink", SINK.formatted(1));

        soon().until(() -> view().size() == 0);
        assertThat(got)
                .isEqualTo(IntStream.concat(IntStream.rangeClosed(1, 10), IntStream.rangeClosed(13, 22))
                        .boxed()
                        .toList());
    }

    @Test
    void eventsAreDeliveredOneAtATimeWithAsynchronousSteps() throws Exception {
        context.getRegistry().bind("async", new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                int number = exchange.getMessage().getBody(Integer.class);
                CompletableFuture.delayedExecutor(number % 2 == 0 ? 0 : 20, TimeUnit.MILLISECONDS)
                        .execute(() -> {
                            got.add(number);
                            callback.done(false);
                        });
                return false;
            }
        });
        load("sink", SINK.formatted(1).replace("ref: sink", "ref: async"));
        load("send", SEND.formatted(1000));
        send(1, 50);

        soon().until(() -> view().size() == 0);
        assertThat(got).isEqualTo(range(1, 50));
    }

    @Test
    void eventOfAnUninterruptibleStepGoesToTheNextRoute() throws Exception {
        context.getShutdownStrategy().setTimeout(1);
        CountDownLatch stuck = new CountDownLatch(1);
        context.getRegistry().bind("stuck", (org.apache.camel.Processor) exchange -> {
            if (got.isEmpty()) {
                got.add(0);
                while (stuck.getCount() > 0) {
                    Thread.onSpinWait();
                }
            }
            got.add(exchange.getMessage().getBody(Integer.class));
        });
        load("sink", SINK.formatted(1).replace("ref: sink", "ref: stuck"));
        load("send", SEND.formatted(1000));
        send(1, 3);
        soon().until(() -> got.equals(List.of(0)));

        load("sink", SINK.formatted(2).replace("ref: sink", "ref: stuck"));
        soon().until(() -> got.equals(List.of(0, 1, 2, 3)));
        stuck.countDown();
        soon().until(() -> got.equals(List.of(0, 1, 2, 3, 1)));
        assertThat(view().delivered()).isEqualTo(3);
        assertThat(view().size()).isZero();
    }

    @Test
    void shutdownDeliversWaitingEvents() throws Exception {
        load("send", SEND.formatted(1000));
        send(1, 500);
        load("sink", SINK.formatted(1));
        context.stop();

        assertThat(got).isEqualTo(range(1, 500));
    }

    @Test
    void shutdownWithAFailingSinkKeepsTheCounts() throws Exception {
        load("sink", SINK.formatted(1));
        load("send", SEND.formatted(1000));
        down = true;
        send(1, 500);
        soon().until(() -> view().failingSince() != null);
        context.stop();

        assertThat(view().size()).isEqualTo(500);
        assertThat(view().failed()).isZero();
    }

    @Test
    void failedEventIsCounted() throws Exception {
        load("sink", SINK.formatted(1).replace("maximumRedeliveries: -1", "maximumRedeliveries: 1"));
        load("send", SEND.formatted(1000));
        down = true;
        send(1, 2);

        soon().until(() -> view().failed() == 2);
        assertThat(view().failure()).isEqualTo("ConnectException: Connection refused");
    }

    @Test
    void unusedQueueIsHiddenAfterAWhileAndComesBack() throws Exception {
        load("send", SEND.formatted(1000));
        context.getRouteController().stopRoute("send");
        context.removeRoute("send");
        Instant now = Instant.now();
        queues.list(now);
        queues.list(now.plusSeconds(30));
        assertThat(queues.views()).hasSize(1);

        queues.list(now.plusSeconds(90));
        assertThat(queues.views()).isEmpty();

        load("send", SEND.formatted(1000));
        send(1, 1);
        queues.list(now.plusSeconds(91));
        assertThat(queues.views()).hasSize(1);
        load("sink", SINK.formatted(1));
        soon().until(() -> got.equals(List.of(1)) && view().delivered() == 1);
    }
}
