package dev.livefeed.exchange.fault;

import dev.livefeed.exchange.venue.ProductCategory;

/**
 * One fault as ordered.
 *
 * @param category only there; null for all
 * @param topic only topics (for REST: paths) that match, "*" standing for anything
 * @param connection only this connection id; null for all
 * @param count how often it happens before it is over
 * @param afterMillis how long from now until it begins
 * @param everyMillis how long from one round of {@code count} to the next; 0 for one round only
 * @param millis for how long (stall, burst) or how late (slow answers), or how far the clock is off
 * @param pongs whether a stalled connection still answers pings
 * @param status HTTP status to answer with
 * @param code error code to answer with under HTTP status 200; 0 for none
 * @param rate frames a second of a burst, over all topics it reaches
 */
public record Fault(
        FaultKind kind,
        ProductCategory category,
        String topic,
        String connection,
        int count,
        long afterMillis,
        long everyMillis,
        long millis,
        boolean pongs,
        int status,
        int code,
        int rate) {

    boolean reaches(ProductCategory where, String topicText, String connectionId) {
        return (category == null || category == where)
                && (connection == null || connection.equals(connectionId))
                && matches(topicText);
    }

    /** Whether a topic or path matches the pattern. */
    boolean matches(String text) {
        int star = topic.indexOf('*');
        if (star < 0) {
            return topic.equals(text);
        }
        String[] parts = topic.split("\\*", -1);
        if (!text.startsWith(parts[0])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        String end = parts[parts.length - 1];
        return text.length() - at >= end.length() && text.endsWith(end);
    }
}
