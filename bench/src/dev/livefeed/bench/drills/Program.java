package dev.livefeed.bench.drills;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.bench.ProbeFile;
import dev.livefeed.bench.ProbeFile.Counter;
import dev.livefeed.bench.ProcFigures;
import dev.livefeed.bench.RouteCopy;
import dev.livefeed.bench.drills.feed.FeedOptions;
import dev.livefeed.bench.drills.feed.NumberedFeed;
import java.io.IOException;
import java.net.InetAddress;
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
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A run of the packed jar in a folder of its own, with routes that can be edited, a probe in them that counts what
 * arrives (from {@code lib/} beside the jar, where users put steps of their own), and a numbered feed as its connector.
 */
final class Program implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final DrillSetup setup;
    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final RunProcesses processes = new RunProcesses();
    private final int port = freePort();
    private List<String> prefix = List.of();
    private List<String> options;
    private Process process;
    private ProbeFile probe;

    /** @param name of its folder, which must not exist yet */
    Program(DrillSetup setup, String name) throws IOException {
        this.setup = setup;
        folder = Files.createDirectories(setup.folder().resolve("runs").resolve(name));
        options = setup.javaOptions();
        RouteCopy.make(setup.routes(), folder.resolve("routes"));
        for (String inherited : List.of("PATH", "HOME", "TMPDIR")) {
            String value = System.getenv(inherited);
            if (value != null) {
                environment.put(inherited, value);
            }
        }
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("HTTP_PORT", Integer.toString(port));
        environment.put(RunProcesses.VARIABLE, processes.mark());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Program with(String name, Object value) {
        environment.put(name, value.toString());
        return this;
    }

    /** Sets the connector to the numbered feed. */
    Program feed(FeedOptions feed) {
        return with(
                "CONNECTOR_COMMAND",
                "'" + JAVA + "' -Xshare:auto -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '" + setup.probeJar()
                        + "' " + NumberedFeed.class.getName() + ' '
                        + feed.arguments().stream().map(a -> "'" + a + "'").collect(Collectors.joining(" ")));
    }

    /** Without the shipped strategies, so that all orders are those of the drill. */
    Program withoutStrategies() throws IOException {
        for (String strategy : List.of("opening-range", "sweep", "vwap-reversion")) {
            Files.delete(route("strategy-" + strategy));
        }
        return this;
    }

    /** Sets words before the command, such as {@code env --default-signal=INT}. */
    Program behind(String... words) {
        prefix = List.of(words);
        return this;
    }

    /** Adds options of the JVM. */
    Program options(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        options = all;
        return this;
    }

    Path folder() {
        return folder;
    }

    Path route(String name) {
        return folder.resolve("routes").resolve(name + ".camel.yaml");
    }

    /** Starts it without waiting. */
    Program launch() throws IOException {
        Path file = folder.resolve("probe.bin");
        Files.deleteIfExists(file);
        probe = ProbeFile.map(file, 0);
        List<String> command = new ArrayList<>(prefix);
        command.add(JAVA);
        command.addAll(options);
        command.addAll(List.of("-D" + ProbeFile.PATH + '=' + file, "-D" + ProbeFile.ARRIVALS + "=0"));
        command.addAll(List.of("-jar", setup.jar().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        process = builder.start();
        setup.sampler().program(this);
        return this;
    }

    /** Starts it and waits for the first events. */
    Program start() throws IOException, InterruptedException {
        launch();
        awaitTrades(1);
        return this;
    }

    void awaitTrades(long number) throws InterruptedException {
        await(number + " trades", () -> count(Counter.TRADES) >= number);
    }

    /** Waits for a condition; fails at once if the program has ended. */
    double await(String what, Callable<Boolean> condition) throws InterruptedException {
        return await(what, Await.LONG, condition);
    }

    double await(String what, Duration limit, Callable<Boolean> condition) throws InterruptedException {
        double millis = Await.until(what + ", see " + log(), limit, () -> !process.isAlive() || condition.call());
        if (!process.isAlive()) {
            throw new DrillFailure("the application has ended with status " + process.exitValue() + ", see " + log());
        }
        return millis;
    }

    /** Waits until health meets a condition; returns it. */
    JsonNode awaitHealth(String what, Predicate<JsonNode> condition) throws InterruptedException {
        JsonNode[] last = new JsonNode[1];
        await(what + " in health", () -> {
            last[0] = health();
            return condition.test(last[0]);
        });
        return last[0];
    }

    void awaitState(String state) throws InterruptedException {
        awaitHealth(
                "the state " + state,
                health -> health.at("/connector/state").asText().equals(state));
    }

    Path log() {
        return folder.resolve("log");
    }

    long count(Counter counter) {
        return probe.get(counter);
    }

    /** Trades that have arrived or were announced as lost. */
    long tradesAccounted() {
        return count(Counter.TRADES) + count(Counter.REPORTED);
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** The connector's process. */
    ProcessHandle connector() {
        return process.children()
                .filter(child -> child.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow(() -> new DrillFailure("there is no connector, see " + log()));
    }

    RunProcesses processes() {
        return processes;
    }

    ProcessFigures figures() throws IOException {
        return new ProcessFigures(
                ProcFigures.residentKib(pid()) / 1024,
                ProcFigures.threads(pid()),
                ProcFigures.descriptors(pid()),
                RunProcesses.zombies(pid()),
                processes.living().size());
    }

    JsonNode health() throws IOException, InterruptedException {
        return json("/ws/health");
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path));
    }

    String get(String path) throws IOException, InterruptedException {
        return send(request(path).build()).body();
    }

    /** Posts a JSON object. */
    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(ANSWER);
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /**
     * Ends the feed, and waits until all of it has arrived or been announced.
     *
     * @return numbers of trades, changes of books and bad lines that were made
     */
    long[] endFeed() throws IOException, InterruptedException {
        Files.createFile(folder.resolve(NumberedFeed.ENOUGH));
        Path last = folder.resolve(NumberedFeed.LAST);
        await("the end of the feed", () -> Files.exists(last));
        long[] made = Arrays.stream(Files.readString(last).split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
        Await.met(Duration.ofSeconds(30), 20, () -> tradesAccounted() >= made[0] && count(Counter.UPDATES) >= made[1]);
        return made;
    }

    /** Sends a signal such as {@code TERM}. Does not wait. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    }

    /** Waits for its end; returns the exit status, or -1 if it does not end in time. */
    int exit(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
    }

    /** Kills everything of the run that is left. */
    @Override
    public void close() {
        setup.sampler().program(null);
        if (isAlive()) {
            process.destroy();
            try {
                exit(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        processes.living().forEach(ProcessHandle::destroyForcibly);
    }
}
