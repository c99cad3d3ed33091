package dev.livefeed.app.route.strategy;

import dev.livefeed.app.route.EventDataFormat;
import dev.livefeed.app.route.reload.RouteTrial;
import dev.livefeed.app.strategy.Moment;
import dev.livefeed.app.strategy.Strategies;
import dev.livefeed.app.strategy.StrategyQueue;
import dev.livefeed.logging.LogVenue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers moments to one strategy route, one at a time, on its own thread. */
final class StrategyConsumer extends DefaultConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(StrategyConsumer.class);
    private static final long STOP_WAIT_SECONDS = 2;

    private final StrategyEndpoint endpoint;
    private final Strategies strategies;
    private StrategyQueue queue;
    private ExecutorService executor;

    StrategyConsumer(StrategyEndpoint endpoint, Processor processor, Strategies strategies) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.strategies = strategies;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        StrategyQueue mine = endpoint.queue(getRouteId());
        queue = mine;
        executor = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newSingleThreadExecutor(this, "strategy-" + getRouteId());
        executor.execute(() -> work(mine));
        strategies.listen(mine);
    }

    @Override
    protected void doStop() throws Exception {
        if (queue != null) {
            strategies.leave(queue);
            queue = null;
        }
        if (executor != null) {
            executor.shutdown();
            if (!executor.awaitTermination(STOP_WAIT_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
            executor = null;
        }
        super.doStop();
    }

    private void work(StrategyQueue from) {
        try {
            for (Moment moment = from.take(); moment != null; moment = from.take()) {
                LogVenue.Mark mark = LogVenue.of(moment.instrument().venue());
                try {
                    work(from, moment);
                } finally {
                    mark.end();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(StrategyQueue from, Moment moment) {
        Throwable failure = tell(moment);
        long failed = from.done(failure);
        if (failure != null && (failed <= 10 || failed % 100 == 0)) {
            LOG.warn(
                    "strategy_failed strategy={} symbol={} count={} reason=\"{}\"",
                    moment.strategy(),
                    moment.instrument().market(),
                    failed,
                    RouteTrial.oneLine(failure));
        }
    }

    /** Returns the failure, or null. */
    private Throwable tell(Moment moment) {
        Exchange exchange = createExchange(false);
        try {
            Message message = exchange.getMessage();
            message.setBody(moment);
            message.setHeader(EventDataFormat.TYPE, moment.kind());
            message.setHeader(EventDataFormat.SYMBOL, moment.symbol());
            getProcessor().process(exchange);
            Throwable failure = exchange.getException();
            return failure != null ? failure : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        } catch (Exception e) {
            return e;
        } finally {
            releaseExchange(exchange, false);
        }
    }
}
