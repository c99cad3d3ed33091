package dev.livefeed.route;

import dev.livefeed.event.InvalidEventException;
import dev.livefeed.process.DeadLetters;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Turns a line that failed, and the exception it failed with, into a dead letter. */
public final class DeadLetterProcessor implements Processor {

    private static final int LOGGED_SINGLY = 10;
    private static final int THEN_EACH = 100;

    private final DeadLetters letters;

    public DeadLetterProcessor(DeadLetters letters) {
        this.letters = letters;
    }

    @Override
    public void process(Exchange exchange) {
        byte[] line = exchange.getMessage().getBody(byte[].class);
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String reason = DeadLetters.STEP_FAILED;
        String message = "no exception";
        if (cause instanceof InvalidEventException invalid) {
            reason = invalid.reason().toString();
            message = invalid.getMessage();
        } else if (cause != null) {
            String where = exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class);
            message = (where == null ? "" : "route " + where + ": ") + RouteTrial.oneLine(cause);
        }
        DeadLetters.Letter letter = letters.add(line, reason, message);
        long count = letters.byReason().getOrDefault(reason, 1L);
        exchange.getMessage().setBody(letter);
        exchange.getMessage().setHeader("deadLetterCount", count);
        exchange.getMessage().setHeader("deadLetterLog", count <= LOGGED_SINGLY || count % THEN_EACH == 0);
    }
}
