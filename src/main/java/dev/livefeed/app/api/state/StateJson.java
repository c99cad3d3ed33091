package dev.livefeed.app.api.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.livefeed.app.api.response.ResponseJson;

/** Writes the bodies of states as those of HTTP responses. */
final class StateJson {

    private StateJson() {}

    static String text(Object body) {
        try {
            return ResponseJson.MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a state has no JSON form: " + body, e);
        }
    }
}
