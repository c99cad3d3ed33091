package dev.livefeed.soak;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was asked for on one connection: a topic that is asked for again while it runs or is asked for has two owners.
 */
final class AskedTopics {

    /** The connector gives up on an answer after 5 s, and may ask again. */
    private static final long ACK = 5 * Agenda.SECOND;

    private static final byte[] FAILED = "\"success\":false".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BY_TOPIC = "COMMAND_RESP".getBytes(StandardCharsets.UTF_8);

    private final Map<String, Long> asked = new HashMap<>();

    /** The client asks; returns what is wrong with it. */
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
                    problems.add(topic + " was asked for twice within " + (now - before) / Agenda.MILLI + " ms");
                }
            }
        }
        return problems;
    }

    /** The exchange answers: after a refusal everything may be asked for again. */
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
