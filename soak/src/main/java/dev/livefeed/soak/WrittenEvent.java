package dev.livefeed.soak;

import dev.livefeed.protocol.model.Event;
import java.util.Map;

/**
 * An event with the conditions at the time when the connector wrote it, which may be long before it is read.
 *
 * @param made for a status of trades: number of trades of each of its markets at that time; empty if unknown
 * @param excused for a gap: whether a fault prevented the connector from fetching the lost trades
 * @param micros that time, or that of reading if it is not known
 */
record WrittenEvent(Event event, Map<String, Long> made, boolean excused, long micros) {}
