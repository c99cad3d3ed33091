package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.pollinterval.IterativePollInterval.iterative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;

/**
 * A run of the packed jar in its own working directory, with only the settings of the test. {@link #close} ends it in
 * any case and fails if a process of the run is left.
 */
final class Jar implements AutoCloseable {

    static final Path FILE = Path.of("target", "bybit-live-connector.jar").toAbsolutePath();
    static final Path LAUNCHER = Path.of("bin", "livefeed").toAbsolutePath();
    private static final String MAIN = "dev.livefeed.Main";
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final Duration FIRST_POLL = Duration.ofMillis(20);
    private static final Duration SLOWEST_POLL = Duration.ofMillis(150);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    /** Functions for connector scripts: a trade with an id and a price, a status, and waiting for the end of stdin. */
    private static final String PRELUDE =
            """
            trade() {
              printf '{"type":"trade","timestamp":%s000,"price":"%s","qty":"1","side":"buy","id":"%s"}\\n' \\
                "$(date +%s)" "${2:-100}" "$1"
            }
            idle() { while read -r command; do :; done; exit 0; }
            status() { printf '{"type":"status","status":"%s"}\\n' "$1"; }
            """;

    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final int port;
    private final Traces traces = new Traces();
    private Path file = FILE;
    private String classPath;
    private boolean launcher;
    private List<String> disk = List.of();
    private Process process;

    Jar(Path folder) throws IOException {
        this.folder = folder;
        port = freePort();
        for (String inherited : List.of("PATH", "HOME", "LANG", "TMPDIR")) {
            String value = System.getenv(inherited);
            if (value != null) {
                environment.put(inherited, value);
            }
        }
        environment.put("HTTP_PORT", Integer.toString(port));
        environment.put(Traces.VARIABLE, traces.mark());
    }

    /** A port outside the range from which the system takes ports of outgoing connections. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                continue; // in use
            }
        }
    }

    /** The working directory of the run. */
    Path folder() {
        return folder;
    }

    int port() {
        return port;
    }

    /** Sets an environment variable of the run. */
    Jar with(String name, Object value) {
        environment.put(name, value.toString());
        return this;
    }

    /**
     * Sets the connector to a shell script, which may use {@code trade ID [PRICE]}, {@code status WORD}, {@code idle}.
     */
    Jar script(String text) throws IOException {
        write("connector.sh", PRELUDE + text);
        return with("CONNECTOR_COMMAND", "sh connector.sh");
    }

    /** Sets the connector to a shell script for each of its starts; the last one is that of all further starts, too. */
    Jar scripts(String... texts) throws IOException {
        StringBuilder choice = new StringBuilder(
                "start=$(($(cat starts 2>/dev/null || echo 0) + 1))\necho $start > starts\ncase $start in\n");
        for (int i = 0; i < texts.length; i++) {
            choice.append(i + 1 < texts.length ? Integer.toString(i + 1) : "*")
                    .append(")\n")
                    .append(texts[i])
                    .append("\n;;\n");
        }
        return script(choice.append("esac\n").toString());
    }

    /** Sets the connector of a venue to a shell script, as {@link #script(String)} does that of the only source. */
    Jar script(String text, String venue) throws IOException {
        String name = venue + ".sh";
        write(name, PRELUDE + text);
        return with(venue + "_CONNECTOR_COMMAND", "sh " + name);
    }

    /** Sets the connector to a Java program of the tests. */
    Jar connector(Class<?> program, Object... arguments) {
        StringBuilder command = new StringBuilder("'" + JAVA + "' -Xshare:auto -XX:TieredStopAtLevel=1 -cp '"
                + Path.of("target", "test-classes").toAbsolutePath() + "' " + program.getName());
        Arrays.stream(arguments)
                .forEach(argument -> command.append(" '").append(argument).append('\''));
        return with("CONNECTOR_COMMAND", command);
    }

    /** Runs the jar with additional classes on its class path. */
    Jar beside(Path classes) {
        classPath = FILE + ":" + classes;
        return this;
    }

    /** Runs a copy of the jar in the working directory, where it may have {@code lib/} beside it. */
    Jar ownJar() throws IOException {
        file = Files.copy(FILE, folder.resolve(FILE.getFileName()));
        return this;
    }

    /** Has the jar started by {@code bin/livefeed}. */
    Jar byLauncher() {
        launcher = true;
        return this;
    }

    /** Puts a folder of the working directory on a disk of its own, which ends with the run, of a size such as 1m. */
    Jar onDisk(String name, String size) throws IOException {
        Files.createDirectories(folder.resolve(name));
        disk = new ArrayList<>(List.of("unshare", "--mount"));
        if (!System.getProperty("user.name").equals("root")) {
            disk.addAll(List.of("--user", "--map-root-user"));
        }
        String mount = "mount -t tmpfs -o size=\"$0\" tmpfs \"$1\" && shift && exec \"$@\"";
        disk.addAll(List.of("sh", "-c", mount, size, name));
        return this;
    }

