package dev.livefeed.sinks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A server in a process of its own, which can be killed, paused, and started again on the same data and port. */
final class ServerProcess implements AutoCloseable {

    /** Where Debian and Go put programs that may not be on the PATH. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private static final List<String> MORE_FOLDERS =
            List.of("/usr/sbin", "/usr/local/sbin", System.getProperty("user.home") + "/go/bin");

    /** Of CPU time until it takes requests: several times what any start here needs. */
    private static final Duration START_CPU = Duration.ofSeconds(60);

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final Path folder;
    private final List<String> command;
    private final Callable<Boolean> accepts;
    private final Map<String, String> environment;
    private Process process;

    /**
     * @param folder working directory of the server
     * @param accepts whether the server takes requests; may throw while it does not
     */
    ServerProcess(Path folder, List<String> command, Map<String, String> environment, Callable<Boolean> accepts) {
        this.folder = folder;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.accepts = accepts;
    }

    /** The path of a program; fails with the command that installs it. */
    static Path program(String name, String install) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(":")), MORE_FOLDERS.stream())
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is not installed; install it with: " + install));
    }

    /** A port outside the range from which the system takes ports of outgoing connections. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current()
                    .nextInt(Integer.getInteger("ports.from", 10_000), Integer.getInteger("ports.to", 32_000));
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (GIVEN.add(socket.getLocalPort())) { // a server may bind its second port before its first
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                continue; // in use
            }
        }
    }

    /** Whether a local port accepts connections. */
    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts the server and waits until it takes requests. */
    void start() throws IOException {
        Path log = folder.resolve("server.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        awaitStart(process, command.get(0) + ", whose log is " + log, accepts);
    }

    /**
     * Waits until a process takes requests. One that has used much CPU time without this hangs; the clock tells less,
     * as a start that needs 10 s of CPU time takes a minute on a machine with many other processes.
     *
     * @param accepts may throw while it does not
     */
    static void awaitStart(Process started, String what, Callable<Boolean> accepts) {
        Awaitility.await("the start of " + what)
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .failFast(
                        "has ended or used " + START_CPU.toSeconds() + " s of CPU time at its start: " + what,
                        () -> !started.isAlive() || usedUp(started))
                .until(accepts);
    }

    private static boolean usedUp(Process started) {
        return started.info().totalCpuDuration().orElse(Duration.ZERO).compareTo(START_CPU) > 0;
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Kills it with SIGKILL, and its children, and waits for the end. */
    void kill() throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.waitFor(10, TimeUnit.SECONDS);
        for (ProcessHandle child : children) {
            child.onExit().completeOnTimeout(child, 10, TimeUnit.SECONDS).join();
        }
    }

    /** Sends a signal to it and its children, such as {@code STOP}. */
    void signal(String name) throws IOException, InterruptedException {
        List<String> kill = new java.util.ArrayList<>(List.of("kill", "-" + name, Long.toString(process.pid())));
        process.descendants().forEach(child -> kill.add(Long.toString(child.pid())));
        new ProcessBuilder(kill).start().waitFor();
    }

    @Override
    public void close() {
        if (isRunning()) {
            try {
                signal("CONT");
                kill();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
