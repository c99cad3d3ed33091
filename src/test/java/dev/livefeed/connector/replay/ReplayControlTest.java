package dev.livefeed.connector.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.sdk.RecordedLines;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.sdk.command.ReplaySpeed;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ReplayStatus.RecordingEnded;
import dev.livefeed.protocol.status.ReplayStatus.ReplayProgress;
import dev.livefeed.protocol.status.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pause, resume, speed and step, and the reports on a replay. */
class ReplayControlTest {

    /** Start of the recordings in these tests. */
    private static final Instant BEGIN = Instant.parse("2026-05-28T20:26:40Z");

    @TempDir
    private Path folder;

    /** A replay of a file, on a clock that the test advances. */
    private static final class Run {

        private final ManualTime time = new ManualTime();
        private final RecordedLines lines = new RecordedLines(time::micros);
        private final Outbox outbox = new Outbox(lines, "replay", new Outbox.Limits(20_000, 40_000));
        private final ReplayFeed feed;
        private int commands;
        private boolean ended;

        private Run(Path file, String... settings) throws Exception {
            Map<String, String> environment = new HashMap<>();
            environment.put("REPLAY_FILE", file.toString());
            environment.put("REPLAY_SPEED", "1");
            environment.put("SYMBOL", "BTCUSDT");
            environment.put("CONNECTOR_CHANNELS", "trades");
            for (String setting : settings) {
                environment.put(setting.split("=")[0], setting.split("=")[1]);
            }
            feed = new ReplayFeed(ReplaySettings.read(environment), outbox, time, code -> ended = true);
            feed.start();
            outbox.flush();
        }

        private Run subscribed(String... channels) {
            for (String channel : channels) {
                feed.command(new Command(Kind.SUBSCRIBE, channel, "BTCUSDT", null, null));
            }
            tick();
            return this;
        }

        /** The id of the command. */
        private String command(Kind kind, String speed) {
            String id = "c-" + ++commands;
            Command.Argument argument = speed == null ? null : ReplaySpeed.parse(speed);
            feed.replay(new Command(kind, null, null, null, id, -1, List.of(), argument));
            outbox.flush();
            return id;
        }

        private void tick() {
            feed.tick();
            outbox.flush();
        }

        private void pass(long millis) {
            time.advance(Duration.ofMillis(millis));
            tick();
        }

        private List<String> trades() {
            return lines.trades().stream().map(Trade::id).toList();
        }

        private ReplayProgress answer(String id) {
            List<ReplayProgress> answers = lines.of(ReplayProgress.class).stream()
                    .filter(progress -> id.equals(progress.id()))
                    .toList();
            assertThat(answers).as("answers to " + id).hasSize(1);
            return answers.get(0);
        }

        private ReplayProgress last() {
            List<ReplayProgress> all = lines.of(ReplayProgress.class);
            return all.get(all.size() - 1);
        }

        private String refusal(String id) {
            return lines.failures().stream()
                    .filter(failure -> id.equals(failure.id()))
                    .map(Failure::error)
                    .findFirst()
                    .orElse(null);
        }

        /** Everything of the recording that was played. */
        private List<Event> played() {
            return lines.events().stream()
                    .filter(event -> event instanceof Status status
                            ? status instanceof RecordingEnded
                            : !(event instanceof Failure))
                    .toList();
        }
    }

    private static String trade(long id, long afterMillis) {
        long at = BEGIN.toEpochMilli() + afterMillis;
        return "{\"type\":\"trade\",\"timestamp\":" + at + ",\"symbol\":\"BTCUSDT\",\"price\":100.50,\"qty\":\"1.0\","
                + "\"side\":\"buy\",\"id\":\"" + id + "\",\"received_at\":" + at + "000}";
    }

    private static String depth(long id, long afterMillis) {
        long at = BEGIN.toEpochMilli() + afterMillis;
        return "{\"type\":\"depth\",\"timestamp\":" + at + ",\"symbol\":\"BTCUSDT\",\"snapshot\":" + (id == 1)
                + ",\"last_update_id\":" + id + (id == 1 ? "" : ",\"prev_update_id\":" + (id - 1))
                + ",\"levels\":50,\"bids\":[[100," + id + "]],\"asks\":[],\"received_at\":" + at + "000}";
    }

    private Path file(String... text) throws IOException {
        return Files.writeString(folder.resolve("day.ndjson"), String.join("\n", text) + "\n");
    }

    /** A trade each second. */
    private Path seconds(int count) throws IOException {
        return file(
                IntStream.range(0, count).mapToObj(i -> trade(i, i * 1_000L)).toArray(String[]::new));
    }

