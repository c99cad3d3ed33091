package dev.livefeed.connector.bybit.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer of the venue, in whichever of its forms it comes.
 *
 * @param op what it answers, or empty
 * @param success whether it is a yes
 * @param code the venue's code as text, or null where it gives none or 0
 * @param text for people, perhaps empty
 * @param requestId of the request it answers, or null
 * @param pong whether it answers a ping
 * @param pongMillis the venue's time in a pong, or 0
 * @param failed topics named as refused
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
        String text = first(frame, "ret_msg", "retMsg", "msg").replaceAll("\\p{Cntrl}", "?");
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

    /** {@code success} where it is there, as a boolean or as a text; else whether there is no code. */
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
