package dev.livefeed.app.api;

import java.util.Map;

/** An HTTP answer: its status code and what becomes its JSON. */
public record HttpResponse(int code, Object content) {

    static HttpResponse ok(Object content) {
        return new HttpResponse(200, content);
    }

    /** 400 with the reason: what, the value, the rule. */
    static HttpResponse bad(String reason) {
        return new HttpResponse(400, Map.of("error", reason));
    }

    static HttpResponse missing(String reason) {
        return new HttpResponse(404, Map.of("error", reason));
    }
}
