package dev.livefeed.bench.drills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs drills against the packed jar and prints what was tried, survived and lost. */
@Command(
        name = "bench/drills",
        mixinStandardHelpOptions = true,
        description = "Injects faults into the packed application and checks its promises. Exit status: 0 if all were"
                + " kept, 1 if not, 2 for a wrong option.")
public final class Drills implements Callable<Integer> {

    private static final List<Drill> ALL = List.of(
            new KillDrill(),
            new EditDrill(),
            new StopDrill(),
            new HostileDrill(),
            new HttpDrill(),
            new StreamDrill(),
            new DiskDrill(),
            new DescriptorDrill());

    @Parameters(
            arity = "0..*",
            paramLabel = "DRILL",
            description = "Run only these of ${COMPLETION-CANDIDATES}; all by default.",
            completionCandidates = Names.class)
    private List<String> names = List.of();

    @Option(names = "--seed", description = "Seed of everything random; a new one by default.")
    private Long seed;

    @Option(
            names = "--hours",
            description = "Repeat faults and lengthen phases so that all drills take about this long.")
    private Double hours;

    @Option(
            names = "--scale",
            defaultValue = "1",
            description = "The same as a factor (${DEFAULT-VALUE}: about ten minutes).")
    private double scale;

    @Option(
            names = "--java-options",
            defaultValue = "-Xmx256m -XX:+UseSerialGC",
            description = "Options of the application's JVM (${DEFAULT-VALUE}); a fixed heap, so that a leak is an"
                    + " error.")
    private String javaOptions;

    @Option(
            names = "--lose",
            defaultValue = "0",
            description = "Leave out every n-th trade of the made feed, to see that the drills notice it.")
    private int lose;

    @Option(names = "--jar", required = true, hidden = true)
    private Path jar;

    @Option(names = "--probe-jar", required = true, hidden = true)
    private Path probeJar;

    @Option(names = "--folder", required = true, hidden = true)
    private Path folder;

    /** The names of all drills. */
    static final class Names implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return ALL.stream().map(Drill::name).iterator();
        }
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Drills()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        List<String> unknown = names.stream()
                .filter(name -> ALL.stream().noneMatch(d -> d.name().equals(name)))
                .toList();
        if (!unknown.isEmpty()) {
            System.err.println("error: there is no drill " + unknown + "; the drills are "
                    + ALL.stream().map(Drill::name).collect(Collectors.joining(", ")));
            return CommandLine.ExitCode.USAGE;
        }
        long chosenSeed = seed == null ? System.currentTimeMillis() % 1_000_000 : seed;
        double chosenScale = hours == null ? scale : hours * 6;
        empty(folder.resolve("runs"));
        Sampler sampler = new Sampler();
        sampler.start();
        DrillSetup setup = new DrillSetup(
                folder.toAbsolutePath(),
                jar.toAbsolutePath(),
                probeJar.toAbsolutePath(),
                Path.of("routes").toAbsolutePath(),
                List.of(javaOptions.trim().split("\\s+")),
                chosenSeed,
                chosenScale,
                lose,
                sampler);
        System.out.println("seed " + chosenSeed + ", scale " + chosenScale);
        return run(setup);
    }

    private int run(DrillSetup setup) throws IOException, InterruptedException {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("seed", setup.seed());
        run.put("scale", setup.scale());
        run.put("began", Instant.now().toString());
        run.put("cores", Runtime.getRuntime().availableProcessors());
        Report report = new Report(run);
        for (Drill drill : ALL) {
            if (names.isEmpty() || names.contains(drill.name())) {
                long begin = System.nanoTime();
                setup.sampler().drill(drill.name());
                List<Row> rows = rows(drill, setup);
                rows.forEach(row -> System.out.print(Report.line(row)));
                System.out.printf("  (%s took %.0f s)%n", drill.name(), (System.nanoTime() - begin) / 1e9);
                report.add(rows);
                report.write(setup.folder(), setup.sampler().samples());
            }
        }
        System.out.println();
        System.out.print(report.table());
        System.out.println("\nfigures and curves: " + setup.folder().resolve("drills.html"));
        return report.failed() ? 1 : 0;
    }

    private static List<Row> rows(Drill drill, DrillSetup setup) throws InterruptedException {
        try {
            return drill.run(setup);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            e.printStackTrace();
            return List.of(Row.of(drill.name(), "the whole drill", 1, 0, e.toString(), ""));
        }
    }

    private static void empty(Path runs) throws IOException {
        if (!Files.exists(runs)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(runs)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
