package dev.livefeed.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sink file, started with the documented commands. */
class FileSinkTest {

    private static final int RATE = 2_000;

    /** The folder of the files. */
    private record Target(Path folder) implements SinkServer {

        @Override
        public String sink() {
            return "file";
        }

        @Override
        public Map<String, String> settings() {
            return Map.of();
        }

        @Override
        public ServerProcess process() {
            throw new UnsupportedOperationException("there is no server");
        }

        @Override
        public void read(DeliveryCheck check) throws Exception {
            List<Path> files;
            try (var all = Files.walk(folder.resolve("data/events"))) {
                files = all.filter(file -> file.toString().endsWith(".ndjson"))
                        .sorted()
                        .toList();
            }
            for (Path file : files) {
                try (BufferedReader lines = Files.newBufferedReader(file)) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        check.line(line);
                    }
                }
            }
        }

        @Override
        public void close() {}
    }

    private static void keepsEveryEvent(Path folder, String command) throws Exception {
        SinkServer server = new Target(folder);
        try (Application application = new Application(folder, server).copyJar().start(RATE, command)) {
            application.await("events", 60, sink -> sink.path("delivered").asLong() > 2 * RATE);
            complete(application, server);
        }
    }

    /** Ends feed and application: the files have every event once. */
    private static void complete(Application application, SinkServer server) throws Exception {
        List<String> last = application.endOfFeed();
        application.await("an empty buffer", 60, sink -> sink.path("waiting").asLong(-1) == 0);
        application.stop();
        DeliveryCheck check = new DeliveryCheck();
        server.read(check);
        assertThat(check.faults(last)).isEmpty();
        assertThat(check.announced()).isZero();
    }

    @Test
    void filesHaveEveryEvent() throws Exception {
        keepsEveryEvent(
                Folders.empty("FileSinkTest", "alone"),
                Documentation.commands("file").get(0));
    }

    /** While the server of the other sink is not there. */
    @Test
    void filesHaveEveryEventWhileAnotherSinkIsDown() throws Exception {
        String command = Documentation.introduction().get(0);
        assertThat(command).startsWith("SINKS=http,file SINK_HTTP_URL=http://127.0.0.1:9000/");
        Path folder = Folders.empty("FileSinkTest", "both");
        keepsEveryEvent(folder, command.replace("127.0.0.1:9000", "127.0.0.1:" + ServerProcess.freePort()));
        assertThat(Files.readString(folder.resolve("log-1"))).contains(" sink_events_kept sink=http ");
    }

    /** Files that may not grow take the place of a disk that is full. */
    @Test
    void aFullDiskDelaysEventsAndLosesNone() throws Exception {
        Path folder = Folders.empty("FileSinkTest", "full");
        SinkServer server = new Target(folder);
        try (Application application = new Application(folder, server)
                .copyJar()
                .copyRoutes()
                .with("SINK_BUFFER_MB", 8) // in files of half a megabyte
                .largestFile(1_024)
                .start(RATE)) {
            application.awaitFailure("File too large");
            application.await("a backlog", 60, sink -> sink.path("waiting").asLong() > RATE);
            application.anyFileSize();
            complete(application, server);
        }
    }

    @Test
    void aSecondProgramWaitsForTheFolder() throws Exception {
        Path folder = Folders.empty("FileSinkTest", "first");
        SinkServer server = new Target(folder);
        Path other = Folders.empty("FileSinkTest", "second");
        try (Application first =
                        new Application(folder, server).copyJar().copyRoutes().start(500);
                Application second = new Application(other, server).copyJar().copyRoutes()) {
            first.await("events", 60, sink -> sink.path("delivered").asLong() > 500);
            second.with("SINK_FILE_DIR", folder.resolve("data/events")).start(500);
            second.awaitFailure("another process uses " + folder.resolve("data/events"));
            second.stop();
            complete(first, server);
            second.start(500); // and delivers what it has kept
            second.await("events", 60, sink -> sink.path("delivered").asLong() > 500);
            second.stop();
        }
    }
}
