package dev.livefeed.exchange.fault;

import dev.livefeed.exchange.market.ProductCategory;
import java.util.Arrays;

/**
 * The traffic that a fault applies to.
 *
 * @param category product category; null for all
 * @param topic pattern of topics, or of paths for HTTP faults; {@code *} matches any text, and
 *     {@code |} separates alternatives
 * @param connection connection id; null for all
 */
public record FaultTarget(ProductCategory category, String topic, String connection) {

    boolean matches(ProductCategory actualCategory, String actualTopic, String connectionId) {
        return (category == null || category == actualCategory)
                && (connection == null || connection.equals(connectionId))
                && matchesTopic(actualTopic);
    }

    private boolean matchesTopic(String text) {
        return Arrays.stream(topic.split("\\|")).anyMatch(pattern -> matches(pattern, text));
    }

    private static boolean matches(String topic, String text) {
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