    @Test
    void nothingIsPlayedInAPause() throws Exception {
        Run run = new Run(seconds(11)).subscribed("trades");
        run.pass(2_000);
        assertThat(run.trades()).containsExactly("0", "1", "2");

        ReplayProgress paused = run.answer(run.command(Kind.PAUSE, null));
        assertThat(paused.state()).isEqualTo("paused");
        assertThat(paused.details())
                .containsExactly(
                        entry("state", "paused"),
                        entry("speed", "1"),
                        entry("position", "2026-05-28T20:26:42Z"),
                        entry("begin", "2026-05-28T20:26:40Z"),
                        entry("end", "2026-05-28T20:26:50Z"),
                        entry("share", 0.2));
        run.pass(60_000);
        assertThat(run.trades()).hasSize(3);
        assertThat(run.feed.figures()).containsEntry("replay", "paused").containsEntry("replay_share", 0.2);

        assertThat(run.answer(run.command(Kind.RESUME, null)).state()).isEqualTo("playing");
        run.pass(1_000);
        assertThat(run.trades()).endsWith("2", "3");
    }

    @Test
    void theSpeedChangesWhilePlaying() throws Exception {
        Run run = new Run(seconds(1_001)).subscribed("trades");
        ReplayProgress faster = run.answer(run.command(Kind.SPEED, "100"));
        assertThat(faster.state()).isEqualTo("playing");
        assertThat(faster.speed()).isEqualTo("100");
        run.pass(1_000);
        assertThat(run.trades()).hasSize(101);

        run.command(Kind.SPEED, "max");
        run.tick();
        assertThat(run.trades()).hasSize(1_001);
        assertThat(run.ended).isTrue();
        assertThat(run.last().state()).isEqualTo("ended");
        assertThat(run.last().share()).isEqualTo(1.0);
        assertThat(run.refusal(run.command(Kind.PAUSE, null))).isEqualTo("the recording has ended");
    }

    @Test
    void aStepPlaysOneEventAndIsAnsweredThen() throws Exception {
        Run run = new Run(file(
                        trade(1, 0),
                        trade(2, 60_000).replace("BTCUSDT", "ETHUSDT"),
                        "no event",
                        trade(3, 90_000),
                        trade(4, 90_000)))
                .subscribed("trades");
        assertThat(run.refusal(run.command(Kind.STEP, null))).isEqualTo("the replay is not paused");
        run.command(Kind.PAUSE, null);

        String step = run.command(Kind.STEP, null);
        assertThat(run.refusal(run.command(Kind.STEP, null))).isEqualTo("the step before it is not done yet");
        run.tick();
        assertThat(run.trades()).containsExactly("1", "3");
        assertThat(run.answer(step).position()).isEqualTo(BEGIN.plusSeconds(90));
        assertThat(run.answer(step).state()).isEqualTo("paused");
        run.pass(60_000);
        assertThat(run.trades()).hasSize(2);

        String last = run.command(Kind.STEP, null);
        run.tick();
        String beyond = run.command(Kind.STEP, null);
        run.tick();
        assertThat(run.answer(last).state()).isEqualTo("paused");
        assertThat(run.answer(beyond).state()).isEqualTo("ended");
        assertThat(run.trades()).containsExactly("1", "3", "4");
    }

    @Test
    void aReplayCanBePausedBeforeItBegins() throws Exception {
        Run run = new Run(seconds(3));
        assertThat(run.last().state()).isEqualTo("waiting");
        assertThat(run.answer(run.command(Kind.PAUSE, null)).state()).isEqualTo("paused");
        assertThat(run.refusal(run.command(Kind.STEP, null)))
                .isEqualTo("nothing is played until a stream is subscribed");

        run.subscribed("trades");
        run.pass(5_000);
        assertThat(run.trades()).isEmpty();

        run.command(Kind.RESUME, null);
        run.tick();
        assertThat(run.trades()).containsExactly("0");
    }

    @Test
    void aStepThatFindsNoEventBeforeTheReplayIsResumedIsRefused() throws Exception {
        Run run = new Run(seconds(2)).subscribed("trades");
        run.command(Kind.PAUSE, null);
        String step = run.command(Kind.STEP, null);
        run.command(Kind.RESUME, null);
        run.tick();

        assertThat(run.refusal(step)).isEqualTo("the replay was resumed before the next event");
        assertThat(run.trades()).containsExactly("0");
    }

    @Test
    void theSpanIsThatOfTheSettings() throws Exception {
        Run run = new Run(seconds(101), "REPLAY_FROM=2026-05-28T20:26:50Z", "REPLAY_TO=2026-05-28T20:27:10Z");
        run.subscribed("trades");
        run.pass(5_000);

        assertThat(run.feed.figures()).containsEntry("replay_share", 0.25);
        ReplayProgress progress = run.answer(run.command(Kind.PAUSE, null));
        assertThat(progress.begin()).isEqualTo(BEGIN.plusSeconds(10));
        assertThat(progress.end()).isEqualTo(BEGIN.plusSeconds(30));
        assertThat(progress.position()).isEqualTo(BEGIN.plusSeconds(15));
    }

