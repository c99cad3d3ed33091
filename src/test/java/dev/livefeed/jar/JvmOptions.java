package dev.livefeed.jar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * JVM options of the runs of the tests: they start hundreds of times for a few seconds each, so class data archives of
 * the application and of its connector, and the quick compiler, save more than half of the CPU time of a start.
 * Behaviour does not depend on them.
 */
public final class JvmOptions {

    /** The packed jar. */
    public static final Path JAR = Jar.FILE;

    private static final Path APPLICATION = Jar.FILE.resolveSibling("application.jsa");
    private static final Path CONNECTOR = Jar.FILE.resolveSibling("connector.jsa");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Path MADE = Jar.FILE.resolveSibling("archives.made");
    /** Without an archive, which is of use to one path of the jar only. */
    static final List<String> QUICK = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private JvmOptions() {}

    /** Options of the application; the first call for a jar makes the archives. */
    public static List<String> application() {
        return Holder.APPLICATION_OPTIONS;
    }

    /** Options of a connector that is started on its own. */
    public static List<String> connector() {
        return Holder.CONNECTOR_OPTIONS;
    }

    /** The value of {@code CONNECTOR_JAVA_OPTIONS}. */
    static String connectorSetting() {
        return "-Xmx64m " + String.join(" ", connector());
    }

    private static final class Holder {
        static final List<String> APPLICATION_OPTIONS;
        static final List<String> CONNECTOR_OPTIONS;

        static {
            makeArchives();
            APPLICATION_OPTIONS = options(APPLICATION);
            CONNECTOR_OPTIONS = options(CONNECTOR);
        }

        private static List<String> options(Path archive) {
            return Files.exists(archive) // a JVM without class data sharing runs all the same
                    ? List.of(QUICK.get(0), QUICK.get(1), "-XX:SharedArchiveFile=" + archive, "-Xshare:auto")
                    : QUICK;
        }
    }

    private static void makeArchives() {
        Path lockFile = Jar.FILE.resolveSibling("archives.lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // the tests run in several processes; closing the channel releases it
            if (!isCurrent(MADE)) {
                Files.deleteIfExists(APPLICATION);
                Files.deleteIfExists(CONNECTOR);
                runOnce();
                Files.writeString(MADE, "once for each jar, even if a slow machine has left one of them out\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isCurrent(Path made) throws IOException {
        return Files.exists(made)
                && Files.getLastModifiedTime(made).compareTo(Files.getLastModifiedTime(Jar.FILE)) >= 0;
    }

    /**
     * Runs the application with its simulator and does what many tests do, since an archive holds the classes that were
     * loaded: both JVMs write their archives when they end.
     */
    private static void runOnce() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("livefeed-archive");
        Path trades = editedRoutes(folder);
        int port = Jar.freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        Jar.JAVA,
                        QUICK.get(0),
                        QUICK.get(1),
                        "-XX:ArchiveClassesAtExit=" + APPLICATION,
                        "-jar",
                        Jar.FILE.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("HTTP_PORT", Integer.toString(port));
        builder.environment().put("CONNECTOR_STOP_WAIT", "90s"); // both archives are written at the end
        builder.environment().put("CONNECTOR_STOP_KILL", "90s");
        builder.environment().put("CONTEXT_BACKFILL", "levels");
        builder.environment()
                .put("CONNECTOR_JAVA_OPTIONS", String.join(" ", QUICK) + " -XX:ArchiveClassesAtExit=" + CONNECTOR);
        Process process = builder.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        await(process, end, () -> get(port, "/observe/health/ready").isPresent());
        for (String path : List.of("/ws/health", "/ready", "/observe/metrics", "/dead-letters", "/context")) {
            get(port, path);
        }
        RouteEdit.append(trades, "- log: {message: edited, loggingLevel: TRACE}");
        await(process, end, () -> get(port, "/ws/health").orElse("").contains("\"reloads\":1"));
        process.destroy();
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Routes that differ from those of the jar, so that the start tries them; returns the file of the trades. */
    private static Path editedRoutes(Path folder) throws IOException {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        try (Stream<Path> shipped = Files.list(Path.of("routes"))) {
            for (Path file : shipped.filter(Files::isRegularFile).toList()) {
                Files.copy(file, routes.resolve(file.getFileName().toString()));
            }
        }
        Path trades = routes.resolve("trades.camel.yaml");
        RouteEdit.append(trades, "- log: {message: seen, loggingLevel: TRACE}");
        return trades;
    }

    private static void await(Process process, long end, BooleanSupplier condition) throws InterruptedException {
        while (process.isAlive() && System.nanoTime() < end && !condition.getAsBoolean()) {
            process.waitFor(200, TimeUnit.MILLISECONDS);
        }
    }

    /** The body of a response of status 200. */
    private static Optional<String> get(int port, String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
