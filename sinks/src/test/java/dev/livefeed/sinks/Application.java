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
import java.util.NavigableMap;
import java.util.TreeMap;
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

    /** Health of a program that has just started comes late on a busy machine. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private static final Pattern BUCKET =
            Pattern.compile("(?m)^livefeed_path_lag_seconds_bucket\\{le=\"([^\"]+)\",?\\} (\\S+)$");

    /**
     * Time that the feed spent from the receipt of events to the routes, up to now.
     *
     * @param within number of events by the seconds that they took at most
     */
    record PathLag(double seconds, double events, NavigableMap<Double, Double> within) {

        /** That of the event in the middle, between the bounds of its bucket: a pause of the JVM hardly moves it. */
        double medianMillisSince(PathLag before) {
            double half = (events - before.events) / 2;
            double lower = 0;
            double counted = 0;
            for (Map.Entry<Double, Double> bucket : within.entrySet()) {
                double count = bucket.getValue() - before.within.getOrDefault(bucket.getKey(), 0.0);
                if (count >= half && count > counted) {
                    double part = (half - counted) / (count - counted);
                    double upper = Double.isInfinite(bucket.getKey()) ? 2 * lower : bucket.getKey();
                    return (lower + part * (upper - lower)) * 1_000;
                }
                counted = count;
                lower = bucket.getKey();
            }
            throw new IllegalStateException("no events in " + this + " since " + before);
        }

        double meanMillisSince(PathLag before) {
            return (seconds - before.seconds) / Math.max(1, events - before.events) * 1_000;
        }
    }

    private final Path folder;
    private final SinkServer server;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final int port = ServerProcess.freePort();
    private final List<String> options = new ArrayList<>();
    private List<String> prefix = List.of();
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

    /** Sets environment variables of the next run. */
    Application with(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    /** Sets the options of the JVM of the next run. */
    Application options(String... jvm) {
        options.clear();
        options.addAll(List.of(jvm));
        return this;
    }

    /** Lets no file of the next run become larger, as on a disk that is full. */
    Application largestFile(int kibibytes) {
        prefix = List.of("bash", "-c", "ulimit -S -f " + kibibytes + "; exec \"$@\"", "bash");
        return this;
    }

    /** Ends this limit while it runs. */
    void anyFileSize() throws IOException, InterruptedException {
        new ProcessBuilder("prlimit", "--fsize=unlimited", "--pid", Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Copies jar and routes, and adds what the sink needs with the documented command. */
    Application install() throws IOException, InterruptedException {
        copyJar().copyRoutes();
        for (String command : Documentation.commands(server.sink())) {
            if (command.contains(JAR + " add ")) {
                run(command);
            }
        }
        return this;
    }

    Application copyRoutes() throws IOException {
        try (var files = Files.walk(PROJECT.resolve("routes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(PROJECT.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return this;
    }

    /** The jar alone, which has routes too. */
    Application copyJar() throws IOException {
        Path jar = PROJECT.resolve("target").resolve(JAR);
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing; build it first: mvn package");
        }
        Files.copy(jar, folder.resolve(JAR), StandardCopyOption.REPLACE_EXISTING);
        return this;
    }

    /** Starts it; the feed makes events at this rate, in each run with other numbers. */
    Application start(int rate) throws IOException {
        begin(rate);
        awaitStart();
        return this;
    }

    /** The same without waiting for the end of the start. */
    void begin(int rate) throws IOException {
        feed(rate);
        launch("log-" + runs, List.of());
    }

    /** Starts it with a command of a shell, which sets its variables itself. */
    Application start(int rate, String command) throws IOException {
        feed(rate);
        start("log-" + runs, List.of("sh", "-c", "exec env " + command));
        awaitStart();
        return this;
    }

    /** Runs a command of a shell in its folder to its end. */
    Application run(String command) throws IOException, InterruptedException {
        start("command", List.of("sh", "-c", command));
        if (!process.waitFor(180, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(command + ": " + log("command"));
        }
        return this;
    }

    void awaitStart() {
        ServerProcess.awaitStart(
                process, "the application, see " + folder.resolve("log-" + runs), () -> pathLag().events > 0);
    }

    /** Waits until the sink fails with this text. */
    void awaitFailure(String text) {
        await(
                text,
                60,
                sink -> !sink.path("failing_since").isNull()
                        && sink.path("last_failure").asText().contains(text));
    }

    private void feed(int rate) throws IOException {
        Files.deleteIfExists(folder.resolve(Feed.ENOUGH));
        Files.deleteIfExists(folder.resolve(Feed.LAST));
        environment.put(
                "CONNECTOR_COMMAND",
                "'" + JAVA + "' -Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '"
                        + Path.of("target", "test-classes").toAbsolutePath() + "' " + Feed.class.getName() + " " + rate
                        + " " + runs);
        runs++;
    }

    private void launch(String log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(JAVA, "-Xmx512m", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-jar", JAR));
        command.addAll(arguments);
        start(log, command);
    }

    private void start(String log, List<String> command) throws IOException {
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

    /** Everything that health and metrics show. */
    String shown() throws IOException, InterruptedException {
        return get("/ws/health") + get("/observe/health") + get("/observe/metrics") + get("/dead-letters");
    }

    /** Waits until health has an alarm with this text. */
    void awaitAlarm(String text) {
        Awaitility.await("the alarm " + text)
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> JSON.readTree(get("/ws/health"))
                        .at("/connector/alarms")
                        .toString()
                        .contains(text));
    }

    /** How many events the last run has left in the buffer. */
    long kept() throws IOException {
        return logLines(" sink_events_kept ").stream()
                .mapToLong(line -> Long.parseLong(line.replaceAll(".* waiting=(\\d+).*", "$1")))
                .sum();
    }

    /** Logs and files of buffers that contain one of the texts. */
    List<Path> filesWith(List<String> texts) throws IOException {
        List<Path> found = new ArrayList<>();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path top = folder.relativize(file).getName(0);
                if (top.toString().startsWith("log-") || top.toString().equals("data")) {
                    String content = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
                    texts.stream().filter(content::contains).findFirst().ifPresent(text -> found.add(file));
                }
            }
        }
        return found;
    }

    /** Goes on with the numbers of the feed after those of an earlier run in the same folder. */
    Application continued(Application earlier) {
        runs = earlier.runs;
        return this;
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(ANSWER)
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
                .failFast("the application has ended, see " + folder.resolve("log-" + runs), () -> !process.isAlive())
                .until(() -> {
                    last[0] = sink();
                    return !last[0].isMissingNode() && condition.test(last[0]);
                });
        return last[0];
    }

    PathLag pathLag() throws IOException, InterruptedException {
        String metrics = get("/observe/metrics");
        NavigableMap<Double, Double> within = new TreeMap<>();
        Matcher buckets = BUCKET.matcher(metrics);
        while (buckets.find()) {
            String most = buckets.group(1);
            within.put(
                    most.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(most),
                    Double.parseDouble(buckets.group(2)));
        }
        return new PathLag(
                metric(metrics, "livefeed_path_lag_seconds_sum"),
                metric(metrics, "livefeed_path_lag_seconds_count"),
                within);
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
