package dev.livefeed.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.recording.ReplayResponse;
import dev.livefeed.app.feed.FeedState;
import dev.livefeed.app.feed.Phase;
import dev.livefeed.app.process.ManualClock;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.status.ConnectionUp;
import dev.livefeed.protocol.status.Heartbeat;
import dev.livefeed.protocol.status.ReplayStatus.ReplayProgress;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Status.Extras;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.Statuses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Commands to a replay, their answers, and what becomes of them when the connector does not answer. */
class ReplayApiTest {

    private static final Instant BEGIN = Instant.parse("2026-05-28T20:26:40Z");

    private final ManualClock clock = new ManualClock();
    private final FeedState feed = new FeedState(clock);
    private final List<Map<String, Object>> sent = new ArrayList<>();
    /** What the connector answers to a command; null for nothing. */
    private Function<Map<String, Object>, dev.livefeed.protocol.model.Event> connector = command -> null;

    private final ReplayApi api = api(Duration.ofMillis(50));

    private ReplayApi api(Duration wait) {
        return new ReplayApi(
                "replay",
                new ReplayApi.Replayed(
                        feed::snapshot, feed.replay(), this::send, new ReplayApi.Configured("max", "2026-05-28", null)),
                text -> text.replace("hush", "***"),
                wait);
    }

    @SuppressWarnings("unchecked")
    private void send(Object command) {
        sent.add((Map<String, Object>) command);
        var answer = connector.apply((Map<String, Object>) command);
        if (answer != null) {
            feed.event(answer);
        }
    }

    private static ReplayProgress progress(String id, String state, String speed, int seconds) {
        return new ReplayProgress(
                new Head("replay", null, null, id, null),
                state,
                speed,
                BEGIN.plusSeconds(seconds),
                BEGIN,
                BEGIN.plusSeconds(100),
                seconds / 100.0,
                Extras.NONE);
    }

    private void started() {
        feed.started(() -> true);
        feed.line();
        feed.event(Statuses.with(Statuses.of(ConnectionUp.STATUS, "replay"), "replay", true));
    }

