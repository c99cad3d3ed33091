package dev.livefeed.app.api.response.recording;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/**
 * How far the replay of a recording is.
 *
 * @param state {@code waiting}, {@code playing}, {@code paused} or {@code ended}
 * @param file that is being read, or null
 * @param position time of the last event played, or null
 * @param speed {@code max} or a factor, or null
 * @param share part that has been played, 0 to 1, or null if it is not known
 */
public record ReplayResponse(
        String state,
        String file,
        Instant position,
        String speed,
        Double share,
        @JsonUnwrapped Span span,
        @JsonUnwrapped Lines lines) {

    /**
     * What is played; null if it is not known or not set.
     *
     * @param begin time of its first event
     * @param end time of its last event
     * @param from the setting {@code REPLAY_FROM}
     * @param to the setting {@code REPLAY_TO}
     */
    public record Span(Instant begin, Instant end, String from, String to) {}

    /** Lines that were read; null before the first heartbeat. */
    public record Lines(Long lines, Long unusableLines) {}
}
