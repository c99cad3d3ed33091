package dev.livefeed.app.route.sink;

import dev.livefeed.app.route.reload.RouteTrial;
import dev.livefeed.app.sink.LineBatch;
import dev.livefeed.app.sink.SinkBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/**
 * Delivers the lines of a buffer to its route in batches, one at a time and in order. A batch whose exchange fails is
 * delivered again; a stop leaves it in the buffer.
 */
final class BufferConsumer extends DefaultConsumer {

    /** Header: name of the sink. */
    static final String SINK = "CamelSinkName";
    /** Header: run of the application that has stored the lines; identifies a line together with its number. */
    static final String RUN = "CamelSinkRun";
    /** Header: sequence number of the first line. */
    static final String FIRST = "CamelSinkFirst";
    /** Header: sequence number of the last line. */
    static final String LAST = "CamelSinkLast";
    /** Header: number of lines. */
    static final String COUNT = "CamelSinkCount";

    private static final long LOOK_MILLIS = 200;
    private static final long RETRY_MILLIS = 1_000;

    private final BufferEndpoint endpoint;
    private ExecutorService executor;
    private CountDownLatch stopped;

    BufferConsumer(BufferEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        SinkBuffer buffer = endpoint.buffer();
        CountDownLatch end = new CountDownLatch(1);
        stopped = end;
        executor = endpoint.getCamelContext()
                .getExecutorServiceManager()
                .newSingleThreadExecutor(this, "buffer-" + buffer.name());
        executor.execute(() -> work(buffer, end));
    }

    /** Does not wait for the batch in delivery: Camel does, and then interrupts it. */
    @Override
    protected void doStop() throws Exception {
        if (executor != null) {
            stopped.countDown();
            executor.shutdown();
        }
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        if (executor != null) {
            endpoint.getCamelContext().getExecutorServiceManager().shutdownNow(executor);
            executor = null;
        }
        super.doShutdown();
    }

    private void work(SinkBuffer buffer, CountDownLatch end) {
        boolean mine = false;
        try {
            while (!mine && end.getCount() > 0) {
                mine = buffer.claim(LOOK_MILLIS);
            }
            while (mine && endpoint.getCamelContext().getStatus().isStarting() && end.getCount() > 0) {
                Thread.sleep(LOOK_MILLIS);
            }
            LineBatch batch = null;
            while (mine && end.getCount() > 0) {
                if (batch == null) {
                    batch = buffer.read(endpoint.getMaxBatch(), endpoint.maxWaitMillis(), LOOK_MILLIS);
                } else if (deliver(buffer, batch)) {
                    batch = null;
                } else {
                    end.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (mine) {
                buffer.release();
            }
        }
    }

    private boolean deliver(SinkBuffer buffer, LineBatch batch) {
        Exchange exchange = createExchange(false);
        try {
            Message message = exchange.getMessage();
            message.setBody(batch);
            message.setHeader(SINK, batch.name());
            message.setHeader(RUN, batch.run());
            message.setHeader(FIRST, batch.first());
            message.setHeader(LAST, batch.last());
            message.setHeader(COUNT, batch.size());
            buffer.delivering(
                    () -> reason(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class)));
            Throwable failure = process(exchange);
            if (failure == null) {
                buffer.delivered(batch);
            } else {
                buffer.failed(reason(failure));
            }
            return failure == null;
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private Throwable process(Exchange exchange) {
        try {
            getProcessor().process(exchange);
        } catch (Exception | LinkageError | StackOverflowError e) {
            return e;
        }
        return exchange.getException() == null && exchange.isRollbackOnly()
                ? new IllegalStateException("the route has marked the batch for rollback")
                : exchange.getException();
    }

    private static String reason(Throwable failure) {
        return failure == null ? null : failure.getClass().getSimpleName() + ": " + RouteTrial.oneLine(failure);
    }
}
