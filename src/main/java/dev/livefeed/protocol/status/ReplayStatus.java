package dev.livefeed.protocol.status;

import java.time.Instant;

/** The replay of a recording. */
public sealed interface ReplayStatus extends Status {

    /**
     * How far the replay of a recording is: on each change of its state or speed, and as the answer to a command.
     *
     * @param state {@code waiting} for subscriptions, {@code playing}, {@code paused} or {@code ended}
     * @param speed {@code max} or a factor on the recorded pace, or null
     * @param position time of the last event played, or null before the first
     * @param begin start of what is played, or null if it is not known
     * @param end end of it, or null if it is not known
     * @param share part of it that has been played, 0 to 1, or null if it is not known
     */
    record ReplayProgress(
            Head head,
            String state,
            String speed,
            Instant position,
            Instant begin,
            Instant end,
            Double share,
            Extras extras)
            implements ReplayStatus {

        public static final String STATUS = "replay";

        public static final String WAITING = "waiting";
        public static final String PLAYING = "playing";
        public static final String PAUSED = "paused";
        public static final String ENDED = "ended";

        /** Whether nothing is played until the replay is resumed. */
        public boolean paused() {
            return PAUSED.equals(state);
        }

        @Override
        public String status() {
            return STATUS;
        }

        @Override
        public <R> R accept(StatusVisitor<R> visitor) {
            return visitor.replayProgress(this);
        }
    }

    /**
     * A recording has been played to its end.
     *
     * @param events how many were played, or null
     * @param lines how many it has, or null
     * @param unusableLines how many could not be used, or null
     * @param first time of the first event, or null
     * @param last time of the last one, or null
     */
    record RecordingEnded(
            Head head, Long events, Long lines, Long unusableLines, Instant first, Instant last, Extras extras)
            implements ReplayStatus {

        public static final String STATUS = "recording_ended";

        public RecordingEnded(Head head, Long events, Long lines, Long unusableLines, Instant first, Instant last) {
            this(head, events, lines, unusableLines, first, last, Extras.NONE);
        }

        @Override
        public String status() {
            return STATUS;
        }

        @Override
        public <R> R accept(StatusVisitor<R> visitor) {
            return visitor.recordingEnded(this);
        }
    }
}
