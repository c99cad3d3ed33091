package dev.livefeed.bench.drills;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.bench.ProbeFile.Counter;
import dev.livefeed.bench.drills.feed.FeedTime;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** The connector is killed with SIGKILL under load, again and again. */
final class KillDrill implements Drill {

    private static final int KILLS = 200;
    private static final int RATE = 5_000;
    /** The JVM creates threads and opens files during the first of them. */
    private static final int WARM = 10;

    private static final int MORE_THREADS = 10;
    private static final int MORE_DESCRIPTORS = 10;

    @Override
    public String name() {
        return "kills";
    }

    @Override
    public List<Row> run(DrillSetup setup) throws Exception {
        int kills = setup.scaled(KILLS, WARM + 5);
        SplittableRandom random = new SplittableRandom(setup.seed());
        try (Program program = new Program(setup, name())
                .feed(setup.steady(RATE))
                .with("CONNECTOR_BACKOFF_INITIAL", "100ms")
                .with("CONNECTOR_STABLE_AFTER", "300ms")
                .with("CONNECTOR_COOLDOWN", "1s")
                .start()) {
            FeedTime time = FeedTime.read(program.folder(), RATE);
            LatencyHistogram fresh = new LatencyHistogram();
            Findings findings = new Findings();
            ProcessFigures warm = program.figures();
            int survived = 0;
            for (int i = 0; i < kills; i++) {
                // Longer than CONNECTOR_STABLE_AFTER: the next start comes after the first backoff.
                TimeUnit.MILLISECONDS.sleep(400 + random.nextInt(300));
                survived += kill(program, time, fresh, findings) ? 1 : 0;
                if (i == WARM) {
                    warm = program.figures();
                }
            }
            return List.of(
                    Row.of(
                            name(),
                            "kill -9 of the connector at " + RATE + " events/s",
                            kills,
                            survived,
                            findings.toString(),
                            "to fresh data " + fresh),
                    processes(program, warm, kills),
                    delivery(program));
        }
    }

    private static boolean kill(Program program, FeedTime time, LatencyHistogram fresh, Findings findings)
            throws InterruptedException {
        long killed = System.nanoTime();
        // In the pipe there are trades until now.
        long next = time.tradesUntil(FeedTime.nowMicros()) + 1;
        program.connector().destroyForcibly();
        boolean back = Await.met(Await.LONG, 1, () -> program.tradesAccounted() > next);
        if (back) {
            fresh.add((System.nanoTime() - killed) / 1e6);
        } else {
            findings.add("no fresh trade within " + Await.LONG.toSeconds() + " s, see " + program.log());
        }
        return back;
    }

    private Row processes(Program program, ProcessFigures warm, int kills) throws Exception {
        Findings findings = new Findings();
        Await.met(
                Duration.ofSeconds(10),
                100,
                () -> program.figures().processes() <= 2 && program.figures().zombies() == 0);
        ProcessFigures end = program.figures();
        findings.check(end.zombies() == 0, end.zombies() + " zombies");
        findings.check(end.processes() <= 2, end.processes() + " processes instead of application and connector");
        findings.check(
                end.threads() <= warm.threads() + MORE_THREADS,
                "threads grew from " + warm.threads() + " to " + end.threads());
        findings.check(
                end.descriptors() <= warm.descriptors() + MORE_DESCRIPTORS,
                "descriptors grew from " + warm.descriptors() + " to " + end.descriptors());
        return Row.of(
                name(),
                "no orphan, zombie, thread or descriptor is left",
                kills,
                findings.toString().isEmpty() ? kills : 0,
                findings.toString(),
                "threads " + warm.threads() + " to " + end.threads() + ", descriptors " + warm.descriptors() + " to "
                        + end.descriptors() + ", resident " + warm.residentMib() + " to " + end.residentMib() + " MiB");
    }

    private Row delivery(Program program) throws Exception {
        long[] made = program.endFeed();
        Findings findings = new Findings();
        long arrived = program.count(Counter.TRADES);
        long announced = program.count(Counter.REPORTED);
        long missing = made[0] - arrived - announced;
        findings.check(missing == 0, missing + " trades are missing without a word");
        findings.check(
                program.count(Counter.FAULTS) == 0,
                program.count(Counter.FAULTS) + " events came twice, out of order, or after an unannounced loss");
        JsonNode health = program.health();
        return Row.of(
                name(),
                "trades arrive once and in order, or are announced as lost",
                made[0],
                arrived + announced,
                findings.toString(),
                String.format(
                        "%,d announced, %,d dead letters (lines cut by a kill), %d starts",
                        announced,
                        health.at("/dead_letters/total").asLong(),
                        health.at("/connector/connector_health/starts").asLong()));
    }
}
