package dev.livefeed.bench.drills;

import dev.livefeed.bench.drills.feed.FeedOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** The application is stopped with each signal in each state. */
final class StopDrill implements Drill {

    private static final Duration LIMIT = Duration.ofSeconds(7);
    private static final Map<String, Integer> STATUS = Map.of("TERM", 143, "INT", 130, "KILL", 137);
    private static final List<String> SIGNALS = List.of("TERM", "INT", "KILL");

    private enum State {
        STARTING,
        LIVE,
        FLOODING,
        RETRYING,
        COOLING_DOWN,
        MISCONFIGURED,
        DURING_AN_EDIT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    @Override
    public String name() {
        return "stops";
    }

    @Override
    public List<Row> run(DrillSetup setup) throws Exception {
        SplittableRandom random = new SplittableRandom(setup.seed());
        int rounds = setup.scaled(1, 1);
        List<Row> rows = new ArrayList<>();
        for (State state : State.values()) {
            Findings findings = new Findings();
            LatencyHistogram times = new LatencyHistogram();
            int tried = 0;
            int survived = 0;
            for (int round = 0; round < rounds; round++) {
                for (String signal : SIGNALS) {
                    String run = name() + '-' + state.ordinal() + '-' + signal + '-' + round;
                    tried++;
                    survived += stop(setup, run, state, signal, random, times, findings) ? 1 : 0;
                }
            }
            rows.add(Row.of(
                    name(),
                    String.join(", ", SIGNALS) + ' ' + state,
                    tried,
                    survived,
                    findings.toString(),
                    "ended after " + times));
        }
        return rows;
    }

    private static boolean stop(
            DrillSetup setup,
            String run,
            State state,
            String signal,
            SplittableRandom random,
            LatencyHistogram times,
            Findings findings)
            throws IOException, InterruptedException {
        try (Program program = new Program(setup, run)
                .options("-XX:TieredStopAtLevel=1")
                // A background job of a shell ignores SIGINT, and so do all its descendants.
                .behind("env", "--default-signal=INT")) {
            reach(program, state, random);
            List<ProcessHandle> all = new ArrayList<>(program.processes().living());
            ProcessHandle.of(program.pid()).ifPresent(it -> it.descendants().forEach(all::add));
            long begin = System.nanoTime();
            program.signal(signal);
            int status = program.exit(LIMIT);
            double millis = (System.nanoTime() - begin) / 1e6;
            String what = signal + ' ' + state + ": ";
            boolean fine = findings.check(status >= 0, what + "still running after 7 s, see " + program.log());
            if (status >= 0) {
                times.add(millis);
                fine &= findings.check(status == STATUS.get(signal), what + "exit status " + status);
            }
            boolean gone = Await.met(
                    Duration.ofMillis(Math.max(0, LIMIT.toMillis() - (long) millis)),
                    20,
                    () -> all.stream().allMatch(RunProcesses::isGone)
                            && program.processes().living().isEmpty());
            return fine & findings.check(gone, what + "left " + left(all));
        }
    }

    private static List<String> left(List<ProcessHandle> all) {
        return all.stream()
                .filter(process -> !RunProcesses.isGone(process))
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse(""))
                .toList();
    }

    private static void reach(Program program, State state, SplittableRandom random)
            throws IOException, InterruptedException {
        switch (state) {
            case STARTING -> {
                program.feed(FeedOptions.steady(200)).launch();
                TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(3_000));
            }
            case LIVE -> program.feed(FeedOptions.steady(200)).start().awaitState("live");
            case FLOODING -> program.feed(FeedOptions.flood()).start().awaitTrades(100_000);
            case RETRYING ->
                program.with("CONNECTOR_COMMAND", "sh -c 'exit 3'")
                        .with("CONNECTOR_BACKOFF_INITIAL", "60s")
                        .with("CONNECTOR_BACKOFF_MAX", "60s")
                        .launch()
                        .awaitState("retrying");
            case COOLING_DOWN ->
                program.with("CONNECTOR_COMMAND", "sh -c 'exit 3'")
                        .with("CONNECTOR_RETRIES", "0")
                        .with("CONNECTOR_COOLDOWN", "10m")
                        .launch()
                        .awaitState("exhausted");
            case MISCONFIGURED ->
                program.with("CONNECTOR_COMMAND", "sh -c 'exit 78'").launch().awaitState("misconfigured");
            case DURING_AN_EDIT -> {
                program.feed(FeedOptions.steady(5_000)).start();
                Path trades = program.route("trades");
                Files.writeString(
                        trades,
                        BrokenEdit.appended(Files.readString(trades), "- log: {message: edited, loggingLevel: TRACE}"));
                TimeUnit.MILLISECONDS.sleep(random.nextInt(700));
            }
        }
    }
}
