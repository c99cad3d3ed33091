package dev.livefeed.soak;

import dev.livefeed.protocol.model.Event;

/**
 * An event with the conditions at the time when the connector wrote it, which may be long before it is read.
 *
 * @param made number of trades of its market at that time, or -1 if unknown
 * @param excused for a gap: whether a fault prevented the connector from fetching the lost trades
 */
record WrittenEvent(Event event, long made, boolean excused) {}
