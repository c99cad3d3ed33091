package dev.livefeed.connector.binance.instrument;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** The limits that {@code exchangeInfo} states. Only that on the weight of requests is used, the lowest per minute. */
final class RateLimits {

    private double weightPerMinute = Double.POSITIVE_INFINITY;

    /** Limit on the weight of requests per minute, at least 1; 0 if none is stated. */
    int weightPerMinute() {
        return Double.isInfinite(weightPerMinute)
                ? 0
                : (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.floor(weightPerMinute)));
    }

    /** Reads the list at which the parser is. */
    void read(JsonParser p) throws IOException {
        for (JsonToken token = p.nextToken(); token != JsonToken.END_ARRAY; token = p.nextToken()) {
            if (token == null) {
                throw new IOException("the response ends within its list of limits");
            }
            if (token == JsonToken.START_OBJECT) {
                limit(p);
            } else {
                p.skipChildren();
            }
        }
    }

    private void limit(JsonParser p) throws IOException {
        String type = "";
        String interval = "";
        long count = 1;
        long limit = 0;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            if (!p.nextToken().isScalarValue()) {
                p.skipChildren();
                continue;
            }
            switch (name) {
                case "rateLimitType" -> type = p.getText();
                case "interval" -> interval = p.getText();
                case "intervalNum" -> count = whole(p.getText());
                case "limit" -> limit = whole(p.getText());
                default -> {
                    // Not used.
                }
            }
        }
        double minutes = count * minutes(interval);
        if (type.equals("REQUEST_WEIGHT") && minutes > 0 && limit > 0) {
            weightPerMinute = Math.min(weightPerMinute, limit / minutes);
        }
    }

    private static double minutes(String interval) {
        return switch (interval) {
            case "SECOND" -> 1 / 60.0;
            case "MINUTE" -> 1;
            case "HOUR" -> 60;
            case "DAY" -> 1_440;
            default -> 0;
        };
    }

    private static long whole(String text) {
        return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
    }
}
