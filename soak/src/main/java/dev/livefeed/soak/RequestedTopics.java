package dev.livefeed.soak;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The topics requested on one connection. Requesting a topic that is subscribed or pending is an error.
 */
final class RequestedTopics {

    /** The connector stops waiting for an answer after 5 s, and may request again. */
    private static final long ACK = 5 * SimulatedTime.SECOND;

    private static final byte[] FAILED = "\"success\":false".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BY_TOPIC = "COMMAND_RESP".getBytes(StandardCharsets.UTF_8);

    private final Map<String, Long> asked = new HashMap<>();

    /** A request of the client; returns its errors. */
    List<String> request(String text, long now) {
        List<String> problems = new ArrayList<>();
        boolean subscribe = text.contains("\"op\":\"subscribe\"");
        int list = text.indexOf("\"args\":[");
        if (list < 0) {
            return problems;
        }
        String[] parts = text.substring(list + 8).split("\"");
        for (int i = 1; i < parts.length; i += 2) {
            String topic = parts[i];
            if (!subscribe) {
                asked.remove(topic);
            } else {
                Long before = asked.put(topic, now);
                if (before != null && now - before < ACK) {
                    problems.add(topic + " was asked for twice within " + (now - before) / SimulatedTime.MILLI + " ms");
                }
            }
        }
        return problems;
    }

    /** An answer of the exchange: after a refusal everything may be requested again. */
    void answer(byte[] frame, int from) {
        if (frame.length - from < 1_000 && (contains(frame, from, FAILED) || contains(frame, from, BY_TOPIC))) {
            asked.clear();
        }
    }

    private static boolean contains(byte[] in, int from, byte[] what) {
        // Market data begins with a topic, an id or a time; answers do not.
        if (in.length > from + 2 && in[from + 2] == 't' && in[from + 3] == 'o') {
            return false;
        }
        outer:
        for (int i = from; i <= in.length - what.length; i++) {
            for (int k = 0; k < what.length; k++) {
                if (in[i + k] != what[k]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }
}
