package dev.livefeed.protocol.status;

import java.time.Instant;

/**
 * A recording has been played to its end.
 *
 * @param events how many were played, or null
 * @param lines how many it has, or null
 * @param unusableLines how many could not be used, or null
 * @param first time of the first event, or null
 * @param last time of the last one, or null
 */
public record RecordingEnded(
        Head head, Long events, Long lines, Long unusableLines, Instant first, Instant last, Extras extras)
        implements Status {

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
