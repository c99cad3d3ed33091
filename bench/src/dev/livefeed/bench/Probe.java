package dev.livefeed.bench;

import dev.livefeed.protocol.model.Event;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The step that is added behind the market in the routes: counts what comes there. */
public final class Probe implements Processor {

    @Override
    public void process(Exchange exchange) {
        One.ARRIVALS.event((Event) exchange.getMessage().getBody());
    }

    /** Trades and depth come on one thread and are counted together; made with the first event. */
    private static final class One {

        static final Arrivals ARRIVALS = new Arrivals(new EventCount(ProbeFile.ofThisProcess()));
    }
}
