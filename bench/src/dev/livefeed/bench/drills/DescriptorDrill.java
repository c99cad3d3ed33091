package dev.livefeed.bench.drills;

import dev.livefeed.bench.ProbeFile.Counter;
import dev.livefeed.bench.ProcFigures;
import dev.livefeed.bench.drills.feed.FeedTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** All descriptors are used up by connections; the connector dies and a route file is edited meanwhile. */
final class DescriptorDrill implements Drill {

    private static final int RATE = 2_000;
    /** What is left for connections beside what the application itself needs. */
    private static final int SPARE = 60;

    private static final Duration RECOVERY = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "descriptors";
    }

    @Override
    public List<Row> run(DrillSetup setup) throws Exception {
        try (Program program = new Program(setup, name())
                .feed(setup.steady(RATE))
                .with("CONNECTOR_BACKOFF_INITIAL", "200ms")
                .with("CONNECTOR_STABLE_AFTER", "1s")
                .with("CONNECTOR_COOLDOWN", "2s")
                .start()) {
            program.awaitState("live");
            FeedTime time = FeedTime.read(program.folder(), RATE);
            long limit = ProcFigures.descriptors(program.pid()) + SPARE;
            setLimit(program, limit);
            Row held;
            try (RawClients clients = new RawClients(program.port()).open((int) limit * 2)) {
                TimeUnit.SECONDS.sleep(2);
                held = whileHeld(program, time, clients.opened(), limit);
            }
            return List.of(held, after(program, time));
        }
    }

    private static void setLimit(Program program, long limit) throws Exception {
        int status = new ProcessBuilder("prlimit", "--pid", Long.toString(program.pid()), "--nofile=" + limit + ':')
                .start()
                .waitFor();
        if (status != 0) {
            throw new DrillFailure("prlimit ended with status " + status + "; it belongs to util-linux");
        }
    }

    private Row whileHeld(Program program, FeedTime time, int opened, long limit) throws Exception {
        long killed = System.nanoTime();
        long next = time.tradesUntil(FeedTime.nowMicros()) + 1;
        program.connector().destroyForcibly();
        Path trades = program.route("trades");
        Files.writeString(trades, Files.readString(trades).replaceFirst("description: ", "description: (edited) "));
        boolean back = Await.met(RECOVERY, 10, () -> program.tradesAccounted() > next);
        return Row.of(
                name(),
                "connector killed while connections hold all descriptors",
                1,
                back ? 1 : 0,
                back ? "" : "no fresh data within " + RECOVERY.toSeconds() + " s",
                String.format(
                        "limit %d, %d connections, fresh after %.1f s",
                        limit, opened, (System.nanoTime() - killed) / 1e9));
    }

    private Row after(Program program, FeedTime time) throws Exception {
        Findings findings = new Findings();
        long freed = System.nanoTime();
        long next = time.tradesUntil(FeedTime.nowMicros()) + 1;
        findings.check(
                Await.met(RECOVERY, 10, () -> program.tradesAccounted() > next),
                "no fresh data " + RECOVERY.toSeconds() + " s after the clients have left");
        double seconds = (System.nanoTime() - freed) / 1e9;
        findings.check(
                Await.met(
                        RECOVERY,
                        100,
                        () -> program.health().at("/application/routes/reloads").asLong() > 0),
                "the edit was never taken");
        long[] made = program.endFeed();
        long accounted = program.tradesAccounted();
        findings.check(accounted == made[0], made[0] - accounted + " trades are missing without a word");
        findings.check(program.count(Counter.FAULTS) == 0, program.count(Counter.FAULTS) + " events are at fault");
        return Row.of(
                name(),
                "after the clients have left: fresh data, the edit, all trades",
                made[0],
                findings.toString().isEmpty() ? made[0] : 0,
                findings.toString(),
                String.format("fresh after %.1f s, %,d announced", seconds, program.count(Counter.REPORTED)));
    }
}
