package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.List;
import java.util.stream.Collectors;

/** Answers to requests, in the format of each category. */
final class Replies {

    private Replies() {}

    /** @param requestId null if the request had none */
    static TextFrame done(StreamSession session, String op, String requestId) {
        String text = session.category() == ProductCategory.SPOT ? op : "";
        return operation(session, true, text, op, requestId);
    }

    static TextFrame failed(StreamSession session, String op, String requestId, String text) {
        return operation(session, false, text, op, requestId);
    }

    /** Spot omits the request id when the symbol is unknown. */
    static TextFrame invalidSymbol(StreamSession session, String op, String topic) {
        return TextFrame.of("{\"success\":false,\"ret_msg\":" + quote("Invalid symbol :[" + topic + "]")
                + ",\"conn_id\":\"" + session.connectionId() + "\",\"op\":\"" + op + "\"}");
    }

    static TextFrame commandResponse(StreamSession session, List<String> failed, List<String> succeeded) {
        return TextFrame.of("{\"success\":" + failed.isEmpty() + ",\"conn_id\":\"" + session.connectionId()
                + "\",\"data\":{\"failTopics\":" + array(failed) + ",\"successTopics\":" + array(succeeded)
                + "},\"type\":\"COMMAND_RESP\"}");
    }

    static TextFrame pong(StreamSession session, String requestId, long now) {
        return session.category() == ProductCategory.OPTION
                ? TextFrame.of("{\"args\":[\"" + now + "\"],\"op\":\"pong\"}")
                : operation(session, true, "pong", "ping", requestId);
    }

    static TextFrame notJson(String reason) {
        return TextFrame.of("Failed to decode incoming data:" + reason);
    }

    private static TextFrame operation(
            StreamSession session, boolean success, String text, String op, String requestId) {
        StringBuilder reply = new StringBuilder(160);
        reply.append("{\"success\":").append(success).append(",\"ret_msg\":").append(quote(text));
        reply.append(",\"conn_id\":\"").append(session.connectionId()).append('"');
        if (requestId != null || session.category() != ProductCategory.SPOT) {
            reply.append(",\"req_id\":").append(quote(requestId == null ? "" : requestId));
        }
        return TextFrame.of(
                reply.append(",\"op\":").append(quote(op)).append('}').toString());
    }

    private static String array(List<String> topics) {
        return topics.stream().map(Replies::quote).collect(Collectors.joining(",", "[", "]"));
    }

    /** A JSON string that also escapes HTML characters, as the venue does. */
    static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c == '<' || c == '>' || c == '&') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
