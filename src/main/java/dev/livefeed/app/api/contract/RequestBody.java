package dev.livefeed.app.api.contract;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.livefeed.app.api.access.AccessRule;
import dev.livefeed.naming.OneLine;
import java.util.function.UnaryOperator;

/** The JSON body of an operation. Numbers are parsed exactly. */
public final class RequestBody {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final SchemaRule rule;

    private RequestBody(SchemaRule rule) {
        this.rule = rule;
    }

    static RequestBody of(JsonNode body, UnaryOperator<JsonNode> resolve) {
        return new RequestBody(SchemaRule.of(
                resolve.apply(body.path("content").path("application/json").path("schema")), resolve));
    }

    /**
     * Parses a body.
     *
     * @param contentType of the request, or null; only JSON is accepted, because a page of another origin cannot send
     *     it
     * @throws ApiException 415 or 400 if the contract does not allow it
     */
    public JsonNode read(String contentType, String body) throws ApiException {
        if (contentType == null || !AccessRule.json(contentType)) {
            throw new ApiException(415, "the body must be sent with Content-Type: application/json");
        }
        JsonNode tree;
        try {
            tree = body == null || body.isBlank() ? null : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ApiException(400, "the body is not one JSON object" + place(e));
        } catch (NumberFormatException e) {
            // Thrown by the tree parser for an exponent of many digits.
            throw new ApiException(400, "the body has a number with an exponent beyond 32 bits");
        }
        String fault = tree == null ? "the body is missing; it must be " + rule.text() : rule.fault("the body", tree);
        if (fault != null) {
            throw new ApiException(400, fault);
        }
        return tree;
    }

    private static String place(JsonProcessingException e) {
        if (e.getOriginalMessage().startsWith("Duplicate field")) {
            return ": " + OneLine.of(e.getOriginalMessage());
        }
        JsonLocation at = e.getLocation();
        return at == null ? "" : ": see line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
