package dev.livefeed.connector.bybit.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.bybit.FakeNetwork;
import dev.livefeed.connector.feed.ConnectorCounters;
import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.connector.session.Identifiers;
import java.net.URI;
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
    private final RestClient client = new RestClient(
            new BybitRest(settings()),
            BybitRest.budget(time),
            network,
            time,
            new Identifiers(),
            new ConnectorCounters());
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
        List<Integer> both = List.copyOf(network.otherRequests.keySet());
        client.answered(both.get(0), new HttpAnswer(403, 0, new byte[0]));
        client.answered(both.get(1), new HttpAnswer(429, 0, new byte[0]));

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
        client.answered(requestId(), new HttpAnswer(200, 0, "{\"retCode\":0}".getBytes(StandardCharsets.UTF_8)));
        ask();
        tooMany(0);
        assertThat(pauseSeconds()).as("a response was received").isEqualTo(1);
    }

    @Test
    void requestsInTheBackgroundDelayNoOthers() {
        for (int i = 0; i < 60; i++) {
            askInBackground("/background");
        }
        assertThat(network.otherRequests).hasSize(8);

        for (int i = 0; i < 20; i++) {
            ask();
        }
        assertThat(paths()).filteredOn(PATH::equals).as("16 at a time").hasSize(8);

        answerAll();
        assertThat(paths()).filteredOn(PATH::equals).as("the others are first").hasSize(12);
        int sent = 0;
        for (int second = 0; second < 10; second++) {
            for (int i = 0; i < 10; i++) {
                sent += (int) paths().stream().filter("/background"::equals).count();
                answerAll();
            }
            time.advance(Duration.ofSeconds(1));
            client.tick();
        }
        assertThat(sent).as("all are sent in the end").isEqualTo(52);
    }

    @Test
    void requestsInTheBackgroundAreFiftyPerSecond() {
        for (int i = 0; i < 60; i++) {
            askInBackground("/background");
        }
        int sent = 0;
        for (int i = 0; i < 20; i++) {
            sent += network.otherRequests.size();
            answerAll();
        }

        assertThat(sent).isEqualTo(50);
    }

    private void askInBackground(String path) {
        client.getInBackground(path, new RestClient.Callback() {
            @Override
            public void answered(byte[] body) {}

            @Override
            public void failed(String reason) {
                told.add(reason);
            }
        });
    }

    private List<String> paths() {
        return network.otherRequests.values().stream().map(URI::getPath).toList();
    }

    private void answerAll() {
        List<Integer> all = List.copyOf(network.otherRequests.keySet());
        network.otherRequests.clear();
        for (int request : all) {
            client.answered(request, new HttpAnswer(200, 0, "{\"retCode\":0}".getBytes(StandardCharsets.UTF_8)));
        }
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
        for (int request : List.copyOf(network.otherRequests.keySet())) {
            client.answered(request, new HttpAnswer(429, 0, new byte[0]));
        }

        assertThat(pauseSeconds()).isEqualTo(1);
    }

    @Test
    void whatMakesNoAddressFailsAndNothingElse() {
        client.get(PATH + "?cursor=100%", asker());
        assertThat(told).as("not before the request is returned").isEmpty();
        client.tick();

        assertThat(told).containsExactly("the request has no valid address");
        ask();
        assertThat(network.otherRequests).hasSize(1);
    }

    private void ask() {
        client.get(PATH, asker());
    }

    private RestClient.Callback asker() {
        return new RestClient.Callback() {
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
        client.answered(requestId(), new HttpAnswer(429, resetAtMillis, new byte[0]));
    }

    private int requestId() {
        int request = network.otherRequests.keySet().iterator().next();
        network.otherRequests.clear();
        return request;
    }

    /** Returns how long no request is sent from now on; the request sent to measure it stays unanswered. */
    private long pauseSeconds() {
        network.otherRequests.clear();
        ask();
        long began = time.nanos();
        while (network.otherRequests.isEmpty()) {
            time.advance(Duration.ofMillis(100));
            client.tick();
        }
        client.unanswered(requestId(), "no route");
        return Math.round((time.nanos() - began) / 1e9);
    }
}
