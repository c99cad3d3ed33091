package dev.livefeed.connector.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.ExitCode;
import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.sdk.RecordedLines;
import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ReplayStatus.ReplayProgress;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Subscribed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is played of a recording, when, and what is reported. */
class ReplayFeedTest {

    /** Start of the recordings in these tests, milliseconds since 1970. */
    private static final long BEGIN = 1_780_000_000_000L;

    @TempDir
    private Path folder;

    private final ManualTime time = new ManualTime();
    private final RecordedLines lines = new RecordedLines(time::micros);
    private final Outbox outbox = new Outbox(lines, "replay", new Outbox.Limits(20_000, 40_000));
    private final Map<String, String> environment = new HashMap<>();
    private ReplayFeed feed;
    private Integer ended;

    private static String trade(String symbol, long id, long afterMillis) {
        long at = BEGIN + afterMillis;
        return "{\"type\":\"trade\",\"timestamp\":" + at + ",\"symbol\":\"" + symbol
                + "\",\"price\":100.50,\"qty\":\"1.0\",\"side\":\"buy\",\"id\":\"" + id + "\",\"received_at\":" + at
                + "500,\"of_tomorrow\":[1]}";
    }

    private static String snapshot(String symbol, int levels, long id, long afterMillis) {
        return depth(symbol, levels, id, -1, afterMillis, "[[100,1],[99,1]]", "[[101,1]]");
    }

    private static String delta(String symbol, int levels, long id, long afterMillis) {
        return depth(symbol, levels, id, id - 1, afterMillis, "[[100," + id + "]]", "[]");
    }

    private static String depth(
            String symbol, int levels, long id, long previous, long afterMillis, String bids, String asks) {
        return "{\"type\":\"depth\",\"timestamp\":" + (BEGIN + afterMillis) + ",\"symbol\":\"" + symbol
                + "\",\"snapshot\":" + (previous < 0) + ",\"last_update_id\":" + id
                + (previous < 0 ? "" : ",\"prev_update_id\":" + previous) + ",\"levels\":" + levels + ",\"bids\":"
                + bids
                + ",\"asks\":" + asks + ",\"received_at\":" + (BEGIN + afterMillis) + "500}";
    }

    private static String status(String name, String fields) {
        return "{\"type\":\"status\",\"status\":\"" + name + "\",\"connector\":\"bybit\"" + fields + "}";
    }