    /** Copies the shipped routes into the working directory, where they can be edited. */
    Jar ownRoutes() throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        try (var shipped = Files.list(Path.of("routes"))) {
            for (Path file : shipped.toList()) {
                Files.copy(file, routes.resolve(file.getFileName().toString()));
            }
        }
        return this;
    }

    Path route(String name) {
        return folder.resolve("routes").resolve(name + ".camel.yaml");
    }

    /** Writes a file in the working directory. */
    Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Starts the jar and waits until it logs that it has started. */
    Jar start() throws IOException {
        launch();
        soon().until(() -> log().stream().anyMatch(line -> line.contains(" - started source=")) || !process.isAlive());
        assertThat(process.isAlive()).as("started: %s", text("err")).isTrue();
        return this;
    }

    /** Starts the jar without waiting. */
    Jar launch(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(disk);
        if (launcher) {
            command.add(LAUNCHER.toString());
        } else {
            command.add(JAVA);
            command.addAll(file == FILE ? JvmOptions.application() : JvmOptions.QUICK);
            command.addAll(classPath == null ? List.of("-jar", file.toString()) : List.of("-cp", classPath, MAIN));
        }
        environment.putIfAbsent(
                "CONNECTOR_JAVA_OPTIONS",
                file == FILE ? JvmOptions.connectorSetting() : String.join(" ", JvmOptions.QUICK));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        process = builder.start();
        traces.add(process.toHandle());
        return this;
    }

    /** Runs the jar until it exits; returns the exit status. */
    int run(String... arguments) throws Exception {
        launch(arguments);
        return exit(Duration.ofSeconds(30));
    }

    /** Waits for the exit; returns the exit status. */
    int exit(Duration within) throws InterruptedException {
        assertThat(process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS))
                .as("ended within %s", within)
                .isTrue();
        return process.exitValue();
    }

    /** Sends SIGTERM. Does not wait. */
    void terminate() {
        traces.addDescendants(process.toHandle());
        process.destroy();
    }

    /** Sends SIGKILL to the application only. Does not wait. */
    void kill() {
        traces.addDescendants(process.toHandle());
        process.destroyForcibly();
    }

    /** Sends SIGTERM and asserts the end: within 7 s, status 143 or 0, no process left. */
    void stop() throws InterruptedException {
        terminate();
        assertThat(exit(Duration.ofSeconds(7))).isIn(0, 143);
        assertThat(traces.living()).as("processes left after the stop").isEmpty();
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Living processes of this run, including the application. */
    List<ProcessHandle> living() {
        return traces.living();
    }

    /** The connector's process, from health. */
    ProcessHandle child() {
        ProcessHandle child = ProcessHandle.of(
                        health().at("/connector/connector_health/pid").asLong())
                .orElseThrow();
        traces.add(child);
        return child;
    }

    /** {@code /ws/health}, whose status must be 200 in every state of the feed. */
    JsonNode health() {
        return json("/ws/health");
    }

    /** The part of health about the connector's process. */
    JsonNode process() {
        return health().at("/connector/connector_health");
    }

    JsonNode json(String path) {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode())
                .as("GET %s: %s", path, response.body())
                .isEqualTo(200);
        return parse(response.body());
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send("GET", path);
    }

    /** Without a body. */
    HttpResponse<String> send(String method, String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(5))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until health meets a condition; returns it. */
    JsonNode awaitHealth(String what, Predicate<JsonNode> condition) {
        JsonNode[] last = new JsonNode[1];
        soon().alias(what + " in health").ignoreExceptions().until(() -> condition.test(last[0] = health()));
        return last[0];
    }

    /** Waits until {@code connector.state} is one of the given states; returns the health. */
    JsonNode awaitState(String... states) {
        return awaitHealth("state " + String.join(" or ", states), h -> List.of(states)
                .contains(h.at("/connector/state").asText()));
    }

    /** Waits until this many trades of BTCUSDT are counted. */
    void awaitTrades(long count) {
        awaitHealth(count + " trades", h -> trades(h) >= count);
    }

    /** Trades of BTCUSDT that have passed the trades route. */
    static long trades(JsonNode health) {
        return health.at("/symbols/BTCUSDT/trades").asLong();
    }

    /** The log so far. */
    List<String> log() {
        return text("err").lines().toList();
    }

    /** Log lines that contain a pattern. */
    List<String> log(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return log().stream().filter(line -> compiled.matcher(line).find()).toList();
    }

    void awaitLog(String pattern) {
        awaitLog(pattern, 1);
    }

    void awaitLog(String pattern, int times) {
        soon().alias(times + " times in the log: " + pattern)
                .until(() -> log(pattern).size() >= times);
    }

    /** Content of a file in the working directory; {@code out} and {@code err} are the jar's own streams. */
    String text(String file) {
        try {
            Path path = folder.resolve(file);
            return Files.exists(path)
                    ? new String(Files.readAllBytes(path), java.nio.charset.StandardCharsets.UTF_8)
                    : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An upper bound for slow machines. Looks less often the longer it takes: each look costs CPU time of the run. */
    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(
                        iterative(last -> last.compareTo(SLOWEST_POLL) < 0 ? last.multipliedBy(2) : last, FIRST_POLL))
                .pollDelay(Duration.ZERO);
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            terminate();
            process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
        }
        List<ProcessHandle> left = traces.living();
        List<String> what = left.stream().map(Jar::describe).toList();
        left.forEach(ProcessHandle::destroyForcibly);
        assertThat(what).as("processes left after the test").isEmpty();
    }

    private static String describe(ProcessHandle process) {
        return process.pid() + " " + process.info().commandLine().orElse("");
    }
}
