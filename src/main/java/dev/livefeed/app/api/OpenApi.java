package dev.livefeed.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** {@code GET /openapi.json}: what the program answers over HTTP, one document from a part for each concern. */
public final class OpenApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Parts that are not there are left out. */
    private static final List<String> PARTS = List.of("feed", "market", "context", "strategy");

    private final JsonNode document;

    /** @param version of the program */
    public OpenApi(String version) {
        ObjectNode whole = JSON.createObjectNode();
        whole.put("openapi", "3.1.0");
        ObjectNode info = whole.putObject("info");
        info.put("title", "Bybit Live Connector");
        info.put("version", version);
        info.put(
                "description",
                "Decimals are texts, so that no reader rounds them. Times are ISO-8601 texts in UTC; what ends in _seconds is"
                        + " seconds, in _ms milliseconds.");
        ObjectNode paths = whole.putObject("paths");
        ObjectNode schemas = whole.putObject("components").putObject("schemas");
        for (String part : PARTS) {
            try (InputStream resource = OpenApi.class.getResourceAsStream("openapi/" + part + ".json")) {
                if (resource != null) {
                    JsonNode content = JSON.readTree(resource);
                    content.path("paths").properties().forEach(e -> paths.set(e.getKey(), e.getValue()));
                    content.path("schemas").properties().forEach(e -> schemas.set(e.getKey(), e.getValue()));
                }
            } catch (IOException e) {
                throw new IllegalStateException("the packed part " + part + " of the API document is damaged", e);
            }
        }
        paths.properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> guarded(
                        operation.getKey(), (ObjectNode) operation.getValue().path("responses"))));
        document = whole;
    }

    /** What any path may answer before its own part is asked. */
    private static void guarded(String method, ObjectNode responses) {
        refusal(responses, "421", "Host does not name this server");
        if (!method.equals("get")) {
            refusal(responses, "403", "it comes from a page of another server");
            refusal(responses, "415", "the body is not sent as application/json");
        }
    }

    private static void refusal(ObjectNode responses, String code, String description) {
        responses
                .putObject(code)
                .put("description", description)
                .putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/Refusal");
    }

    /** The document, ready for JSON. */
    public JsonNode document() {
        return document;
    }
}