    private Path file(String name, String... text) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", text) + "\n");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return compressed.toByteArray();
    }

    private void open(Path... files) throws Exception {
        environment.put(
                "REPLAY_FILE",
                String.join(",", Arrays.stream(files).map(Path::toString).toList()));
        feed = new ReplayFeed(ReplaySettings.read(environment), outbox, time, code -> ended = code);
        feed.start();
        outbox.flush();
        lines.next();
    }

    private void subscribe(String... streams) {
        for (String stream : streams) {
            String[] parts = stream.split(" ");
            feed.command(new Command(Kind.SUBSCRIBE, parts[0], parts[1], null, "id-" + stream));
        }
        outbox.flush();
    }

    private void tick() {
        feed.tick();
        outbox.flush();
    }

    /** Everything that is played once no command has arrived for a while. */
    private List<Event> play() {
        lines.next();
        time.advance(Duration.ofSeconds(3));
        tick();
        return withoutProgress(lines.next());
    }

    /** {@link ReplayControlTest} is about the reports of the replay itself. */
    private static List<Event> withoutProgress(List<Event> events) {
        return events.stream()
                .filter(event -> !(event instanceof ReplayProgress))
                .toList();
    }

    private static List<String> ids(List<Event> events) {
        return withoutProgress(events).stream()
                .map(event -> event instanceof Trade trade
                        ? "T" + trade.id()
                        : event instanceof Depth depth
                                ? (depth.snapshot() ? "S" : "D") + depth.lastUpdateId()
                                : event instanceof Status status ? status.status() : "error")
                .toList();
    }

    @Test
    void playsSubscribedStreamsAsRecorded() throws Exception {
        open(file(
                "day.ndjson",
                status("connected", ",\"connection\":\"linear\",\"open\":1"),
                status("heartbeat", ",\"clock_offset_ms\":70000"),
                status("subscribed", ",\"symbol\":\"BTCUSDT\",\"channel\":\"trades\",\"id\":\"sub-1\""),
                status("instrument", ",\"symbol\":\"BTCUSDT\",\"tick_size\":\"0.10\""),
                status("instrument", ",\"symbol\":\"XRPUSDT\",\"tick_size\":\"0.10\""),
                trade("BTCUSDT", 1, 0),
                trade("ETHUSDT", 2, 0),
                trade("BTCUSDT", 9, 0).replace("{\"type\":\"trade\"", "{\"type\":\"trade\",\"history\":true"),
                status("history_done", ",\"symbol\":\"BTCUSDT\",\"channel\":\"trades\",\"id\":\"history-1\""),
                "",
                snapshot("BTCUSDT", 50, 7, 1) + "\r",
                delta("ETHUSDT", 50, 8, 1),
                "{\"type\":\"error\",\"error\":\"no such topic\",\"symbol\":\"BTCUSDT\",\"id\":\"sub-1\","
                        + "\"fatal\":true}",
                status("gap", ",\"symbol\":\"BTCUSDT\",\"channel\":\"trades\",\"reason\":\"lost\""),
                trade("BTCUSDT", 3, 2)));
        subscribe("trades BTCUSDT", "depth BTCUSDT");

        assertThat(lines.statuses(Subscribed.STATUS))
                .extracting(Status::id)
                .containsExactly("id-trades BTCUSDT", "id-depth BTCUSDT");
        List<Event> played = play();

        assertThat(ids(played))
                .containsExactly("connected", "instrument", "T1", "S7", "error", "gap", "T3", "recording_ended");
        Trade first = (Trade) played.get(2);
        assertThat(first.timestampMicros()).isEqualTo(BEGIN * 1_000);
        assertThat(first.receivedAt()).isEqualTo(BEGIN * 1_000 + 500);
        assertThat(first.price()).hasToString("100.50");
        assertThat(played.get(4)).isEqualTo(new Failure("no such topic", null, "BTCUSDT", null, null, false));
        assertThat(((Status) played.get(7)).details())
                .containsEntry("events", 3)
                .containsEntry("unusable_lines", 0);
        assertThat(ended).isEqualTo(ExitCode.OK);
        assertThat(feed.figures()).containsEntry("replay", "ended").containsEntry("replay_lines", 15L);
    }

    @Test
    void startsWhenAllConfiguredStreamsAreSubscribed() throws Exception {
        environment.put("SYMBOL", "BTCUSDT,ETHUSDT");
        environment.put("CONNECTOR_CHANNELS", "trades");
        open(file("day.ndjson", trade("BTCUSDT", 1, 0), trade("ETHUSDT", 2, 0)));
        subscribe("trades BTCUSDT");
        tick();
        assertThat(lines.trades()).isEmpty();

        subscribe("trades ETHUSDT");
        tick();

        assertThat(lines.trades()).hasSize(2);
    }

    @Test
    void waitsForTheFirstSubscription() throws Exception {
        open(file("day.ndjson", trade("BTCUSDT", 1, 0)));
        assertThat(play()).isEmpty();
        assertThat(play()).isEmpty();
        assertThat(feed.figures()).containsEntry("replay", "waiting");
        assertThat(ended).isNull();

        subscribe("trades BTCUSDT");
        tick();
        assertThat(lines.trades()).as("more subscriptions may follow").isEmpty();
        assertThat(ids(play())).contains("T1");
    }

    @Test
    void keepsTheRecordedPace() throws Exception {
        environment.put("REPLAY_SPEED", "2");
        open(file("day.ndjson", trade("BTCUSDT", 1, 0), trade("BTCUSDT", 2, 1_000), trade("BTCUSDT", 3, 61_000)));
        subscribe("trades BTCUSDT");

        assertThat(ids(play())).containsExactly("T1");
        time.advance(Duration.ofMillis(499));
        tick();
        assertThat(lines.next()).isEmpty();
        time.advance(Duration.ofMillis(1));
        tick();
        assertThat(ids(lines.next())).containsExactly("T2");
        time.advance(Duration.ofMillis(29_999));
        tick();
        assertThat(lines.next()).isEmpty();
        time.advance(Duration.ofMillis(1));
        tick();
        assertThat(ids(lines.next())).containsExactly("T3", "recording_ended");
    }

    @Test
    void waitsForASlowReaderWithoutLoss() throws Exception {
        String[] recorded = new String[2_000];
        for (int i = 0; i < recorded.length; i++) {
            recorded[i] = trade("BTCUSDT", i, i);
        }
        open(file("day.ndjson", recorded));
        lines.block();
        subscribe("trades BTCUSDT");
        time.advance(Duration.ofSeconds(3));
        for (int i = 0; i < 10; i++) {
            tick();
        }
        assertThat(outbox.full()).isTrue();
        assertThat((Integer) outbox.figures().get("output_waiting_bytes")).isLessThan(150_000);
        assertThat(ended).isNull();

        while (ended == null) {
            lines.unblock();
            outbox.drained();
            lines.block();
            tick();
        }
        lines.unblock();

        assertThat(lines.trades()).hasSize(2_000).extracting(Trade::id).doesNotHaveDuplicates();
        assertThat(outbox.figures()).containsEntry("trades_lost", 0L);
    }

    @Test
    void playsPlainAndCompressedFilesInOrder() throws Exception {
        Path second = folder.resolve("2.ndjson.gz");
        Files.write(second, gzip(trade("BTCUSDT", 2, 1) + "\n"));
        file("1.ndjson", trade("BTCUSDT", 1, 0));
        file("3.jsonl", trade("BTCUSDT", 3, 2));
        file("notes.txt", "not a recording");
        open(folder);
        subscribe("trades BTCUSDT");

        assertThat(ids(play())).containsExactly("T1", "T2", "T3", "recording_ended");
    }

    @Test
    void playsAPeriod() throws Exception {
        environment.put("REPLAY_FROM", "2026-05-28T20:26:50Z");
        environment.put("REPLAY_TO", "2026-05-28T20:27:00");
        open(file(
                "day.ndjson",
                status("connected", ",\"open\":1"),
                status("instrument", ",\"symbol\":\"BTCUSDT\",\"tick_size\":\"0.10\""),
                snapshot("BTCUSDT", 50, 1, 0),
                trade("BTCUSDT", 1, 1),
                delta("BTCUSDT", 50, 2, 9_999),
                delta("BTCUSDT", 50, 3, 10_000),
                trade("BTCUSDT", 2, 19_999),
                trade("BTCUSDT", 3, 20_000),
                trade("BTCUSDT", 4, 20_001)));
        subscribe("trades BTCUSDT", "depth BTCUSDT");

        List<Event> played = play();

        assertThat(ids(played)).containsExactly("instrument", "S2", "D3", "T2", "recording_ended");
        Depth book = (Depth) played.get(1);
        assertThat(book.bids()).hasToString("[[100, 2], [99, 1]]");
        assertThat(book.timestampMicros()).isEqualTo((BEGIN + 9_999) * 1_000);
        assertThat(ended).isEqualTo(ExitCode.OK);
    }

    @Test
    void periodThatStartsInAnOutageStartsDisconnected() throws Exception {
        environment.put("REPLAY_FROM", "2026-05-28T20:26:50Z");
        open(file(
                "day.ndjson",
                status("connected", ",\"open\":1"),
                snapshot("BTCUSDT", 50, 1, 0),
                status("disconnected", ",\"reason\":\"reset\",\"open\":0"),
                trade("BTCUSDT", 1, 12_000),
                status("connected", ",\"open\":1"),
                snapshot("BTCUSDT", 50, 9, 13_000)));
        subscribe("trades BTCUSDT", "depth BTCUSDT");

        assertThat(ids(play())).containsExactly("disconnected", "T1", "connected", "S9", "recording_ended");
    }

    @Test
    void deltasBeforeTheFirstSnapshotAreSkippedAndReported() throws Exception {
        open(file("day.ndjson", delta("BTCUSDT", 50, 5, 0), snapshot("BTCUSDT", 50, 6, 1), delta("ETHUSDT", 50, 5, 2)));
        subscribe("depth BTCUSDT", "depth ETHUSDT");

        List<Event> played = play();

        assertThat(ids(played)).containsExactly("S6", "error", "recording_ended");
        assertThat(((Failure) played.get(1)).error())
                .isEqualTo("depth of ETHUSDT: the recording contains none with a snapshot before it; "
                        + "it contains BTCUSDT, ETHUSDT");
        assertThat(feed.figures()).containsEntry("replay_changes_without_snapshot", 2L);
    }

    @Test
    void recordedBookGapsAreReplayed() throws Exception {
        open(file(
                "day.ndjson", snapshot("BTCUSDT", 50, 1, 0), delta("BTCUSDT", 50, 9, 1), delta("BTCUSDT", 50, 10, 2)));
        subscribe("depth BTCUSDT");

        assertThat(ids(play())).containsExactly("S1", "D9", "D10", "recording_ended");
    }

    @Test
    void processRestartInTheRecordingIsADisconnect() throws Exception {
        open(file(
                "day.ndjson",
                status("connected", ",\"connection\":\"linear\",\"open\":1"),
                status("connected", ",\"connection\":\"linear-2\",\"open\":2"),
                trade("BTCUSDT", 1, 0),
                status("connected", ",\"connection\":\"linear\",\"open\":1"),
                trade("BTCUSDT", 2, 5)));
        subscribe("trades BTCUSDT");

        List<Event> played = play();

        assertThat(ids(played))
                .containsExactly("connected", "connected", "T1", "disconnected", "connected", "T2", "recording_ended");
        assertThat(((Status) played.get(3)).details()).containsEntry("connection", "linear");
    }

    @Test
    void depthChannelIsTheDefaultDepthOrTheOnlyBook() throws Exception {
        open(file(
                "day.ndjson",
                snapshot("BTCUSDT", 200, 1, 0),
                snapshot("BTCUSDT", 50, 2, 0),
                snapshot("ETHUSDT", 200, 3, 0),
                snapshot("XRPUSDT", 50, 4, 0),
                snapshot("XRPUSDT", 200, 5, 0)));
        subscribe("depth BTCUSDT", "depth.200 BTCUSDT", "depth ETHUSDT", "depth XRPUSDT");

        assertThat(ids(play())).containsExactly("S1", "S2", "S3", "S4", "recording_ended");
    }

    @Test
    void resyncSendsTheBookWhileItIsKnown() throws Exception {
        environment.put("REPLAY_SPEED", "1");
        open(file(
                "day.ndjson",
                snapshot("BTCUSDT", 50, 1, 0),
                delta("BTCUSDT", 50, 2, 0),
                delta("BTCUSDT", 50, 9, 10_000),
                trade("BTCUSDT", 1, 20_000)));
        subscribe("depth BTCUSDT");
        assertThat(ids(play())).containsExactly("S1", "D2");

        feed.command(new Command(Kind.RESYNC, "depth", "BTCUSDT", null, "r-1"));
        outbox.flush();
        List<Event> answer = lines.next();
        assertThat(ids(answer)).containsExactly("resyncing", "S2");
        assertThat(((Depth) answer.get(1)).bids()).hasToString("[[100, 2], [99, 1]]");

        time.advance(Duration.ofSeconds(10));
        tick();
        lines.next();
        feed.command(new Command(Kind.RESYNC, "depth", "BTCUSDT", null, "r-2"));
        feed.command(new Command(Kind.RESYNC, "depth", "ETHUSDT", null, "r-3"));
        outbox.flush();
        assertThat(lines.failures()).extracting(Failure::id).containsExactly("r-2", "r-3");
        assertThat(lines.failures())
                .extracting(Failure::error)
                .satisfiesExactly(
                        error -> assertThat(error).contains("the book of BTCUSDT is not known at this point"),
                        error -> assertThat(error).contains("no book of ETHUSDT is subscribed"));
    }

    @Test
    void laterSubscriptionStartsWithItsBook() throws Exception {
        environment.put("REPLAY_SPEED", "1");
        open(file(
                "day.ndjson",
                status("instrument", ",\"symbol\":\"ETHUSDT\",\"tick_size\":\"0.10\""),
                snapshot("ETHUSDT", 50, 1, 0),
                trade("BTCUSDT", 1, 0),
                trade("BTCUSDT", 2, 60_000)));
        subscribe("trades BTCUSDT");
        assertThat(ids(play())).containsExactly("T1");

        subscribe("depth ETHUSDT", "candles ETHUSDT");
        assertThat(ids(lines.next())).containsExactly("subscribed", "instrument", "S1", "error");

        feed.command(new Command(Kind.UNSUBSCRIBE, "trades", "BTCUSDT", null, "u-1"));
        time.advance(Duration.ofMinutes(2));
        tick();
        assertThat(ids(lines.next())).containsExactly("unsubscribed", "recording_ended");
    }

    @Test
    void readerResumesAfterItsLastTrade() throws Exception {
        open(file(
                "day.ndjson",
                snapshot("BTCUSDT", 50, 1, 0),
                trade("BTCUSDT", 1, 0),
                trade("ETHUSDT", 2, 0),
                delta("BTCUSDT", 50, 2, 10),
                trade("BTCUSDT", 3, 10),
                trade("BTCUSDT", 4, 10),
                delta("BTCUSDT", 50, 3, 11),
                trade("BTCUSDT", 5, 12)));
        subscribe("depth BTCUSDT", "trades ETHUSDT");
        feed.command(new Command(Kind.SUBSCRIBE, "trades", "BTCUSDT", null, "s", (BEGIN + 10) * 1_000, List.of("3")));
        outbox.flush();

        assertThat(ids(play())).containsExactly("T2", "T4", "S2", "D3", "T5", "recording_ended");
    }

    @Test
    void invalidLinesAreReportedAndTheOthersPlayed() throws Exception {
        open(file(
                "day.ndjson",
                "{\"type\":\"trade\",\"timestamp\":5}",
                "no json",
                trade("BTCUSDT", 1, 0),
                "{\"type\":\"trade\",\"x\":\"" + "y".repeat(Recording.MAX_LINE_BYTES) + "\"}",
                trade("BTCUSDT", 2, 0)));
        subscribe("trades BTCUSDT");

        List<Event> played = play();

        assertThat(ids(played)).containsExactly("error", "error", "T1", "error", "T2", "recording_ended");
        assertThat(played.stream().filter(Failure.class::isInstance).map(e -> ((Failure) e).error()))
                .satisfiesExactly(
                        e -> assertThat(e).startsWith("day.ndjson:1 is not valid: timestamp is"),
                        e -> assertThat(e).startsWith("day.ndjson:2 is not valid: the line is not JSON"),
                        e -> assertThat(e).contains("day.ndjson:4 has 1048599 bytes, must be at most 1 MiB"));
        assertThat(((Status) played.get(5)).details()).containsEntry("unusable_lines", 3);
    }

    @Test
    void furtherInvalidLinesAreOnlyCounted() throws Exception {
        String[] bad = new String[300];
        Arrays.fill(bad, "rubbish");
        bad[299] = trade("BTCUSDT", 1, 0);
        open(file("day.ndjson", bad));
        subscribe("trades BTCUSDT");

        List<Event> played = play();

        assertThat(played).hasSize(52);
        assertThat(((Failure) played.get(49)).error()).endsWith("; further errors are only counted");
        assertThat(((Status) played.get(51)).details()).containsEntry("unusable_lines", 299);
    }

    @Test
    void truncatedFilesAreReportedAndTheRestPlayed() throws Exception {
        Path whole = folder.resolve("1.ndjson");
        Files.writeString(whole, trade("BTCUSDT", 1, 0)); // without a line end
        Path half = folder.resolve("2.ndjson");
        Files.writeString(
                half, trade("BTCUSDT", 2, 0) + "\n" + trade("BTCUSDT", 3, 0).substring(0, 40));
        byte[] compressed = gzip((trade("BTCUSDT", 4, 0) + "\n").repeat(3) + "x".repeat(50));
        Path cut = Files.write(folder.resolve("3.ndjson.gz"), Arrays.copyOf(compressed, compressed.length - 9));
        Path broken = Files.write(folder.resolve("4.ndjson.gz"), new byte[] {0x1f, (byte) 0x8b, 1, 2, 3});
        Path empty = Files.createFile(folder.resolve("5.ndjson"));
        open(whole, half, cut, broken, empty, file("6.ndjson", trade("BTCUSDT", 6, 0)));
        subscribe("trades BTCUSDT");

        List<Event> played = play();

        assertThat(ids(played)).startsWith("T1", "T2", "error").endsWith("error", "error", "T6", "recording_ended");
        assertThat(played.stream().filter(Failure.class::isInstance).map(e -> ((Failure) e).error()))
                .anySatisfy(e -> assertThat(e).isEqualTo("2.ndjson:2 is truncated: the file ends within the line"))
                .anySatisfy(e -> assertThat(e).contains("3.ndjson.gz is truncated after line"))
                .noneSatisfy(e -> assertThat(e).contains("3.ndjson.gz:"))
                .anySatisfy(e -> assertThat(e).contains("4.ndjson.gz cannot be read and is skipped"))
                .anySatisfy(e -> assertThat(e).endsWith("5.ndjson is empty"));
        assertThat(ended).isEqualTo(ExitCode.OK);
    }

    @Test
    void recordingWithoutSubscribedStreamsIsAConfigurationError() throws Exception {
        open(file("day.ndjson", trade("BTCUSDT", 1, 0), "rubbish", snapshot("ETHUSDT", 50, 1, 0)));
        subscribe("trades XRPUSDT");

        List<Event> played = play();

        assertThat(((Failure) played.get(1)).error())
                .isEqualTo("trades of XRPUSDT: the recording contains none; it contains BTCUSDT, ETHUSDT");
        Failure last = (Failure) played.get(2);
        assertThat(last.fatal()).isTrue();
        assertThat(last.error()).contains("of 3 lines 1 are invalid", "it contains BTCUSDT, ETHUSDT");
        assertThat(ended).isEqualTo(ExitCode.CONFIGURATION);
    }

    @Test
    void eventsWithoutSymbolBelongToTheOnlyConfiguredSymbol() throws Exception {
        environment.put("SYMBOL", "BTCUSDT");
        open(file(
                "day.ndjson",
                "{\"timestamp\":1780000000000,\"type\":\"trade\",\"price\":1,\"qty\":1,\"side\":\"buy\",\"id\":1}"));
        subscribe("trades BTCUSDT");
        lines.next();
        time.advance(Duration.ofSeconds(3));
        // The line is written unchanged; this reader knows no default symbol, the application does.
        feed.tick();

        assertThat(new String(lines.lines().toBytes(), StandardCharsets.UTF_8))
                .contains("\n{\"timestamp\":1780000000000,\"type\":\"trade\"");
        assertThat(ended).isEqualTo(ExitCode.OK);
    }
}
