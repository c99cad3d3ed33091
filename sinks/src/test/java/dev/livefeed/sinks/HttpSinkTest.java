package dev.livefeed.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sink http. */
class HttpSinkTest extends SinkScenarios {

    @Override
    SinkServer server(Path folder) {
        return new Server(folder, null);
    }

    @Override
    SecureServer secure(Path folder, TlsFiles tls) {
        return new Server(folder, tls);
    }

    @Test
    void everyAnswerIsHandledAndNothingIsLost() throws Exception {
        Server receiver = (Server) server;
        receiver.process().start();
        application.start(500);
        awaitMore("delivered", 500);
        for (String answer : List.of("500", "401", "403", "307 http://127.0.0.1:9/elsewhere?key=x", "429 3")) {
            receiver.mood(answer);
            application.awaitFailure("the server answers " + answer.substring(0, 3));
            awaitMore("waiting", 100);
            receiver.mood("204");
            awaitMore("delivered", 500);
        }
        receiver.mood("mute");
        application.awaitFailure("no answer within 10 s");
        receiver.mood("endless");
        awaitMore("delivered", 500);
        receiver.mood("413 20000");
        awaitMore("delivered", 1_000);
        receiver.mood("204");
        assertThat(application.sink().path("refused").asLong()).isZero();
        assertThat(check().announced()).isZero();
    }

    @Test
    void refusedLinesAreSetAsideAndTheOthersArrive() throws Exception {
        Server receiver = (Server) server;
        receiver.process().start();
        receiver.mood("400 A.B_C-D");
        application.with("SINK_TYPES", "trade").start(100);
        application.await("refused lines", 60, sink -> sink.path("refused").asLong() >= 50);
        application.endOfFeed();
        JsonNode sink = application.await(
                "an empty buffer", 60, state -> state.path("waiting").asLong(-1) == 0);
        application.stop();
        List<String> refused = Files.readAllLines(installed.resolve("data/sinks/http/refused.ndjson"));
        assertThat(refused)
                .hasSize(sink.path("refused").asInt())
                .allMatch(line ->
                        line.contains("the server answers 400: no A.B_C-D") && line.contains("\\\"A.B_C-D\\\""));
        long arrived;
        try (var lines = Files.lines(receiver.folder.resolve(HttpReceiver.FILE))) {
            arrived = lines.filter(line -> line.startsWith("{")).distinct().count();
        }
        assertThat(arrived + refused.size()).isEqualTo(sink.path("delivered").asLong());
    }

    /** Files that may not grow take the place of a disk that is full. */
    @Test
    void aFullDiskIsAnnouncedAndEndsByItself() throws Exception {
        application.with("SINK_BUFFER_MB", 64).largestFile(1_024).start(2_000);
        application.await("losses", 60, sink -> sink.path("lost").asLong() >= 1_000);
        application.awaitAlarm("sink http cannot use its buffer since ");
        server.process().start();
        awaitMore("delivered", 2_000);
        application.await("the disk", 60, sink -> sink.path("buffer_failure").isNull());
        awaitMore("delivered", 5_000);
        assertThat(check().announced()).isPositive();
        List<String> failing = application.logLines(" sink_buffer_failing sink=http .*File too large");
        assertThat(failing).isNotEmpty().hasSizeLessThan(10);
        assertThat(application.logLines(" sink_buffer_usable sink=http "))
                .as("the end of each time that the disk was full: %s", failing)
                .hasSameSizeAs(failing);
    }

    private static final class Server implements SecureServer {

        private static final String TOKEN = "t0ken/of+the=receiver";

        private final int port = ServerProcess.freePort();
        private final Path folder;
        private final TlsFiles tls;
        private final ServerProcess process;

        Server(Path folder, TlsFiles tls) {
            this.folder = folder;
            this.tls = tls;
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    Path.of("target", "test-classes").toAbsolutePath().toString(),
                    HttpReceiver.class.getName(),
                    Integer.toString(port)));
            if (tls != null) {
                command.addAll(List.of(tls.keyStore().toString(), "Bearer " + TOKEN));
            }
            process = new ServerProcess(folder, command, Map.of(), () -> ServerProcess.listens(port));
        }

        void mood(String mood) throws IOException {
            Files.writeString(folder.resolve(HttpReceiver.MOOD), mood);
        }

        @Override
        public String sink() {
            return "http";
        }

        @Override
        public Map<String, String> settings() {
            String url = (tls == null ? "http" : "https") + "://127.0.0.1:" + port + "/events";
            return tls == null ? Map.of("SINK_HTTP_URL", url) : Map.of("SINK_HTTP_URL", url, secret(), TOKEN);
        }

        @Override
        public String secret() {
            return "SINK_HTTP_TOKEN";
        }

        @Override
        public String loginFailure() {
            return "the server answers 401: not Bearer \\*\\*\\*";
        }

        @Override
        public ServerProcess process() {
            return process;
        }

        @Override
        public void read(DeliveryCheck check) throws Exception {
            OnceFilter once = new OnceFilter();
            long run = 0;
            long number = 0;
            try (BufferedReader lines = Files.newBufferedReader(folder.resolve(HttpReceiver.FILE))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("batch ")) {
                        String[] head = line.split(" ");
                        run = Long.parseLong(head[1]);
                        number = Long.parseLong(head[2]);
                    } else if (once.isNew("", run, number++)) {
                        check.line(line);
                    }
                }
            }
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
