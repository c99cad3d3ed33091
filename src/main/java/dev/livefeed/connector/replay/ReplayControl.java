package dev.livefeed.connector.replay;

import dev.livefeed.connector.sdk.command.Command;
import dev.livefeed.connector.sdk.command.ReplaySpeed;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.ReplayStatus.ReplayProgress;
import dev.livefeed.protocol.status.Status.Extras;
import dev.livefeed.protocol.status.Status.Head;
import java.util.function.LongSupplier;

/** The commands to a replay, and the reports on how far it is. */
final class ReplayControl {

    /** What a share is rounded to. */
    private static final double PARTS = 10_000;

    private final Outbox outbox;
    private final ReplayPace pace;
    private final RecordedSpan span;
    private final Recording recording;
    private final LongSupplier position;
    private Stage stage = Stage.WAITING;
    /** The step that is to be played, or null. */
    private Command step;

    private enum Stage {
        /** For subscriptions. */
        WAITING,
        STARTED,
        ENDED
    }

    /** @param position time of the last event played, microseconds since 1970, or -1 */
    ReplayControl(Outbox outbox, ReplayPace pace, RecordedSpan span, Recording recording, LongSupplier position) {
        this.outbox = outbox;
        this.pace = pace;
        this.span = span;
        this.recording = recording;
        this.position = position;
    }

    /** Answers the command, a step when its event has been played. */
    void command(Command command, long nanos) {
        if (stage == Stage.ENDED) {
            refuse(command, "the recording has ended");
            return;
        }
        switch (command.kind()) {
            case PAUSE -> pace.pause(nanos);
            case RESUME -> resume(nanos);
            case SPEED -> pace.change(command.speed(), nanos);
            default -> {
                step(command);
                return;
            }
        }
        report(command.id());
    }

    private void resume(long nanos) {
        if (step != null) {
            refuse(step, "the replay was resumed before the next event");
            step = null;
        }
        pace.resume(nanos);
    }

    private void step(Command command) {
        if (!pace.paused()) {
            refuse(command, "the replay is not paused");
        } else if (stage == Stage.WAITING) {
            refuse(command, "nothing is played until a stream is subscribed");
        } else if (step != null) {
            refuse(command, "the step before it is not done yet");
        } else {
            step = command;
        }
    }

    /** All streams are subscribed. */
    void started() {
        stage = Stage.STARTED;
        report(null);
    }

    /** Nothing more is played. */
    void ended() {
        stage = Stage.ENDED;
        report(step == null ? null : step.id());
        step = null;
    }

    /** Whether nothing may be played now. */
    boolean holds() {
        return pace.paused() && step == null;
    }

    /** Whether a single event is to be played, whenever it is due. */
    boolean stepping() {
        return step != null;
    }

    /** The event of a step has been played. */
    void stepped(long micros, long nanos) {
        pace.stepped(micros, nanos);
        report(step.id());
        step = null;
    }

    String state() {
        if (stage == Stage.ENDED) {
            return ReplayProgress.ENDED;
        }
        if (pace.paused()) {
            return ReplayProgress.PAUSED;
        }
        return stage == Stage.WAITING ? ReplayProgress.WAITING : ReplayProgress.PLAYING;
    }

    ReplaySpeed speed() {
        return pace.speed();
    }

    /** Part of the recording that has been played, 0 to 1; null if it is not known. */
    Double share() {
        if (stage == Stage.ENDED) {
            return 1.0;
        }
        double byTime = span.share(position.getAsLong());
        double share = byTime < 0 ? recording.share() : byTime;
        return share < 0 ? null : Math.floor(share * PARTS) / PARTS;
    }

    void report(String id) {
        long at = position.getAsLong();
        outbox.status(new ReplayProgress(
                new Head(outbox.connector(), null, null, id, null),
                state(),
                pace.speed().toString(),
                at < 0 ? null : Times.instant(at),
                span.begin() < 0 ? null : Times.instant(span.begin()),
                span.end() < 0 ? null : Times.instant(span.end()),
                share(),
                Extras.NONE));
    }

    private void refuse(Command command, String text) {
        outbox.failure(new Failure(text, "refused", null, null, command.id(), false));
    }
}
