package dev.livefeed.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.recording.ReplayResponse;
import dev.livefeed.app.feed.FeedSnapshot;
import dev.livefeed.app.feed.Phase;
import dev.livefeed.app.feed.ReplayReports;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.status.Heartbeat.ReplayFigures;
import dev.livefeed.protocol.status.ReplayStatus.ReplayProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The replay of a recording: how far it is, pause, resume, speed and single steps. */
public final class ReplayApi {

    /** How long an answer of the connector is waited for. Lines that it sent before are processed first. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static final String BAD_COMMAND = "bad-command";
    /** Of a number with more, its digits are not written out; it is refused. */
    private static final int MOST_DIGITS = 20;

    /** A connector of another kind may report further ones. */
    private static final Set<String> STATES =
            Set.of(ReplayProgress.WAITING, ReplayProgress.PLAYING, ReplayProgress.PAUSED, ReplayProgress.ENDED);

    private final String dataSource;
    private final Replayed replayed;
    private final UnaryOperator<String> redact;
    private final Duration wait;
    private final AtomicLong commands = new AtomicLong();
    /** The last figures with which a replay was reported; those of a connector that has ended are kept. */
    private ReplayFigures last = ReplayFigures.NONE;

    /**
     * The source that plays a recording.
     *
     * @param reports what its connector says about the replay
     * @param commands sends a command to its connector
     */
    public record Replayed(
            Supplier<FeedSnapshot> feed, ReplayReports reports, Consumer<Object> commands, Configured configured) {}

    /** What is replayed, as the settings have it; null if a setting is empty. */
    public record Configured(String speed, String from, String to) {}

    /**
     * @param dataSource the setting {@code DATA_SOURCE}
     * @param replayed null if no source plays a recording
     * @param redact removes secrets
     */
    public ReplayApi(String dataSource, Replayed replayed, UnaryOperator<String> redact) {
        this(dataSource, replayed, redact, ANSWER);
    }

    ReplayApi(String dataSource, Replayed replayed, UnaryOperator<String> redact, Duration wait) {
        this.dataSource = dataSource;
        this.replayed = replayed;
        this.redact = redact;
        this.wait = wait;
    }

    /**
     * How far the replay is.
     *
     * @throws ApiException 409 if nothing is replayed
     */
    public ReplayResponse get() throws ApiException {
        required();
        return progress();
    }

    /** How far the replay is; null if nothing is replayed. */
    public ReplayResponse progress() {
        if (replayed == null) {
            return null;
        }
        FeedSnapshot now = replayed.feed().get();
        ReplayProgress reported = now.playback().progress();
        ReplayFigures figures = figures(now.report());
        return new ReplayResponse(
                state(now, reported, figures),
                figures.replayFile(),
                later(reported == null ? null : reported.position(), figures.replayPosition()),
                reported == null || reported.speed() == null
                        ? replayed.configured().speed()
                        : reported.speed(),
                share(reported, figures.replayShare()),
                new ReplayResponse.Span(
                        reported == null ? null : reported.begin(),
                        reported == null ? null : reported.end(),
                        replayed.configured().from(),
                        replayed.configured().to()),
                new ReplayResponse.Lines(figures.replayLines(), figures.replayUnusableLines()));
    }

    private synchronized ReplayFigures figures(FeedSnapshot.Report now) {
        if (now.received() && now.heartbeat().replay().replay() != null) {
            last = now.heartbeat().replay();
        }
        return last;
    }

    private static String state(FeedSnapshot now, ReplayProgress reported, ReplayFigures figures) {
        if (now.phase() == Phase.FINISHED) {
            return ReplayProgress.ENDED;
        }
        String state = reported == null || reported.state() == null ? figures.replay() : reported.state();
        return state == null ? ReplayProgress.WAITING : STATES.contains(state) ? state : ReplayProgress.PLAYING;
    }

    /** Heartbeats report the position too, and more often. */
    private static Instant later(Instant reported, Instant beat) {
        return beat == null || reported != null && reported.isAfter(beat) ? reported : beat;
    }

    private static Double share(ReplayProgress reported, Double beat) {
        Double share = reported == null ? null : reported.share();
        if (beat != null) {
            share = share == null ? beat : Math.max(share, beat);
        }
        return share == null ? null : Math.max(0, Math.min(1, share));
    }

    /** Plays nothing more until it is resumed. */
    public ReplayResponse pause() throws ApiException {
        return command("pause", null);
    }

    /** Goes on playing. */
    public ReplayResponse resume() throws ApiException {
        return command("resume", null);
    }

    /** Plays one event of a replay that is paused. */
    public ReplayResponse step() throws ApiException {
        return command("step", null);
    }

    /**
     * Changes the speed.
     *
     * @param body checked against the contract
     */
    public ReplayResponse speed(JsonNode body) throws ApiException {
        return command("speed", plain(body.get("speed")));
    }

    /** A number without an exponent, which 1e2 has. */
    private static String plain(JsonNode speed) {
        return speed.isNumber() && Math.abs((long) speed.decimalValue().scale()) < MOST_DIGITS
                ? speed.decimalValue().stripTrailingZeros().toPlainString()
                : speed.asText();
    }

    /** 409 if it cannot be done, 503 if the connector does not answer. */
    private ReplayResponse command(String name, String speed) throws ApiException {
        required();
        FeedSnapshot now = replayed.feed().get();
        if (now.phase() == Phase.FINISHED) {
            throw new ApiException(409, "the recording has ended");
        }
        if (!now.alive()) {
            throw new ApiException(503, "no connector process runs: " + now.phase());
        }
        String id = "replay-" + commands.incrementAndGet();
        CompletableFuture<ReplayReports.Answer> answer = replayed.reports().expect(id);
        if (answer == null) {
            throw new ApiException(503, "earlier commands to the replay have not been answered yet");
        }
        try {
            replayed.commands().accept(line(name, speed, id));
            refuse(answer.get(wait.toMillis(), TimeUnit.MILLISECONDS).refusal());
            return progress();
        } catch (TimeoutException e) {
            throw new ApiException(
                    503,
                    "the connector has not answered within " + wait.toMillis() + " ms; lines that it has sent before"
                            + " the answer are still being processed, see GET /replay");
        } catch (CancellationException | ExecutionException e) {
            throw new ApiException(503, "the connector process ended before it answered");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(503, "the application stops");
        } finally {
            replayed.reports().forget(id);
        }
    }

    private static Map<String, Object> line(String name, String speed, String id) {
        Map<String, Object> command = new LinkedHashMap<>();
        command.put("command", name);
        if (speed != null) {
            command.put("speed", speed);
        }
        command.put("id", id);
        return command;
    }

    private void refuse(Failure refusal) throws ApiException {
        if (refusal != null) {
            String text = redact.apply(refusal.error());
            throw new ApiException(BAD_COMMAND.equals(refusal.code()) ? 400 : 409, text);
        }
    }

    private void required() throws ApiException {
        if (replayed == null) {
            throw new ApiException(
                    409, "DATA_SOURCE is " + dataSource + ", which plays no recording; it must be replay");
        }
    }
}