    private static void assertRefused(int status, String reason, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(status))
                .hasMessageContaining(reason);
    }

    @Test
    void aCommandIsAnsweredWithTheStateAfterIt() throws Exception {
        started();
        connector = command -> progress((String) command.get("id"), "paused", "1", 20);

        ReplayResponse paused = api.pause();

        assertThat(sent).containsExactly(Map.of("command", "pause", "id", "replay-1"));
        assertThat(paused.state()).isEqualTo("paused");
        assertThat(paused.position()).isEqualTo(BEGIN.plusSeconds(20));
        assertThat(paused.share()).isEqualTo(0.2);
        assertThat(paused.span()).isEqualTo(new ReplayResponse.Span(BEGIN, BEGIN.plusSeconds(100), "2026-05-28", null));

        connector = command -> progress((String) command.get("id"), "playing", "10", 20);
        assertThat(api.speed(JsonNodeFactory.instance.objectNode().put("speed", 10))
                        .speed())
                .isEqualTo("10");
        assertThat(sent.get(1))
                .containsExactly(entry("command", "speed"), entry("speed", "10"), entry("id", "replay-2"));
        api.resume();
        api.step();
        assertThat(sent).extracting(command -> command.get("command")).endsWith("resume", "step");
    }

    @Test
    void heartbeatsMoveThePosition() throws Exception {
        started();
        assertThat(api.get().state()).isEqualTo("waiting");
        assertThat(api.get().speed()).as("as configured").isEqualTo("max");
        feed.event(progress(null, "playing", "max", 10));
        Map<String, Object> figures = new HashMap<>();
        figures.put("replay", "playing");
        figures.put("replay_file", "day.ndjson");
        figures.put("replay_position", BEGIN.plusSeconds(50).toString());
        figures.put("replay_share", 0.5);
        figures.put("replay_lines", 70);
        figures.put("replay_unusable_lines", 0);
        feed.event(Heartbeat.of(Head.of("replay", null), figures));

        assertThat(api.get())
                .isEqualTo(new ReplayResponse(
                        "playing",
                        "day.ndjson",
                        BEGIN.plusSeconds(50),
                        "max",
                        0.5,
                        new ReplayResponse.Span(BEGIN, BEGIN.plusSeconds(100), "2026-05-28", null),
                        new ReplayResponse.Lines(70L, 0L)));

        feed.event(progress(null, "ended", "max", 100));
        feed.phase(Phase.FINISHED);
        feed.ended("the connector process ended");
        assertThat(api.get().state()).isEqualTo("ended");
        assertThat(api.get().file()).isEqualTo("day.ndjson");
        assertThat(api.get().position()).isEqualTo(BEGIN.plusSeconds(100));
    }

    @Test
    void whatAConnectorOfAnotherKindReportsKeepsTheContract() throws Exception {
        started();
        feed.event(Statuses.with(
                Statuses.with(Statuses.of(ReplayProgress.STATUS, "x"), "state", "rewinding"), "share", 1.5));

        assertThat(api.get().state()).isEqualTo("playing");
        assertThat(api.get().share()).isEqualTo(1.0);
        assertThat(api.get().position()).isNull();
    }

    @Test
    void onlyAReplayCanBePaused() {
        feed.started(() -> true);
        feed.line();
        feed.event(Statuses.of(ConnectionUp.STATUS, "bybit"));
        feed.event(progress(null, "paused", "1", 20));

        assertThat(feed.snapshot().paused()).isFalse();
        assertThat(feed.snapshot().playback().resumedMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aRefusalIsTheConnectorsReason() {
        started();
        connector = command ->
                new Failure("the replay is not paused, hush", "refused", null, null, (String) command.get("id"), false);
        assertRefused(409, "the replay is not paused, ***", api::step);
        connector = command -> new Failure(
                "the connector x plays no recording",
                Failure.UNSUPPORTED,
                null,
                null,
                (String) command.get("id"),
                false);
        assertRefused(409, "the connector x plays no recording", api::pause);
        connector =
                command -> new Failure("speed is \"0\"", "bad-command", null, null, (String) command.get("id"), false);
        assertRefused(
                400,
                "speed is",
                () -> api.speed(JsonNodeFactory.instance.objectNode().put("speed", 0)));
    }

    @Test
    void withoutAnAnswerItIsUnavailable() throws Exception {
        assertRefused(503, "no connector process runs: idle", api::pause);
        started();
        assertRefused(503, "the connector has not answered within 50 ms", api::pause);

        connector = command -> {
            feed.ended("killed");
            return null;
        };
        assertRefused(503, "the connector process ended before it answered", api::pause);
        feed.phase(Phase.FINISHED);
        assertRefused(409, "the recording has ended", api::pause);
        assertThat(sent).hasSize(2);
    }

    @Test
    void fewCommandsWaitAtATime() {
        started();
        List<String> ids = List.of("a", "b", "c", "d");
        ids.forEach(id -> assertThat(feed.replay().expect(id)).isNotNull());
        assertRefused(503, "earlier commands to the replay have not been answered yet", api::pause);

        feed.replay().forget("a");
        assertThat(feed.replay().expect("e")).isNotNull();
    }

    @Test
    void withoutARecordingNothingIsReplayed() {
        ReplayApi none = new ReplayApi("simulator", null, text -> text);

        assertThat(none.progress()).isNull();
        for (ThrowingCallable request : List.<ThrowingCallable>of(none::get, none::pause, none::resume, none::step)) {
            assertRefused(409, "DATA_SOURCE is simulator, which plays no recording; it must be replay", request);
        }
    }

    @Test
    void aNewProcessGoesOnAsTheOneBeforeIt() {
        started();
        assertThat(feed.replay().restoring()).isEmpty();
        feed.event(progress(null, "playing", "2", 10));
        feed.event(progress(null, "paused", "10", 20));
        feed.ended("killed");

        started();
        assertThat(feed.replay().restoring())
                .containsExactly(Map.of("command", "speed", "speed", "10"), Map.of("command", "pause"));
        assertThat(feed.snapshot().paused()).as("before it has answered").isFalse();

        feed.event(progress("replay-1", "playing", "10", 20));
        feed.ended("killed");
        started();
        assertThat(feed.replay().restoring()).containsExactly(Map.of("command", "speed", "speed", "10"));
    }

    /** A process reports its own start before it has the commands with which it goes on. */
    @Test
    void aProcessThatDiesAtItsStartDoesNotEndAPause() {
        List<Map<String, Object>> paused =
                List.of(Map.of("command", "speed", "speed", "10"), Map.of("command", "pause"));
        started();
        feed.event(progress(null, "paused", "10", 20));
        feed.ended("killed");
        started();
        feed.ended("killed before it reported anything");
        started();
        assertThat(feed.replay().restoring()).isEqualTo(paused);
        feed.event(progress(null, "waiting", "1", 0));
        feed.event(progress(null, "waiting", "10", 0));
        feed.ended("killed before it was paused");
        started();
        assertThat(feed.replay().restoring()).isEqualTo(paused);
        feed.event(progress(null, "waiting", "1", 0));
        feed.event(progress(null, "paused", "10", 0));
        feed.event(progress("replay-7", "playing", "10", 30));
        feed.ended("killed");
        started();
        assertThat(feed.replay().restoring()).containsExactly(Map.of("command", "speed", "speed", "10"));
    }

    @Test
    void numbersAreSentWithoutExponents() throws Exception {
        started();
        connector = command -> progress((String) command.get("id"), "playing", "1", 20);
        for (String number : List.of("1e2", "2.50", "0.00001", "1e9", "1e999999999")) {
            api.speed(new ObjectMapper()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree("{\"speed\":" + number + "}"));
        }

        assertThat(sent)
                .extracting(command -> command.get("speed"))
                .containsExactly("100", "2.5", "0.00001", "1000000000", "1E+999999999");
    }

    @Test
    void aPauseEndsWithTheReportOrTheProcess() {
        started();
        feed.event(progress(null, "paused", "1", 20));
        assertThat(feed.snapshot().paused()).isTrue();
        assertThat(feed.snapshot().playback().resumedMillis()).isZero();
        Status playing = progress(null, "playing", "1", 20);
        feed.event(playing);
        clock.forward(700);
        assertThat(feed.snapshot().paused()).isFalse();
        assertThat(feed.snapshot().playback().resumedMillis()).isEqualTo(700);

        feed.event(progress(null, "paused", "1", 20));
        feed.ended("killed");
        feed.phase(Phase.RETRYING);
        assertThat(feed.snapshot().paused()).isFalse();
    }
}
