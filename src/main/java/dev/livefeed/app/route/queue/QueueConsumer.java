package dev.livefeed.app.route.queue;

import dev.livefeed.app.queue.BoundedQueue;
import dev.livefeed.app.queue.QueueDelivery;
import dev.livefeed.app.route.reload.RouteTrial;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.component.seda.SedaConsumer;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.ExchangeHelper;

/**
 * Delivers the events of a queue to its route one at a time, even with asynchronous steps. An event whose delivery is
 * interrupted by the stop of the route returns to the queue. At shutdown, waiting events are delivered for a few
 * seconds, until the first failure.
 */
final class QueueConsumer extends SedaConsumer {

    private static final long LOOK_MILLIS = 200;
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final QueueEndpoint endpoint;
    private final Set<QueueDelivery<Exchange>> loans = ConcurrentHashMap.newKeySet();
    private final AsyncProcessor delivery = new AsyncProcessorSupport() {
        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            try {
                sendToConsumers(exchange, callback);
            } catch (Exception e) {
                exchange.setException(e);
                callback.done(true);
                return true;
            }
            return false;
        }
    };

    private volatile CountDownLatch ended;
    private volatile boolean closing;
    private volatile boolean givenUp;
    private volatile long drainUntil;

    QueueConsumer(QueueEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        closing = false;
        givenUp = false;
        drainUntil = 0;
        ended = new CountDownLatch(endpoint.getConcurrentConsumers());
        super.doStart();
    }

    /** Only shutdown waits for queued events; an edit leaves them to the next route. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        if (endpoint.counted() == null) {
            return super.deferShutdown(task);
        }
        boolean drain = endpoint.getCamelContext().isStopping();
        if (drain) {
            drainUntil = System.nanoTime() + DRAIN_NANOS;
        }
        return drain;
    }

    @Override
    public int getPendingExchangesSize() {
        return endpoint.counted() == null || endpoint.isPurgeWhenStopping() || draining()
                ? super.getPendingExchangesSize()
                : 0;
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (endpoint.counted() == null) {
            super.prepareShutdown(suspendOnly, forced);
        } else if (!suspendOnly) {
            closing = true;
            if (!forced) {
                awaitThreads();
            }
        }
    }

    /** Bounded, unlike Camel's wait: a hanging step must not block an edit of the routes. */
    private void awaitThreads() {
        try {
            ended.await(DRAIN_NANOS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        // An uninterruptible thread must not keep the event from the next route.
        loans.forEach(QueueDelivery::giveBack);
    }

    @Override
    protected void doRun() {
        BoundedQueue<Exchange> queue = endpoint.counted();
        if (queue == null) {
            super.doRun();
            return;
        }
        queue.readers(1);
        try {
            while (isRunAllowed() && !(closing && (queue.isEmpty() || !draining()))) {
                if (resting()) {
                    Thread.sleep(LOOK_MILLIS);
                    continue;
                }
                QueueDelivery<Exchange> loan = queue.lend(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (loan != null) {
                    deliver(loan);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            queue.readers(-1);
            ended.countDown();
        }
    }

    private boolean resting() {
        return endpoint.getCamelContext().getStatus().isStarting()
                || isSuspendingOrSuspended()
                || isStarting()
                || (drainUntil != 0 && !draining());
    }

    private boolean draining() {
        return drainUntil != 0 && !givenUp && System.nanoTime() < drainUntil;
    }

    private boolean ending() {
        return closing || drainUntil != 0 || isSuspendingOrSuspended() || isStoppingOrStopped();
    }

    private void deliver(QueueDelivery<Exchange> loan) {
        Throwable failure;
        loans.add(loan);
        try {
            Exchange exchange = copy(loan.event());
            loan.watch(() -> reason(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class)));
            delivery.process(prepareExchange(exchange));
            failure = exchange.getException();
        } catch (Exception e) {
            failure = e;
        }
        settle(loan, failure);
        loans.remove(loan);
    }

    /** A copy for the route, so that the original event is unchanged if it must be delivered again. */
    private static Exchange copy(Exchange kept) {
        Exchange exchange = ExchangeHelper.createCopy(kept, true);
        List<Synchronization> completions = kept.getExchangeExtension().handoverCompletions();
        if (completions != null) {
            completions.forEach(exchange.getExchangeExtension()::addOnCompletion);
        }
        return exchange;
    }

    private void settle(QueueDelivery<Exchange> loan, Throwable failure) {
        if (failure == null) {
            loan.delivered();
        } else if (ending()) {
            givenUp = true;
            loan.giveBack();
        } else {
            loan.failed(reason(failure));
        }
    }

    private static String reason(Throwable failure) {
        return failure == null ? null : failure.getClass().getSimpleName() + ": " + RouteTrial.oneLine(failure);
    }
}
