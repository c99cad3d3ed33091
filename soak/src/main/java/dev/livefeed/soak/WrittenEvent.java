package dev.livefeed.soak;

import dev.livefeed.protocol.model.Event;

/**
 * An event with what was true when the connector wrote it, which may be long before it is read.
 *
 * @param made how many trades its market had made, or -1 where that is not known
 * @param excused for a gap: whether something kept the connector from fetching what it announces as lost
 */
record WrittenEvent(Event event, long made, boolean excused) {}
