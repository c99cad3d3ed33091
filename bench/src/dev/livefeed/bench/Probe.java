package dev.livefeed.bench;

import dev.livefeed.protocol.model.Event;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The step that is added after the market step of the routes and counts events. */
public final class Probe implements Processor {

    @Override
    public void process(Exchange exchange) {
        Holder.ARRIVALS.event((Event) exchange.getMessage().getBody());
    }

    /** Initialized by the first event; trades and depth arrive on one thread and are counted together. */
    private static final class Holder {

        static final Arrivals ARRIVALS = new Arrivals(new EventCount(ProbeFile.ofThisProcess()));
    }
}
