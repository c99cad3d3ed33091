package dev.livefeed.sinks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The packed jar with {@code lib/} beside it, run in a folder with the made feed as its connector. */
final class Application implements AutoCloseable {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final String JAR = "bybit-live-connector.jar";
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** Time that the feed spent from the receipt of events to the routes, up to now. */
    record PathLag(double seconds, double events) {

        double meanMillisSince(PathLag before) {
            return (seconds - before.seconds) / Math.max(1, events - before.events) * 1_000;
        }
    }

    private final Path folder;
    private final SinkServer server;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final int port = ServerProcess.freePort();
    private Process process;
    private int runs;

    Application(Path folder, SinkServer server) {
        this.folder = folder;
        this.server = server;
        for (String inherited : List.of("PATH", "HOME", "TMPDIR")) {
            String value = System.getenv(inherited);
            if (value != null) {
                environment.put(inherited, value);
            }
        }
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("HTTP_PORT", Integer.toString(port));
        environment.put("SYMBOL", Instrument.setting());
        environment.put("SINKS", server.sink());
        environment.put("CONNECTOR_JAVA_OPTIONS", "-Xmx64m");
        environment.putAll(server.settings());
    }

    /** Sets an environment variable of the next run. */
    Application with(String name, Object value) {
        environment.put(name, value.toString());
        return this;
    }

    /** Copies jar and routes, and adds what the sink needs with the documented command. */
    Application install() throws IOException, InterruptedException {
        Path jar = PROJECT.resolve("target").resolve(JAR);
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing; build it first: mvn package");
        }
        Files.copy(jar, folder.resolve(JAR), StandardCopyOption.REPLACE_EXISTING);
        try (var files = Files.walk(PROJECT.resolve("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(PROJECT.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!server.components().isEmpty()) {
            List<String> command = new ArrayList<>(List.of("add"));
            command.addAll(server.components());
            launch("added", command);
            if (!process.waitFor(180, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(
                        "java -jar " + JAR + ' ' + String.join(" ", command) + ": " + log("added"));
            }
        }
        return this;
    }

    /** Starts it; the feed makes events at this rate, in each run with other numbers. */
    Application start(int rate) throws IOException {
        Files.deleteIfExists(folder.resolve(Feed.ENOUGH));
        Files.deleteIfExists(folder.resolve(Feed.LAST));
        environment.put(
                "CONNECTOR_COMMAND",
                "'" + JAVA + "' -Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '"
                        + Path.of("target", "test-classes").toAbsolutePath() + "' " + Feed.class.getName() + " " + rate
                        + " " + runs);
        runs++;
        launch("log-" + runs, List.of());
        await("the start", 60, health -> true);
        return this;
    }

    private void launch(String log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA, "-Xmx512m", "-XX:+UseSerialGC", "-jar", JAR));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        process = builder.start();
    }

    private String log(String name) throws IOException {
        return Files.readString(folder.resolve(name)).strip();
    }

    /** Log lines of the current run that contain a pattern. */
    List<String> logLines(String pattern) throws IOException {
        Pattern compiled = Pattern.compile(pattern);
        return log("log-" + runs)
                .lines()
                .filter(line -> compiled.matcher(line).find())
                .toList();
    }

    /** The state of the sink in health. */
    JsonNode sink() throws IOException, InterruptedException {
        return JSON.readTree(get("/ws/health")).path("sinks").path(server.sink());
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Waits until the state of the sink meets a condition; returns it. */
    JsonNode await(String what, long seconds, Predicate<JsonNode> condition) {
        JsonNode[] last = new JsonNode[1];
        Awaitility.await(what + " of " + folder)
                .atMost(Duration.ofSeconds(seconds))
                .pollInterval(Duration.ofMillis(50))
                .pollDelay(Duration.ZERO)
                .ignoreExceptions()
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the application has ended: " + log("log-" + runs));
                    }
                    last[0] = sink();
                    return !last[0].isMissingNode() && condition.test(last[0]);
                });
        return last[0];
    }

    PathLag pathLag() throws IOException, InterruptedException {
        String metrics = get("/observe/metrics");
        return new PathLag(
                metric(metrics, "livefeed_path_lag_seconds_sum"), metric(metrics, "livefeed_path_lag_seconds_count"));
    }

    private static double metric(String metrics, String name) {
        Matcher line = Pattern.compile("(?m)^" + name + " (\\S+)$").matcher(metrics);
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Ends the feed; returns the last numbers of its streams. */
    List<String> endOfFeed() throws IOException {
        Files.createFile(folder.resolve(Feed.ENOUGH));
        Path last = folder.resolve(Feed.LAST);
        Awaitility.await("the end of the feed").atMost(Duration.ofSeconds(30)).until(() -> Files.exists(last));
        return Files.readAllLines(last);
    }

    /** Kills the application, not the feed, with SIGKILL, and waits for the end of both. */
    void kill() throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        for (ProcessHandle child : children) {
            child.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    /** Stops it with SIGTERM. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            throw new AssertionError("still running 15 s after SIGTERM, see " + folder);
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
