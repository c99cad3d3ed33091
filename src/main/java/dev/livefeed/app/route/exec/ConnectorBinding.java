package dev.livefeed.app.route.exec;

import org.apache.camel.Exchange;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecEndpoint;
import org.apache.camel.component.exec.impl.DefaultExecBinding;

/** Passes Camel's redelivery counter to the {@link ConnectorExecutor}, which has no access to the exchange. */
public final class ConnectorBinding extends DefaultExecBinding {

    @Override
    public ExecCommand readInput(Exchange exchange, ExecEndpoint endpoint) {
        int redeliveries = exchange.getIn().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
        return new ConnectorRun(super.readInput(exchange, endpoint), redeliveries);
    }
}
