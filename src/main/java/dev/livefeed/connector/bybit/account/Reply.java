package dev.livefeed.connector.bybit.account;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.naming.OneLine;
import java.util.ArrayList;
import java.util.List;

/**
 * A reply of the venue, in any of its formats.
 *
 * @param op operation that it answers, or empty
 * @param success whether the request was accepted
 * @param code the venue's code as text, or null if it is absent or 0
 * @param text readable text, possibly empty
 * @param requestId id of the request, or null
 * @param pong whether it answers a ping
 * @param pongMillis the venue's time in a pong, or 0
 * @param failed refused topics
 */
record Reply(
        String op,
        boolean success,
        String code,
        String text,
        String requestId,
        boolean pong,
        long pongMillis,
        List<String> failed) {

    private static final int LONGEST_TEXT = 300;

    static Reply of(JsonNode frame) {
        String type = frame.path("type").asText();
        String op = frame.path("op").asText();
        if (op.isEmpty()) {
            op = type.equals("AUTH_RESP") ? "auth" : type.equals("COMMAND_RESP") ? "subscribe" : "";
        }
        String text = OneLine.of(first(frame, "ret_msg", "retMsg", "msg"));
        String code = first(frame, "ret_code", "retCode", "code");
        boolean noCode = code.isEmpty() || code.equals("0");
        boolean pong = text.equals("pong") || op.equals("pong");
        List<String> failed = new ArrayList<>();
        frame.path("data").path("failTopics").forEach(topic -> failed.add(topic.asText()));
        String requestId = first(frame, "req_id", "reqId");
        return new Reply(
                op,
                success(frame, noCode) && failed.isEmpty(),
                noCode ? null : code,
                text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT),
                requestId.isEmpty() ? null : requestId,
                pong,
                pong ? millis(frame) : 0,
                failed);
    }

    /** The field {@code success} as a boolean or text; if it is absent, whether there is no code. */
    private static boolean success(JsonNode frame, boolean noCode) {
        JsonNode success = frame.get("success");
        return success == null || success.isNull() ? noCode : success.asBoolean(false) && noCode;
    }

    private static String first(JsonNode frame, String... names) {
        for (String name : names) {
            JsonNode value = frame.get(name);
            if (value != null && value.isValueNode() && !value.isNull()) {
                return value.asText();
            }
        }
        return "";
    }

    private static long millis(JsonNode frame) {
        JsonNode time = frame.path("args").path(0);
        if (time.isMissingNode()) {
            time = frame.path("data").path(0);
        }
        return time.asLong(0);
    }
}
