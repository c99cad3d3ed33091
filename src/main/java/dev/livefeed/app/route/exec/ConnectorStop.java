package dev.livefeed.app.route.exec;

import dev.livefeed.app.process.Supervisor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Stops the connector process when its route stops or is reloaded. Camel calls this after stopping the consumer and
 * before waiting for the exchange, which lasts as long as the process. As a step it does nothing.
 */
public final class ConnectorStop extends ServiceSupport implements Processor, ShutdownPrepared {

    private static final String ROUTE = "connector";
    private static final Duration AT_MOST = Duration.ofSeconds(1);
    private static final long LOOK_MILLIS = 10;

    private final Supervisor supervisor;

    public ConnectorStop(Supervisor supervisor) {
        this.supervisor = supervisor;
    }

    /**
     * Waits, for a moment, until the exchanges of the stopped processes have left their routes. Camel looks for
     * exchanges once a second: if it finds one at its first look, the whole stop takes a second longer.
     */
    public static void awaitExchanges(CamelContext context, List<Supervisor> supervisors) {
        long end = System.nanoTime() + AT_MOST.toNanos();
        try {
            while (supervisors.stream().anyMatch(Supervisor::stopsProcess)
                    && context.getRoutes().stream()
                            .map(Route::getRouteId)
                            .filter(id -> id.startsWith(ROUTE))
                            .anyMatch(id -> context.getInflightRepository().size(id) > 0)
                    && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void process(Exchange exchange) {
        // Only its lifecycle matters.
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        supervisor.stop();
    }

    @Override
    protected void doStart() {
        supervisor.resume();
    }
}
