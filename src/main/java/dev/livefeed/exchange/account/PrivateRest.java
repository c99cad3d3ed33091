package dev.livefeed.exchange.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.rest.RestResponse;
import java.util.Map;

/** The signed REST requests: API key, wallet balance and positions. */
public final class PrivateRest {

    private static final long DEFAULT_WINDOW = 5000;
    private static final int BAD_TIME = 10002;

    private final ApiKeys keys;
    private final ExchangeAccount account;

    PrivateRest(ApiKeys keys, ExchangeAccount account) {
        this.keys = keys;
        this.account = account;
    }

    /** Whether the path needs a signature. */
    public boolean serves(String path) {
        return path.equals("/v5/user/query-api")
                || path.equals("/v5/account/wallet-balance")
                || path.equals("/v5/position/list");
    }

    /**
     * Answers a signed GET.
     *
     * @param headers by lower-case name
     * @param query raw query string
     */
    public RestResponse get(String path, Map<String, String> headers, String query, long now) {
        String key = headers.get("x-bapi-api-key");
        String timestamp = headers.getOrDefault("x-bapi-timestamp", "");
        String window = headers.getOrDefault("x-bapi-recv-window", "");
        String signature = headers.get("x-bapi-sign");
        if (key == null || signature == null || !timestamp.matches("\\d{1,15}") || !window.matches("\\d{0,6}")) {
            return new RestResponse(401, envelope(10003, "API key is missing or its fields are.", node(), now));
        }
        ApiKeys.KeyCheck check = keys.verify(key, timestamp + key + window + query, signature);
        if (check != ApiKeys.KeyCheck.GOOD) {
            return new RestResponse(200, envelope(check.code(), check.text(), node(), now));
        }
        long at = Long.parseLong(timestamp);
        if (at < now - (window.isEmpty() ? DEFAULT_WINDOW : Long.parseLong(window)) || at >= now + 1000) {
            String text = "invalid request, please check your server timestamp or recv_window param. req_timestamp["
                    + at + "],server_timestamp[" + now + "],recv_window[" + window + "]";
            return new RestResponse(200, envelope(BAD_TIME, text, node(), now));
        }
        return new RestResponse(200, envelope(0, "OK", result(path, key, now), now));
    }

    private ObjectNode result(String path, String key, long now) {
        ObjectNode result = node();
        switch (path) {
            case "/v5/user/query-api" ->
                result.put("apiKey", key).put("readOnly", 1).put("uta", 1).put("isMaster", true);
            case "/v5/account/wallet-balance" ->
                result.putArray("list").add(account.rows().wallet(account.mark(), false));
            default -> {
                result.put("category", account.category().id()).put("nextPageCursor", "");
                result.putArray("list").add(account.rows().position(account.mark(), now));
            }
        }
        return result;
    }

    private static String envelope(int code, String text, ObjectNode result, long now) {
        ObjectNode envelope = node().put("retCode", code).put("retMsg", text);
        envelope.set("result", result);
        envelope.set("retExtInfo", node());
        return envelope.put("time", now).toString();
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
