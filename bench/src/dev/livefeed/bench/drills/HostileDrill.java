package dev.livefeed.bench.drills;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.bench.ProbeFile.Counter;
import dev.livefeed.bench.ProcFigures;
import dev.livefeed.bench.drills.feed.FeedOptions;
import dev.livefeed.bench.drills.feed.NumberedFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines that are no events among numbered good ones. */
final class HostileDrill implements Drill {

    private static final int LINES = 10_000_000;
    private static final int MEASURED = 300_000;
    private static final double COST = 3;
    /** More than this, on top of what it was after the first lines, is a leak: the heap is limited to 256 MiB. */
    private static final long MORE_MIB = 150;

    private static final int MOST_LOG_BYTES = 1_000_000;
    private static final Pattern COUNT = Pattern.compile("(?m)^livefeed_dead_letters_total\\{[^}]*} (\\S+)$");

    @Override
    public String name() {
        return "hostile";
    }

    @Override
    public List<Row> run(DrillSetup setup) throws Exception {
        int lines = setup.scaled(LINES, MEASURED);
        int mixed = lines / (NumberedFeed.GOOD_EACH - 1) * NumberedFeed.GOOD_EACH;
        String plan = "mixed:" + MEASURED + ",good:" + MEASURED + ",bad:" + MEASURED + ",mixed:" + mixed;
        try (Program program = new Program(setup, name())
                .feed(FeedOptions.hostile(plan, setup.seed()).losing(setup.lose()))
                .launch()) {
            long[] phases = {goodMixed(MEASURED), MEASURED, 0, goodMixed(mixed)};
            double[] cpu = new double[phases.length];
            long expected = 0;
            long warmMib = 0;
            long begin = 0;
            for (int i = 0; i < phases.length; i++) {
                begin = System.nanoTime();
                long before = ProcFigures.cpuMicros(program.pid());
                Files.createFile(program.folder().resolve(NumberedFeed.PHASE + i));
                expected += phases[i] + 1;
                phase(program, i, expected, setup);
                cpu[i] = ProcFigures.cpuMicros(program.pid()) - before;
                if (i == 2) {
                    warmMib = ProcFigures.residentKib(program.pid()) / 1024;
                }
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            long[] made = program.endFeed();
            List<Row> rows = new ArrayList<>();
            rows.add(good(program, made, mixed / seconds));
            rows.add(deadLetters(program, made[2]));
            rows.add(cost(cpu[1] / MEASURED, cpu[2] / MEASURED));
            rows.add(bounded(program, warmMib));
            return rows;
        }
    }

    private static void phase(Program program, int number, long expected, DrillSetup setup)
            throws InterruptedException {
        // With lost lines, the exact number never comes.
        long most = setup.lose() > 0 ? expected - expected / setup.lose() - 1 : expected;
        program.await(
                "the end of phase " + number,
                Duration.ofMinutes(10 + (long) (10 * setup.scale())),
                () -> program.count(Counter.TRADES) >= most);
    }

    private static long goodMixed(long lines) {
        return (lines + NumberedFeed.GOOD_EACH - 1) / NumberedFeed.GOOD_EACH;
    }

    private Row good(Program program, long[] made, double rate) {
        Findings findings = new Findings();
        long arrived = program.count(Counter.TRADES);
        findings.check(arrived == made[0], made[0] - arrived + " good lines are missing");
        findings.check(program.count(Counter.FAULTS) == 0, program.count(Counter.FAULTS) + " are twice or unordered");
        return Row.of(
                name(),
                "good lines among hostile ones arrive once and in order",
                made[0],
                arrived,
                findings.toString(),
                String.format("%,.0f lines/s", rate));
    }

    private Row deadLetters(Program program, long bad) throws IOException, InterruptedException {
        JsonNode letters = program.health().path("dead_letters");
        long total = letters.path("total").asLong();
        long byReason = 0;
        for (JsonNode count : letters.path("by_reason")) {
            byReason += count.asLong();
        }
        double metrics = 0;
        Matcher count = COUNT.matcher(program.get("/observe/metrics"));
        while (count.find()) {
            metrics += Double.parseDouble(count.group(1));
        }
        Findings findings = new Findings();
        findings.check(byReason == bad, byReason + " by reason in health");
        findings.check(metrics == bad, metrics + " in the metrics");
        long reached = letters.at("/by_reason/step-failed").asLong();
        findings.check(reached == 0, reached + " of an instrument that nobody asked for reached the routes");
        return Row.of(
                name(),
                "hostile lines are dead letters, and the counts add up",
                bad,
                total,
                findings.toString(),
                letters.path("by_reason").toString());
    }

    private Row cost(double good, double bad) {
        double ratio = bad / good;
        return Row.of(
                name(),
                "a bad line costs at most " + (int) COST + " times a good one",
                1,
                ratio <= COST ? 1 : 0,
                "",
                String.format("CPU per line: good %.2f us, bad %.2f us, ratio %.2f", good, bad, ratio));
    }

    private Row bounded(Program program, long warmMib) throws IOException {
        long peak = ProcFigures.peakKib(program.pid()) / 1024;
        long log = Files.size(program.log());
        Findings findings = new Findings();
        findings.check(peak <= warmMib + MORE_MIB, "memory grew from " + warmMib + " to " + peak + " MiB");
        findings.check(log <= MOST_LOG_BYTES, log + " bytes of log");
        return Row.of(
                name(),
                "memory and log stay bounded",
                1,
                findings.toString().isEmpty() ? 1 : 0,
                findings.toString(),
                String.format("resident %d, peak %d MiB, log %,d bytes", warmMib, peak, log));
    }
}
