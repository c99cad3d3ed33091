package dev.livefeed.connector.bybit.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.FakeNetwork;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.connector.session.Identifiers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestClientTest {

    private static final String PATH = "/v5/market/time";

    private final ManualTime time = new ManualTime();
    private final FakeNetwork network = new FakeNetwork();
    private final RestClient desk =
            new RestClient(settings(), network, time, new Identifiers(), new ConnectorCounters());
    private final List<String> told = new ArrayList<>();

    private static BybitSettings settings() {
        try {
            return BybitSettings.read(Map.of());
        } catch (ConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aLaterTooManyDoesNotLiftTheBan() {
        ask();
        ask();
        List<Integer> both = List.copyOf(network.askedElse.keySet());
        desk.answered(both.get(0), new HttpAnswer(403, 0, new byte[0]));
        desk.answered(both.get(1), new HttpAnswer(429, 0, new byte[0]));

        assertThat(pauseSeconds()).isEqualTo(600);
    }

    @Test
    void aResetTimeThatIsOverDoesNotKeepThePauseFromGrowing() {
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ask();
            tooMany(time.micros() / 1_000 - 5_000);
            pauses.add(pauseSeconds());
        }

        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        ask();
        desk.answered(question(), new HttpAnswer(200, 0, "{\"retCode\":0}".getBytes(StandardCharsets.UTF_8)));
        ask();
        tooMany(0);
        assertThat(pauseSeconds()).as("an answer has come").isEqualTo(1);
    }

    @Test
    void aResetTimeIsWaitedFor() {
        ask();
        tooMany(time.micros() / 1_000 + 7_000);

        assertThat(pauseSeconds()).isEqualTo(7);
    }

    @Test
    void refusalsOfWhatWasUnderWayTogetherAreOneWord() {
        for (int i = 0; i < 10; i++) {
            ask();
        }
        for (int request : List.copyOf(network.askedElse.keySet())) {
            desk.answered(request, new HttpAnswer(429, 0, new byte[0]));
        }

        assertThat(pauseSeconds()).isEqualTo(1);
    }

    @Test
    void whatMakesNoAddressFailsAndNothingElse() {
        desk.ask(PATH + "?cursor=100%", asker());
        assertThat(told).as("not before the asker has its question").isEmpty();
        desk.tick();

        assertThat(told).containsExactly("the question makes no address");
        ask();
        assertThat(network.askedElse).hasSize(1);
    }

    private void ask() {
        desk.ask(PATH, asker());
    }

    private RestClient.Asker asker() {
        return new RestClient.Asker() {
            @Override
            public void answered(byte[] body) {
                told.add("answered");
            }

            @Override
            public void failed(String reason) {
                told.add(reason);
            }
        };
    }

    private void tooMany(long resetAtMillis) {
        desk.answered(question(), new HttpAnswer(429, resetAtMillis, new byte[0]));
    }

    private int question() {
        int request = network.askedElse.keySet().iterator().next();
        network.askedElse.clear();
        return request;
    }

    /** For how long nothing is asked from now on; the question that was asked to see it is answered by nobody. */
    private long pauseSeconds() {
        network.askedElse.clear();
        ask();
        long began = time.nanos();
        while (network.askedElse.isEmpty()) {
            time.advance(Duration.ofMillis(100));
            desk.tick();
        }
        desk.unanswered(question(), "no route");
        return Math.round((time.nanos() - began) / 1e9);
    }
}
