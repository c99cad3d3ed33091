package dev.livefeed.bench.drills;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.bench.drills.feed.FeedOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The disk of state, journal and files of events is full, read-only or emptied: an alarm, recovery, nothing untrue. */
final class DiskDrill implements Drill {

    private static final int RATE = 200;
    private static final int DISK_MIB = 8;
    private static final Duration NOTICED = Duration.ofSeconds(30);
    private static final Pattern TRADE_ID = Pattern.compile("\"type\":\"trade\".*?\"id\":\"(\\d+)\"");

    private enum Fault {
        FULL,
        READ_ONLY,
        EMPTIED
    }

    @Override
    public String name() {
        return "disks";
    }

    @Override
    public List<Row> run(DrillSetup setup) throws Exception {
        Path place = setup.folder().resolve("runs").resolve("disk");
        TemporaryDisk mounted;
        try {
            mounted = TemporaryDisk.mount(place, DISK_MIB);
        } catch (IOException e) {
            String reason = "no disk can be mounted: " + e.getMessage();
            return List.of(Row.skipped(name(), "full, read-only and emptied disk", reason));
        }
        try (TemporaryDisk disk = mounted;
                Program program = new Program(setup, name())
                        .feed(FeedOptions.steady(RATE))
                        .with("STATE_DIR", place.resolve("state"))
                        .with("STATE_INTERVAL", "1s")
                        .with("SINKS", "file")
                        .with("SINK_TYPES", "trade")
                        .with("SINK_FILE_DIR", place.resolve("events"))
                        .withoutStrategies()
                        .start()) {
            program.awaitState("live");
            long stored = 0;
            List<Row> rows = new ArrayList<>();
            for (Fault fault : Fault.values()) {
                Findings findings = new Findings();
                long before = stored;
                for (int i = 0; i < 3; i++) {
                    stored += order(program) == 200 ? 1 : 0;
                }
                findings.check(stored == before + 3, "orders are refused before the fault");
                if (fault == Fault.EMPTIED) {
                    stored = emptied(program, disk, stored, findings);
                } else {
                    stored = failing(program, disk, fault, stored, findings);
                }
                rows.add(Row.of(
                        name(),
                        fault.name().toLowerCase(Locale.ROOT).replace('_', '-') + " disk of state, journal and files",
                        1,
                        findings.toString().isEmpty() ? 1 : 0,
                        findings.toString(),
                        stored + " orders stored"));
            }
            rows.add(sink(program, place.resolve("events")));
            rows.add(journal(program, stored));
            return rows;
        }
    }

    private static int order(Program program) throws IOException, InterruptedException {
        return program.post("/strategy/orders", "{\"side\":\"buy\",\"qty\":\"0.001\"}")
                .statusCode();
    }

    private static long failing(Program program, TemporaryDisk disk, Fault fault, long before, Findings findings)
            throws IOException, InterruptedException {
        long stored = before;
        Instant began = Instant.now();
        if (fault == Fault.FULL) {
            disk.fill();
        } else {
            disk.readOnly(true);
        }
        // A file that is open can still be written to if nothing can be created, and the last block may have room.
        int[] taken = new int[1];
        boolean alarmed = Await.met(NOTICED, 50, () -> {
            int status = order(program);
            taken[0] += status == 200 ? 1 : 0;
            JsonNode health = program.health();
            return (fault == Fault.READ_ONLY || status == 503)
                    && health.at("/state/context/failing_since").isTextual()
                    && (fault == Fault.READ_ONLY
                            || health.at("/state/paper/failing_since").isTextual())
                    && health.at("/connector/alarms").toString().contains("since");
        });
        stored += taken[0];
        findings.check(
                alarmed,
                "no alarm with a start time, or orders are taken: "
                        + program.health().path("state"));
        if (alarmed) {
            Instant since = Instant.parse(
                    program.health().at("/state/context/failing_since").asText());
            findings.check(!since.isBefore(began.minusSeconds(2)), "the start time is " + since + ", before " + began);
        }
        if (fault == Fault.FULL) {
            disk.free();
        } else {
            disk.readOnly(false);
        }
        boolean recovered = Await.met(NOTICED, 100, () -> {
            JsonNode health = program.health();
            return health.at("/state/context/failing_since").isNull()
                    && health.at("/state/paper/failing_since").isNull();
        });
        findings.check(
                recovered,
                "no recovery within " + NOTICED.toSeconds() + " s: "
                        + program.health().path("state"));
        stored += order(program) == 200 ? 1 : 0;
        findings.check(program.isAlive(), "the application has ended");
        return stored;
    }

    private static long emptied(Program program, TemporaryDisk disk, long before, Findings findings)
            throws IOException, InterruptedException {
        disk.removeAll();
        int[] taken = new int[1];
        boolean written = Await.met(NOTICED, 500, () -> {
            taken[0] += order(program) == 200 ? 1 : 0;
            return taken[0] > 0
                    && program.health().at("/state/context/failing_since").isNull()
                    && program.health().at("/state/paper/failing_since").isNull()
                    && disk.holds(".jsonl");
        });
        findings.check(written, "no order and journal again within " + NOTICED.toSeconds() + " s");
        return before + taken[0];
    }

    /** Numbers in the files: those of a deleted file are gone, the others are there once and in order. */
    private Row sink(Program program, Path events) throws IOException, InterruptedException {
        Findings findings = new Findings();
        boolean delivered = Await.met(NOTICED, 200, () -> {
            JsonNode sink = program.health().at("/sinks/file");
            return sink.path("failing_since").isNull();
        });
        findings.check(
                delivered, "the sink file does not recover: " + program.health().at("/sinks/file"));
        long last = -1;
        long count = 0;
        long disorder = 0;
        try (Stream<Path> files = Files.exists(events) ? Files.walk(events) : Stream.empty()) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Matcher id = TRADE_ID.matcher(Files.readString(file, StandardCharsets.UTF_8));
                while (id.find()) {
                    long number = Long.parseLong(id.group(1));
                    disorder += last >= 0 && number != last + 1 ? 1 : 0;
                    last = number;
                    count++;
                }
            }
        }
        findings.check(count > 0, "no trade is in the files");
        findings.check(disorder == 0, disorder + " trades in the files are missing, repeated or unordered");
        return Row.of(
                name(),
                "sink file after these faults: trades without a hole",
                count,
                findings.toString().isEmpty() ? count : 0,
                findings.toString(),
                "");
    }

    private Row journal(Program program, long stored) throws IOException, InterruptedException {
        program.signal("KILL");
        program.exit(Duration.ofSeconds(10));
        program.start();
        program.awaitState("live");
        String qty = position(program);
        String expected = BigDecimal.valueOf(stored, 3).stripTrailingZeros().toPlainString();
        return Row.of(
                name(),
                "after kill -9: each order answered with 200 is in the journal",
                stored,
                qty.equals(expected) ? stored : 0,
                qty.equals(expected) ? "" : "the position is " + qty + " instead of " + expected,
                "");
    }

    private static String position(Program program) throws IOException, InterruptedException {
        JsonNode positions = program.json("/strategy/positions").path("positions");
        for (JsonNode position : positions) {
            return new BigDecimal(position.path("qty").asText())
                    .stripTrailingZeros()
                    .toPlainString();
        }
        return "0";
    }
}
