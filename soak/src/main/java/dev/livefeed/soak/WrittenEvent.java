package dev.livefeed.soak;

import dev.livefeed.protocol.model.Event;
import java.util.Map;

/**
 * An event with the conditions at the time when the connector wrote it, which may be long before it is read.
 *
 * @param made for a status of trades: number of trades of each of its markets at that time; empty if unknown
 * @param excused for a gap: whether a fault prevented the connector from fetching the lost trades
 */
record WrittenEvent(Event event, Map<String, Long> made, boolean excused) {}
