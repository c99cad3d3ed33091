package dev.livefeed.app.route;

import dev.livefeed.app.feed.DeadLetters;
import dev.livefeed.app.route.outcome.FailedRoute;
import dev.livefeed.app.route.reload.RouteTrial;
import dev.livefeed.logging.Occurrences;
import dev.livefeed.protocol.codec.InvalidEventException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Converts a failed line and its exception into a dead letter. Of each reason the first ten are logged, then the
 * hundredth, the thousandth and so on, plus one a minute while they continue.
 */
public final class DeadLetterProcessor implements Processor {

    private static final int LOGGED_SINGLY = 10;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_REASONS = 100;

    private final DeadLetters letters;
    private final LongSupplier nanos;
    /** When a letter of each reason was last logged. */
    private final Map<String, Long> loggedAt = new ConcurrentHashMap<>();

    public DeadLetterProcessor(DeadLetters letters) {
        this(letters, System::nanoTime);
    }

    /** @param nanos a monotonic clock */
    DeadLetterProcessor(DeadLetters letters, LongSupplier nanos) {
        this.letters = letters;
        this.nanos = nanos;
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
            String left = FailedRoute.route(exchange, cause);
            String where = left != null ? left : exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class);
            message = (where == null ? "" : "route " + where + ": ") + RouteTrial.oneLine(cause);
        }
        DeadLetters.Letter letter = letters.add(line, reason, message);
        long count = letters.count(reason);
        exchange.getMessage().setBody(letter);
        exchange.getMessage().setHeader("deadLetterCount", count);
        exchange.getMessage().setHeader("deadLetterLog", toBeLogged(reason, count));
    }

    private boolean toBeLogged(String reason, long count) {
        long now = nanos.getAsLong();
        Long last = loggedAt.get(reason);
        boolean due = last == null || now - last >= MINUTE;
        if (!due && count > LOGGED_SINGLY && !Occurrences.isLogged(count)) {
            return false;
        }
        if (last != null || loggedAt.size() < MAX_REASONS) {
            loggedAt.put(reason, now);
            return true;
        }
        return count <= LOGGED_SINGLY || Occurrences.isLogged(count);
    }
}