    @Test
    void theShareOfACompressedRecordingIsThatOfItsBytes() throws Exception {
        Path plain = seconds(20_000);
        Path packed = folder.resolve("packed.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(plain, out);
        }
        Run run = new Run(packed).subscribed("trades");
        run.command(Kind.SPEED, "100");
        run.pass(50_000);

        ReplayProgress progress = run.answer(run.command(Kind.PAUSE, null));
        assertThat(progress.begin()).isEqualTo(BEGIN);
        assertThat(progress.end()).isNull();
        assertThat(progress.share()).isBetween(0.01, 0.99);
    }

    @Test
    void aRecordingWithoutTimesOrWithATruncatedEndHasNoSpanOrTheLastWholeLine() throws Exception {
        Run none = new Run(file("{\"type\":\"status\",\"status\":\"connected\"}"));
        assertThat(none.last().begin()).isNull();
        assertThat(none.last().end()).isNull();
        assertThat(none.last().share()).isZero();

        Path truncated = seconds(5);
        Files.writeString(
                truncated, Files.readString(truncated) + trade(6, 9_000).substring(0, 80));
        assertThat(new Run(truncated).last().end()).isEqualTo(BEGIN.plusSeconds(4));
    }

    /** What a user of the controls does, in any order. */
    private sealed interface Action {

        record Send(Kind kind, String speed) implements Action {}

        record Pass(int millis) implements Action {}

        /** Of a reader that does not read meanwhile. */
        record Stall(int millis) implements Action {}
    }

    @Provide
    static Arbitrary<List<Action>> actions() {
        return Arbitraries.<Action>oneOf(
                        Arbitraries.of(Kind.PAUSE, Kind.RESUME, Kind.STEP).map(kind -> new Action.Send(kind, null)),
                        Arbitraries.of("0.5", "1", "10", "100", "5000", "max")
                                .map(speed -> new Action.Send(Kind.SPEED, speed)),
                        Arbitraries.integers().between(0, 3_000).map(Action.Pass::new),
                        Arbitraries.integers().between(0, 3_000).map(Action.Stall::new))
                .list()
                .ofMaxSize(60);
    }

    /** Trades and book changes; some together, some after a while, some received out of order, some unusable. */
    private static Path recording() {
        Random random = new Random(7);
        List<String> lines = new ArrayList<>();
        long at = 0;
        for (int i = 1; i <= 1_500; i++) {
            at += random.nextInt(10) == 0 ? random.nextInt(4_000) : random.nextInt(40);
            lines.add(trade(i, Math.max(0, at - (random.nextInt(20) == 0 ? 500 : 0))));
            if (random.nextInt(3) == 0) {
                lines.add("{\"type\":\"trade\"}");
            }
            lines.add(depth(i, at));
        }
        try {
            Path file = Files.createTempFile("replay", ".ndjson");
            file.toFile().deleteOnExit();
            return Files.write(file, lines, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Expected {

        private static final Path FILE = recording();
        private static final List<Event> EVENTS = whole();

        private static List<Event> whole() {
            try {
                Run run = new Run(FILE, "REPLAY_SPEED=max", "CONNECTOR_CHANNELS=trades,depth");
                return finish(run.subscribed("trades", "depth"));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static List<Event> finish(Run run) {
        run.command(Kind.RESUME, null);
        run.command(Kind.SPEED, "max");
        for (int i = 0; i < 10_000 && !run.ended; i++) {
            run.tick();
            run.outbox.drained();
        }
        assertThat(run.ended).isTrue();
        return run.played();
    }

    @Property(tries = 300)
    void everyEventIsPlayedOnceAndInOrderWhateverTheCommands(@ForAll("actions") List<Action> actions) throws Exception {
        assertThat(Expected.EVENTS).hasSize(3_001);
        Run run = new Run(Expected.FILE, "CONNECTOR_CHANNELS=trades,depth").subscribed("trades", "depth");
        boolean paused = false;
        for (Action action : actions) {
            int before = run.played().size();
            if (action instanceof Action.Send send) {
                boolean step = paused && send.kind() == Kind.STEP && !run.ended;
                run.command(send.kind(), send.speed());
                run.tick();
                if (paused && send.kind() != Kind.RESUME) {
                    assertThat(run.played().size() - before).isLessThanOrEqualTo(step ? 2 : 0);
                }
                paused = send.kind() == Kind.PAUSE || paused && send.kind() != Kind.RESUME;
            } else if (action instanceof Action.Pass pass) {
                run.pass(pass.millis());
            } else if (action instanceof Action.Stall stall) {
                run.lines.block();
                run.pass(stall.millis());
                run.lines.unblock();
                run.outbox.drained();
            }
            if (paused && !(action instanceof Action.Send)) {
                assertThat(run.played()).as("in a pause").hasSize(before);
            }
        }

        assertThat(finish(run)).isEqualTo(Expected.EVENTS);
    }
}
