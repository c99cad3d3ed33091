package dev.livefeed.web;

import java.util.Map;

/** An HTTP answer: its status code and what becomes its JSON. */
public record Answer(int code, Object content) {

    static Answer ok(Object content) {
        return new Answer(200, content);
    }

    /** 400 with the reason: what, the value, the rule. */
    static Answer bad(String reason) {
        return new Answer(400, Map.of("error", reason));
    }

    static Answer missing(String reason) {
        return new Answer(404, Map.of("error", reason));
    }
}
