package dev.livefeed.jar;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;

/** A custom bean that starts and ends Camel contexts of its own until the JVM ends. */
public final class OtherContexts {

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "other-contexts");
        daemon.setDaemon(true);
        return daemon;
    });

    public OtherContexts() {
        thread.scheduleWithFixedDelay(OtherContexts::startAndEnd, 0, 20, TimeUnit.MILLISECONDS);
    }

    private static void startAndEnd() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.start();
        context.stop();
    }
}
