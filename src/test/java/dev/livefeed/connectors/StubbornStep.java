package dev.livefeed.connectors;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A step that does not return from the event whose id is 300, whatever one does to its thread. */
public final class StubbornStep implements Processor {

    @Override
    public void process(Exchange exchange) {
        boolean held = exchange.getMessage().getBody(String.class).contains("\"id\":\"300\"");
        long until = System.nanoTime() + 600_000_000_000L;
        while (held && System.nanoTime() < until) {
            try {
                Thread.sleep(1_000);
            } catch (InterruptedException e) {
                // That is what it is about.
            }
        }
    }
}
