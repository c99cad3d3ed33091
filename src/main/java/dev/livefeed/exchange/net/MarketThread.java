package dev.livefeed.exchange.net;

import dev.livefeed.exchange.engine.Exchange;
import dev.livefeed.exchange.market.SimulatedMarkets;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that owns the exchange: advances its time and runs the tasks of the I/O thread, in order. */
public final class MarketThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MarketThread.class);

    private final Exchange exchange;
    private final LongSupplier clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread named = new Thread(task, "exchange-market");
        named.setDaemon(true);
        return named;
    });

    /** @param clock milliseconds since 1970 */
    public MarketThread(Exchange exchange, LongSupplier clock) {
        this.exchange = exchange;
        this.clock = clock;
    }

    public void start() {
        Runnable step = guarded(owned -> owned.advance(clock.getAsLong()));
        thread.scheduleAtFixedRate(step, SimulatedMarkets.STEP, SimulatedMarkets.STEP, TimeUnit.MILLISECONDS);
    }

    /** Runs a task on this thread; it is dropped after {@link #close}. */
    public void run(Consumer<Exchange> task) {
        try {
            thread.execute(guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.trace("exchange is closed, request dropped");
        }
    }

    public long now() {
        return clock.getAsLong();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private Runnable guarded(Consumer<Exchange> task) {
        return () -> {
            try {
                task.accept(exchange);
            } catch (RuntimeException e) {
                LOG.error("exchange_step_failed: the market continues", e);
            }
        };
    }
}
