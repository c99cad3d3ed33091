package dev.livefeed.app.route.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.livefeed.app.sink.DiskLimits;
import dev.livefeed.app.sink.SinkBuffers;
import dev.livefeed.protocol.codec.EventWriter;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the step {@code buffer:sinks} costs the thread of the feed: memory that it allocates for each event. */
class SinkCostTest {

    private static final int EVENTS = 5_000;
    private static final int ROUNDS = 10;
    private static final int MORE = 4;
    private static final Trade TRADE = new Trade(
            "BTCUSDT",
            "linear",
            "6f0f4f4c-8d5e-5a53-9d5f-0c5a6c1f3a77",
            1_795_564_800_000_000L,
            new BigDecimal("61234.50"),
            new BigDecimal("0.015"),
            Side.BUY,
            12_345_678L,
            false,
            false,
            1_795_564_800_000_456L,
            true);

    @TempDir
    private Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private SinkBuffers buffers;
    private AsyncProducer step;
    private Exchange exchange;

    @BeforeEach
    void start() throws Exception {
        buffers = new SinkBuffers(folder, DiskLimits.ofMegabytes(100, 0));
        context.disableJMX();
        context.getRegistry().bind(BufferComponent.NAME, new BufferComponent(buffers, Set.of("trade")));
        context.start();
        step = context.getEndpoint("buffer:sinks").createAsyncProducer();
        step.start();
        exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(TRADE);
    }

    @AfterEach
    void stop() throws Exception {
        step.stop();
        context.close();
        buffers.close();
    }

    /** Bytes for each event, of the round that took least: in others the compiler may still be at work. */
    private double allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 1; round <= ROUNDS; round++) {
            long before = threads.getThreadAllocatedBytes(id);
            for (int i = 0; i < EVENTS; i++) {
                step.process(exchange, done -> {});
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
            await().until(() -> buffers.views().stream()
                    .allMatch(view -> view.waiting().events()
                            == view.counters().taken() - view.counters().delivered()));
        }
        assertThat(buffers.views())
                .allMatch(view ->
                        view.counters().taken() % EVENTS == 0 && view.counters().lost() == 0);
        return (double) least / EVENTS;
    }

    @Test
    void withoutASinkAndForOtherTypesNothingIsAllocated() {
        assertThat(allocated()).as("bytes without a sink").isLessThan(1);
        buffers.buffer("s", Set.of("depth"));
        assertThat(allocated()).as("bytes with a sink of other types").isLessThan(1);
    }

    @Test
    void anEventIsWrittenOnceForAllSinks() {
        int line = EventWriter.text(TRADE).getBytes(StandardCharsets.UTF_8).length;
        buffers.buffer("s", Set.of("trade"));
        double one = allocated();
        assertThat(one).as("bytes with one sink, of a line of %d", line).isBetween((double) line, line + 300.0);
        for (int i = 1; i <= MORE; i++) {
            buffers.buffer("s" + i, Set.of("trade"));
        }
        assertThat((allocated() - one) / MORE).as("bytes for each further sink").isLessThan(100);
    }
}
