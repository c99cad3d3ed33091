package dev.livefeed.bench;

import dev.livefeed.bench.ProbeFile.Counter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A measured program: the application with its connector, the connector only, or the reference. */
final class MeasuredProgram implements AutoCloseable {

    private static final long FIRST_EVENT_LIMIT_SECONDS = 60;
    private static final long STOP_LIMIT_SECONDS = 10;
    private static final Set<MeasuredProgram> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(MeasuredProgram::kill)));
    }

    private final Process process;
    private final ProbeFile probe;
    private final Path log;
    private final long startedAt;
    private final boolean connectorOnly;

    private MeasuredProgram(
            List<String> command, Map<String, String> environment, Path folder, int arrivals, boolean connectorOnly)
            throws IOException {
        this.connectorOnly = connectorOnly;
        Path probeFile = Files.createTempFile(folder, "probe", ".bin");
        probe = ProbeFile.map(probeFile, arrivals);
        log = Files.createTempFile(folder, "subject", ".log");
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(
                1, List.of("-D" + ProbeFile.PATH + '=' + probeFile, "-D" + ProbeFile.ARRIVALS + '=' + arrivals));
        ProcessBuilder builder =
                new ProcessBuilder(arguments).directory(folder.toFile()).redirectError(log.toFile());
        if (!connectorOnly) {
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
        }
        builder.environment().putAll(environment);
        startedAt = System.nanoTime();
        process = builder.start();
        RUNNING.add(this);
    }

    /** Starts the application as a user does, with the probe on its class path and in its routes. */
    static MeasuredProgram application(Setup setup, FeedServer server, List<FeedInstrument> instruments, int arrivals)
            throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("DATA_SOURCE", "bybit_connector");
        environment.put("SYMBOL", String.join(",", symbols(instruments)));
        environment.put("BYBIT_WS_BASE_URL", server.streamUrl());
        environment.put("BYBIT_REST_BASE_URL", server.restUrl());
        environment.put("ROUTES_DIR", setup.routes().toString());
        environment.put("HTTP_PORT", Integer.toString(freePort()));
        List<String> command = new ArrayList<>(List.of(setup.java()));
        command.addAll(setup.options());
        command.addAll(List.of("-cp", setup.jar() + ":" + setup.classes(), "dev.livefeed.Main", "run"));
        return new MeasuredProgram(command, environment, setup.folder(), arrivals, false);
    }

    /**
     * Starts the connector only, with its shipped options, and sends it subscriptions as the application does.
     */
    static MeasuredProgram connector(Setup setup, FeedServer server, List<FeedInstrument> instruments, int arrivals)
            throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("BYBIT_WS_BASE_URL", server.streamUrl());
        environment.put("BYBIT_REST_BASE_URL", server.restUrl());
        List<String> command = new ArrayList<>(List.of(setup.java()));
        command.addAll(setup.connectorOptions());
        command.addAll(List.of("-cp", setup.jar().toString(), "dev.livefeed.connector.ConnectorMain", "bybit"));
        MeasuredProgram subject = new MeasuredProgram(command, environment, setup.folder(), arrivals, true);
        Thread reader = new Thread(
                new LineProbe(subject.process.getInputStream(), subject.probe, symbols(instruments)), "lines");
        reader.setDaemon(true);
        reader.start();
        StringBuilder commands = new StringBuilder();
        for (FeedInstrument instrument : instruments) {
            for (String channel : server.hasTrades() ? List.of("trades", "depth") : List.of("depth")) {
                commands.append("{\"command\":\"subscribe\",\"channel\":\"")
                        .append(channel)
                        .append("\",\"symbol\":\"")
                        .append(instrument.symbol())
                        .append("\"}\n");
            }
        }
        subject.process.getOutputStream().write(commands.toString().getBytes(StandardCharsets.US_ASCII));
        subject.process.getOutputStream().flush();
        return subject;
    }

    static MeasuredProgram reference(Setup setup, FeedServer server, List<FeedInstrument> instruments, int arrivals)
            throws IOException {
        List<String> command = List.of(
                setup.java(),
                "-cp",
                setup.jar() + ":" + setup.classes(),
                Reference.class.getName(),
                server.streamUrl(),
                String.join(",", symbols(instruments)));
        return new MeasuredProgram(command, Map.of(), setup.folder(), arrivals, false);
    }

    private static List<String> symbols(List<FeedInstrument> instruments) {
        return instruments.stream().map(FeedInstrument::symbol).toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    ProbeFile probe() {
        return probe;
    }

    /** Waits for the first event; returns milliseconds since the start. */
    long awaitFirstEvent() throws IOException, InterruptedException {
        long limit = startedAt + TimeUnit.SECONDS.toNanos(FIRST_EVENT_LIMIT_SECONDS);
        while (probe.get(Counter.EVENTS) == 0) {
            if (!process.isAlive() || System.nanoTime() > limit) {
                throw new IOException("no event arrived"
                        + (process.isAlive() ? " within " + FIRST_EVENT_LIMIT_SECONDS + " s" : ", the program ended")
                        + "; its log:\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return TimeUnit.NANOSECONDS.toMillis(probe.get(Counter.FIRST_EVENT) - startedAt);
    }

    /** Process id of the application, or -1 if there is none. */
    long pid() {
        return connectorOnly ? -1 : process.pid();
    }

    /** Process id of the connector, or -1 if there is none. */
    long connectorPid() {
        return connectorOnly
                ? process.pid()
                : process.children()
                        .filter(MeasuredProgram::isJava)
                        .mapToLong(ProcessHandle::pid)
                        .findFirst()
                        .orElse(-1);
    }

    /** CPU time of all its processes, in microseconds. */
    long cpuMicros() throws IOException {
        return cpuMicros(pid()) + cpuMicros(connectorPid());
    }

    /** Distinguishes the connector from its guard, which is a shell. */
    private static boolean isJava(ProcessHandle child) {
        return child.info()
                .command()
                .filter(command -> command.endsWith("/java"))
                .isPresent();
    }

    private static long cpuMicros(long pid) throws IOException {
        return pid < 0 ? 0 : ProcFigures.cpuMicros(pid);
    }

    @Override
    public void close() {
        Collection<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        kill();
    }

    private void kill() {
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            descendants.forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
        RUNNING.remove(this);
    }
}
