package dev.livefeed.app.queue;

import java.time.Instant;
import java.util.Map;

/**
 * Events that a full queue dropped, from the first of them until it had room again.
 *
 * @param events how many
 * @param since when the first was dropped
 * @param until when the last was dropped
 * @param fromMicros earliest exchange time among them, or -1 where none has one
 * @param toMicros latest exchange time among them, or -1
 * @param symbols how many of each symbol; beyond the first ones all others together
 */
public record DroppedEvents(
        long events, Instant since, Instant until, long fromMicros, long toMicros, Map<String, Long> symbols) {}
