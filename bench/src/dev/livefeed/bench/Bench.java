package dev.livefeed.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The end-to-end benchmark: the packed application and its connector process with a local feed. */
@Command(
        name = "bench/run",
        mixinStandardHelpOptions = true,
        description = "Measures the packed application from the exchange's socket to the last step of the routes.")
public final class Bench implements Callable<Integer> {

    private static final String REFERENCE = "reference";
    private static final String CONNECTOR = "connector";
    private static final Map<String, Measurement.Starter> PROGRAMS = new LinkedHashMap<>();

    static {
        PROGRAMS.put("application", MeasuredProgram::application);
        PROGRAMS.put(CONNECTOR, MeasuredProgram::connector);
        PROGRAMS.put(REFERENCE, MeasuredProgram::reference);
    }

    @Option(names = "--runs", defaultValue = "3", description = "Runs of each measurement (${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--warm-up",
            defaultValue = "7",
            description = "Warm-up in seconds (${DEFAULT-VALUE}); half of it for the reference.")
    private int warmUp;

    @Option(
            names = "--seconds",
            defaultValue = "4",
            description = "Duration of a measurement in seconds (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rate",
            defaultValue = "2000",
            description = "Frames per second of the paced run (${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--only",
            split = ",",
            description = "Run only these of application, connector, reference, 1 (symbol), 10 (symbols), paced, "
                    + "steady.")
    private Set<String> only = Set.of();

    @Option(names = "--growth", description = "Instead, measure memory over this many minutes of full load.")
    private int growthMinutes;

    @Option(
            names = "--java-options",
            defaultValue = "",
            description = "Options of the application's JVM; bench/run passes those of bin/livefeed.")
    private String javaOptions;

    @Option(names = "--jar", required = true, hidden = true)
    private Path jar;

    @Option(names = "--routes", defaultValue = "routes", description = "Folder of the routes.")
    private Path routes;

    @Option(names = "--classes", required = true, hidden = true)
    private Path classes;

    @Option(names = "--json", defaultValue = "bench/results/latest.json", description = "File for all figures.")
    private Path json;

    private final Results results = new Results();

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("livefeed-bench");
        try {
            RouteCopy.make(routes, folder.resolve("routes"));
            Setup setup = new Setup(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    Arrays.stream(javaOptions.split(" "))
                            .filter(option -> !option.isEmpty())
                            .toList(),
                    connectorOptions(),
                    jar.toAbsolutePath(),
                    classes.toAbsolutePath(),
                    folder.resolve("routes"),
                    folder);
            if (growthMinutes > 0) {
                growth(new Measurement(setup, Duration.ZERO, Duration.ZERO));
            } else {
                measure(setup);
            }
            results.write(json, machine());
            System.out.println("\n" + results.tables() + "all figures: " + json);
        } finally {
            delete(folder);
        }
        results.incomplete()
                .forEach(run -> System.err.println("error: " + run + "; what is lost must be reported as a gap"));
        return results.incomplete().isEmpty() ? 0 : 1;
    }

    /** Measures all programs within each run, so that other load on the machine affects all of them. */
    private void measure(Setup setup) throws Exception {
        for (int run = 1; run <= runs; run++) {
            for (Map.Entry<String, Measurement.Starter> program : PROGRAMS.entrySet()) {
                String name = program.getKey();
                Duration before = Duration.ofMillis(name.equals(REFERENCE) ? warmUp * 500L : warmUp * 1_000L);
                Measurement measurement = new Measurement(setup, before, Duration.ofSeconds(seconds));
                for (int symbols : new int[] {1, 10}) {
                    if (selected(name, Integer.toString(symbols))) {
                        Load load = measurement.load(program.getValue(), symbols);
                        results.add(name + ", " + symbols + (symbols == 1 ? " symbol" : " symbols"), load);
                        System.out.printf(
                                "run %d %s, %d: %,.0f events/s, %.2f us/event; %s%n",
                                run, name, symbols, load.eventsPerSecond(), load.cpuMicrosPerEvent(), load.delivery());
                    }
                }
                if (name.equals(CONNECTOR) && selected(name, "steady")) {
                    connectorOnly(measurement, 50, 3_500, true);
                    connectorOnly(measurement, 700, 3_500, false);
                    connectorOnly(measurement, 700, 8_700, false);
                }
                if (selected(name, "paced")) {
                    Latency latency = measurement.latency(program.getValue(), rate);
                    results.add(name + ", " + rate + " frames/s", latency);
                    System.out.printf(
                            "run %d %s, paced: p50 %.0f us, p99 %.0f us; %s%n",
                            run, name, latency.p50(), latency.p99(), latency.delivery());
                }
            }
        }
    }

    private void connectorOnly(Measurement measurement, int symbols, int framesPerSecond, boolean trades)
            throws Exception {
        ConnectorLoad connectorOnly = measurement.connectorOnly(symbols, framesPerSecond, trades);
        results.add(
                symbols + (trades ? " symbols, trades and books, " : " symbols, books, ") + framesPerSecond
                        + " frames/s",
                connectorOnly);
        System.out.printf(
                "connector, %d symbols, %d frames/s: %,.0f events/s, %.2f cores, %.0f MiB; %s%n",
                symbols,
                framesPerSecond,
                connectorOnly.eventsPerSecond(),
                connectorOnly.cores(),
                connectorOnly.memory().peak(),
                connectorOnly.delivery());
    }

    private boolean selected(String program, String kind) {
        boolean anyProgram = only.stream().noneMatch(PROGRAMS::containsKey);
        boolean anyKind = only.stream().allMatch(PROGRAMS::containsKey);
        return (anyProgram || only.contains(program)) && (anyKind || only.contains(kind));
    }

    /** The connector options of application.properties in the working directory. */
    private static List<String> connectorOptions() throws IOException {
        Properties settings = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("application.properties"))) {
            settings.load(file);
        }
        return List.of(settings.getProperty("connector.java.options").strip().split("\\s+"));
    }

    private void growth(Measurement measurement) throws Exception {
        System.out.println("| s | events/s | application MiB | connector MiB | faults |\n|---|---|---|---|---|");
        Delivery delivery = measurement.growth(Duration.ofMinutes(growthMinutes), Duration.ofSeconds(30), line -> {
            results.add(line);
            System.out.printf(
                    "| %.0f | %,.0f | %.0f | %.0f | %.0f |%n",
                    line.seconds(), line.eventsPerSecond(), line.applicationMib(), line.connectorMib(), line.faults());
        });
        results.check("growth", delivery);
        System.out.println(delivery);
    }

    private Map<String, Object> machine() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("at", Instant.now().toString());
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        machine.put("java", System.getProperty("java.vm.version"));
        machine.put("os", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
        machine.put("java_options", javaOptions);
        return machine;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
