package dev.livefeed.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventSourceTest {

    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private OneMessageServer server;

    @BeforeEach
    void start() throws IOException {
        server = new OneMessageServer("id: 7\ndata: {}");
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.close();
        reader.shutdownNow();
        assertThat(reader.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private EventSource source(Duration silence) {
        RunningProgram program = new RunningProgram(
                address(), ProgramLogin.of(Map.of("LIVEFEED_USER", "me", "LIVEFEED_PASSWORD", "secret")));
        return new EventSource(
                program, program.stream(List.of("trades"), List.of("A", "B"), 3), new Recorder(), silence);
    }

    private String address() {
        return server.address() + "/";
    }

    private final class Recorder implements EventSource.Listener {

        @Override
        public void connected(boolean again) {
            seen.add(again ? "connected again" : "connected");
        }

        @Override
        public void lost(String reason, long pauseMillis) {
            seen.add("lost: " + reason + ", " + pauseMillis);
        }
    }

    private Future<?> read(EventSource source) {
        return reader.submit(() -> {
            source.read((text, message) -> seen.add(text));
            return null;
        });
    }

    private String next() throws InterruptedException {
        return seen.poll(20, TimeUnit.SECONDS);
    }

    /** As a connection that breaks without a word: the server, or a machine between, is gone. */
    @Test
    void aSilentConnectionIsOpenedAgainWhereItWasLost() throws Exception {
        try (EventSource source = source(Duration.ofSeconds(1))) {
            read(source);

            assertThat(next()).isEqualTo("connected");
            assertThat(next()).isEqualTo("{}");
            assertThat(next()).isEqualTo("lost: nothing came for 1 s, 500");
            assertThat(next()).isEqualTo("connected again");
            assertThat(server.requests().poll())
                    .isEqualTo("channels=trades&symbols=A,B&history=3 null Basic " + "bWU6c2VjcmV0");
            assertThat(server.requests().poll()).contains(" 7 ");
        }
    }

    @Test
    void closingEndsTheReadingAtOnce() throws Exception {
        EventSource source = source(Duration.ofMinutes(10));
        Future<?> reading = read(source);
        assertThat(next()).isEqualTo("connected");
        assertThat(next()).isEqualTo("{}");

        source.close();

        reading.get(10, TimeUnit.SECONDS);
        assertThat(seen).isEmpty();
    }

    @Test
    void aProgramThatIsNotReachedIsNamed() {
        String address = address();
        server.stop();
        RunningProgram program = new RunningProgram(address, ProgramLogin.NONE);
        EventSource source = new EventSource(program, List.of("trades"), List.of(), new Recorder());

        assertThatThrownBy(() -> source.read((text, message) -> seen.add(text)))
                .isInstanceOf(EventSource.RefusedException.class)
                .hasMessageStartingWith(
                        address.substring(0, address.length() - 1) + " is not reached: nothing listens there; ");
    }

    @Test
    void anAddressIsHttpOrHttpsWithAHost() {
        for (String wrong : List.of(
                "localhost:8080",
                "ftp://host",
                "http://",
                "http://a b",
                "//host",
                "http://host:0",
                "http://host:65536",
                "http://host?x",
                "http://host/#x")) {
            assertThatThrownBy(() -> new RunningProgram(wrong, ProgramLogin.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("--url is \"" + wrong + "\"; it must be an address such as http://localhost:8080");
        }
    }

    @Test
    void aLoginIsNotPartOfTheAddress() {
        for (String wrong : List.of("http://me:secret@host", "https://secret@host:8080/x")) {
            assertThatThrownBy(() -> new RunningProgram(wrong, ProgramLogin.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("LIVEFEED_USER and LIVEFEED_PASSWORD")
                    .message()
                    .doesNotContain("secret");
        }
        RunningProgram program = new RunningProgram("HTTP://host/feed/", ProgramLogin.NONE);
        assertThat(program.request(program.stream(List.of("trades"), List.of(), 0))
                        .build()
                        .headers()
                        .map())
                .isEmpty();
    }

    /** Of a server that tells the interval of its comments, and of an earlier version. */
    @Test
    void aConnectionMayBeSilentForThreeComments() {
        assertThat(StreamAnswer.silence("20")).isEqualTo(Duration.ofSeconds(65));
        assertThat(StreamAnswer.silence("3600")).isEqualTo(Duration.ofSeconds(10_805));
        assertThat(StreamAnswer.silence("1")).isEqualTo(Duration.ofSeconds(15));
        for (String none : List.of("", "-5", "soon", "99999999999999999999")) {
            assertThat(StreamAnswer.silence(none)).isEqualTo(Duration.ofSeconds(65));
        }
    }
}
