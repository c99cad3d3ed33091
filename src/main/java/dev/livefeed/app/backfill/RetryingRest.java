package dev.livefeed.app.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.backfill.RestException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again what may pass: at most {@link #ATTEMPTS} times, later and later, not before the exchange wants it, not
 * while the circuit is open, and never faster than ten requests a second.
 */
final class RetryingRest implements Rest {

    static final int ATTEMPTS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(RetryingRest.class);
    private static final long FIRST_BACKOFF = 500;
    private static final long MAX_BACKOFF = 10_000;
    private static final long MAX_WAIT = 15 * 60_000L;
    private static final long BETWEEN = 100;

    private final Rest rest;
    private final CircuitBreaker circuit;
    private final Sleeper pause;

    RetryingRest(Rest rest, CircuitBreaker circuit, Sleeper pause) {
        this.rest = rest;
        this.circuit = circuit;
        this.pause = pause;
    }

    @Override
    public synchronized JsonNode get(String pathAndQuery) throws RestException, InterruptedException {
        long backoff = FIRST_BACKOFF;
        for (int attempt = 1; ; attempt++) {
            pause.millis(Math.max(BETWEEN, circuit.waitMillis()));
            try {
                JsonNode answer = rest.get(pathAndQuery);
                circuit.success();
                return answer;
            } catch (RestException e) {
                if (e.kind() == Kind.REFUSED) {
                    circuit.success();
                    throw e;
                }
                circuit.failure();
                if (e.kind() == Kind.BLOCKED || attempt == ATTEMPTS) {
                    throw e;
                }
                long asked = e.notBefore() == null ? 0 : e.notBefore().toMillis();
                long wait = Math.min(MAX_WAIT, Math.max(backoff, asked));
                LOG.info("rest_retry attempt={} retry_delay_ms={} reason=\"{}\"", attempt, wait, e.getMessage());
                pause.millis(wait);
                backoff = Math.min(MAX_BACKOFF, backoff * 2);
            }
        }
    }

    CircuitBreaker circuit() {
        return circuit;
    }
}
