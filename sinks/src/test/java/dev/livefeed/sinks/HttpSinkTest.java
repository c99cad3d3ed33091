package dev.livefeed.sinks;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The sink http. */
class HttpSinkTest extends SinkScenarios {

    @Override
    SinkServer server(Path folder) {
        return new Server(folder);
    }

    private static final class Server implements SinkServer {

        private final int port = ServerProcess.freePort();
        private final Path folder;
        private final ServerProcess process;

        Server(Path folder) {
            this.folder = folder;
            process = new ServerProcess(
                    folder,
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            Path.of("target", "test-classes").toAbsolutePath().toString(),
                            HttpReceiver.class.getName(),
                            Integer.toString(port)),
                    Map.of(),
                    () -> ServerProcess.listens(port));
        }

        @Override
        public String sink() {
            return "http";
        }

        @Override
        public List<String> components() {
            return List.of();
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("SINK_HTTP_URL", "http://127.0.0.1:" + port + "/events");
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
