package dev.livefeed.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.spi.ShutdownStrategy;

/**
 * Keeps a JVM that shuts down from ending before the application has closed what it uses. Camel's own hook waits for
 * the end of any Camel context of the JVM, and each trial of edited routes has one.
 */
final class ShutdownHold implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);
    private Thread hook;

    /** Holds the JVM as long as Camel would at most: the time of its graceful shutdown and some more. */
    void hold(CamelContext context, MainConfigurationProperties configuration) {
        hook = new Thread(() -> await(context.getShutdownStrategy(), configuration), "shutdown-hold");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void await(ShutdownStrategy strategy, MainConfigurationProperties configuration) {
        long millis = strategy.getTimeUnit().toMillis(strategy.getTimeout())
                + TimeUnit.SECONDS.toMillis(configuration.getExtraShutdownTimeout());
        try {
            closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the JVM end. */
    @Override
    public void close() {
        closed.countDown();
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is shutting down.
            }
        }
    }
}
