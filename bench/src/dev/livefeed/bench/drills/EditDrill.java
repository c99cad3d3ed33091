package dev.livefeed.bench.drills;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.bench.ProbeFile.Counter;
import dev.livefeed.bench.drills.feed.FeedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Route files are edited while events flow: good edits are taken, broken ones named, and nothing is lost. */
final class EditDrill implements Drill {

    private static final int EDITS = 50;
    private static final int RATE = 20_000;
    private static final int BROKEN_EACH = 3;
    private static final List<String> FILES =
            List.of("trades", "depth", "events", "strategy-sweep", "strategy-vwap-reversion");
    private static final Duration TAKEN = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "edits";
    }

    @Override
    public List<Row> run(DrillSetup setup) throws Exception {
        int edits = setup.scaled(EDITS, BrokenEdit.values().length * BROKEN_EACH);
        SplittableRandom random = new SplittableRandom(setup.seed());
        try (Program program =
                new Program(setup, name()).feed(setup.steady(RATE)).start()) {
            LatencyHistogram taken = new LatencyHistogram();
            Findings findings = new Findings();
            Findings brokenFindings = new Findings();
            long pid = program.connector().pid();
            int survived = 0;
            int broken = 0;
            int brokenSurvived = 0;
            for (int i = 0; i < edits; i++) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
                survived += edit(program, i, random, taken, findings) ? 1 : 0;
                if (i % BROKEN_EACH == BROKEN_EACH - 1) {
                    BrokenEdit kind = BrokenEdit.values()[broken++ % BrokenEdit.values().length];
                    brokenSurvived += breaks(program, kind, brokenFindings) ? 1 : 0;
                }
            }
            findings.check(program.connector().pid() == pid, "the connector was started again");
            return List.of(
                    Row.of(
                            name(),
                            "live edits at " + RATE + " events/s",
                            edits,
                            survived,
                            findings.toString(),
                            "taken after " + taken),
                    Row.of(
                            name(),
                            "broken edits: the last version goes on, health names the fault",
                            broken,
                            brokenSurvived,
                            brokenFindings.toString(),
                            ""),
                    delivery(program));
        }
    }

    private static boolean edit(
            Program program, int number, SplittableRandom random, LatencyHistogram taken, Findings findings)
            throws IOException, InterruptedException {
        String name = FILES.get(number % FILES.size());
        Path file = program.route(name);
        String text = Files.readString(file);
        String edited = text.replaceFirst("(?m)^( +description: .*?)( \\(edit \\d+\\))?$", "$1 (edit " + number + ")");
        long reloads = reloads(program);
        long begin = System.nanoTime();
        save(file, edited, random.nextInt(3));
        if (Await.met(TAKEN, 20, () -> reloads(program) > reloads)) {
            taken.add((System.nanoTime() - begin) / 1e6);
            return true;
        }
        findings.add("edit " + number + " of " + name + " was not taken within " + TAKEN.toSeconds() + " s");
        return false;
    }

    /** In place, by a rename as editors do, or in two writes. */
    private static void save(Path file, String text, int manner) throws IOException {
        switch (manner) {
            case 0 -> Files.writeString(file, text);
            case 1 -> {
                Path draft = file.resolveSibling("." + file.getFileName() + ".swp");
                Files.writeString(draft, text);
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
            default -> {
                Files.writeString(file, text.substring(0, text.length() / 2));
                Files.writeString(file, text.substring(text.length() / 2), StandardOpenOption.APPEND);
            }
        }
    }

    private static long reloads(Program program) throws IOException, InterruptedException {
        return program.health().at("/application/routes/reloads").asLong();
    }

    private static boolean breaks(Program program, BrokenEdit kind, Findings findings)
            throws IOException, InterruptedException {
        Path file = program.route("trades");
        String good = Files.readString(file);
        kind.apply(file, good);
        JsonNode[] fault = new JsonNode[1];
        boolean named = Await.met(TAKEN, 50, () -> {
            for (JsonNode one : program.health().at("/application/routes/faults")) {
                if (one.path("file").asText().contains("trades")) {
                    fault[0] = one;
                }
            }
            return fault[0] != null;
        });
        boolean fine = findings.check(named, kind + ": no fault of the file in health")
                && findings.check(!kind.hasLine() || fault[0].path("line").isInt(), kind + ": no line in " + fault[0]);
        long before = program.count(Counter.TRADES);
        fine &= findings.check(
                Await.met(Duration.ofSeconds(10), 10, () -> program.count(Counter.TRADES) > before + RATE / 10),
                kind + ": the last version does not go on");
        kind.revert(file, good);
        return fine
                & findings.check(
                        Await.met(TAKEN, 50, () -> program.health()
                                .at("/application/routes/faults")
                                .isEmpty()),
                        kind + ": health still reports the fault after the file was corrected");
    }

    private Row delivery(Program program) throws IOException, InterruptedException {
        long[] made = program.endFeed();
        Findings findings = new Findings();
        long trades = program.count(Counter.TRADES);
        long books = program.count(Counter.UPDATES);
        JsonNode health = program.health();
        findings.check(trades == made[0], made[0] - trades + " trades are missing");
        findings.check(books == made[1], made[1] - books + " changes of the book are missing");
        findings.check(program.count(Counter.FAULTS) == 0, program.count(Counter.FAULTS) + " came twice or unordered");
        findings.check(
                health.at("/dead_letters/total").asLong() == 0, "dead letters " + health.at("/dead_letters/by_reason"));
        double seconds =
                (FeedTime.nowMicros() - FeedTime.read(program.folder(), RATE).beganMicros()) / 1e6;
        return Row.of(
                name(),
                "trades and changes of the book arrive once and in order",
                made[0] + made[1],
                trades + books,
                findings.toString(),
                String.format("%,.0f events/s", (trades + books) / seconds));
    }
}
