package dev.livefeed.app.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.livefeed.app.backfill.RestException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Time passes when somebody waits, and not otherwise. */
class RetryingRestTest {

    private static final JsonNode OK = JsonNodeFactory.instance.objectNode();

    private final List<Long> waits = new ArrayList<>();
    private final List<RestException> failures = new ArrayList<>();
    private long now;
    private int asked;
    private final CircuitBreaker circuit = new CircuitBreaker(60_000, () -> now);
    private final RetryingRest rest = new RetryingRest(this::answer, circuit, millis -> {
        waits.add(millis);
        now += millis;
    });

    private JsonNode answer(String path) throws RestException {
        asked++;
        if (!failures.isEmpty()) {
            throw failures.remove(0);
        }
        return OK;
    }

    @Test
    void whatMayPassIsAskedAgainLaterAndLater() throws Exception {
        passing(2);

        assertThat(rest.get("/")).isSameAs(OK);
        assertThat(asked).isEqualTo(3);
        assertThat(waits).containsExactly(100L, 500L, 100L, 1_000L, 100L);
    }

    @Test
    void theExchangeIsNotAskedBeforeItWants() throws Exception {
        failures.add(new RestException(Kind.PASSING, "slow down", Duration.ofSeconds(42)));

        rest.get("/");

        assertThat(waits).containsExactly(100L, 42_000L, 100L);
    }

    @Test
    void noWaitIsEndless() throws Exception {
        failures.add(new RestException(Kind.PASSING, "slow down", Duration.ofDays(9)));

        rest.get("/");

        assertThat(waits).containsExactly(100L, 900_000L, 100L);
    }

    @Test
    void theCircuitOpensLetsOneTryAndClosesAgain() throws Exception {
        passing(4);

        assertThat(rest.get("/")).isSameAs(OK);

        assertThat(asked).isEqualTo(5);
        // The third failure in a row opens it for 60 s, of which the backoff of 2 s is a part; so does the fourth.
        assertThat(waits).containsExactly(100L, 500L, 100L, 1_000L, 100L, 2_000L, 58_000L, 4_000L, 56_000L);
        assertThat(circuit.opened()).isEqualTo(2);
        assertThat(circuit.state()).isEqualTo("closed");
        waits.clear();
        rest.get("/");
        assertThat(waits).containsExactly(100L);
    }

    @Test
    void anOpenCircuitHoldsTheNextRequestBack() {
        passing(5);

        assertThat(catchThrowableOfType(RestException.class, () -> rest.get("/")))
                .hasMessage("no 5");
        assertThat(asked).isEqualTo(5);
        assertThat(circuit.state()).isEqualTo("open");
        assertThat(circuit.waitMillis()).isEqualTo(60_000);
        now += 60_000;
        assertThat(circuit.state()).isEqualTo("half-open");
    }

    @Test
    void whatIsRefusedIsNotAskedAgain() {
        failures.add(new RestException(Kind.REFUSED, "bad symbol", null));

        assertThat(catchThrowableOfType(RestException.class, () -> rest.get("/")))
                .hasMessage("bad symbol");
        assertThat(asked).isEqualTo(1);
        assertThat(circuit.state()).isEqualTo("closed");
    }

    @Test
    void whoIsNotServedAsksNoMore() {
        failures.add(new RestException(Kind.BLOCKED, "not here", null));

        assertThat(catchThrowableOfType(RestException.class, () -> rest.get("/")))
                .hasMessage("not here");
        assertThat(asked).isEqualTo(1);
    }

    private void passing(int count) {
        for (int i = 1; i <= count; i++) {
            failures.add(new RestException(Kind.PASSING, "no " + i, null));
        }
    }
}
