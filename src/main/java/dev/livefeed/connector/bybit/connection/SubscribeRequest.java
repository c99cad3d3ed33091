package dev.livefeed.connector.bybit.connection;

import dev.livefeed.connector.bybit.topic.Topic;
import java.util.List;

/**
 * A pending subscribe or unsubscribe request.
 *
 * @param id its {@code req_id}
 * @param subscribe true to subscribe its topics, false to unsubscribe them
 * @param sentAt nanoseconds of the feed's clock
 */
public record SubscribeRequest(String id, boolean subscribe, List<Topic> topics, long sentAt) {

    public static final String PING = "{\"op\":\"ping\"}";

    /** The text frame. Topic names need no escaping, since their symbols have been checked. */
    String text() {
        StringBuilder text = new StringBuilder(64 + topics.size() * 32)
                .append("{\"req_id\":\"")
                .append(id)
                .append("\",\"op\":\"")
                .append(op())
                .append("\",\"args\":[");
        for (int i = 0; i < topics.size(); i++) {
            text.append(i == 0 ? "\"" : ",\"").append(topics.get(i)).append('"');
        }
        return text.append("]}").toString();
    }

    String op() {
        return subscribe ? "subscribe" : "unsubscribe";
    }
}
