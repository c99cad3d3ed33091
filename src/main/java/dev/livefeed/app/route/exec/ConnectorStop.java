package dev.livefeed.app.route.exec;

import dev.livefeed.app.process.Supervisor;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Stops the connector process when its route stops or is reloaded. Camel calls this after stopping the consumer and
 * before waiting for the exchange, which lasts as long as the process. As a step it does nothing.
 */
public final class ConnectorStop extends ServiceSupport implements Processor, ShutdownPrepared {

    private final Supervisor supervisor;

    public ConnectorStop(Supervisor supervisor) {
        this.supervisor = supervisor;
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
