package dev.livefeed.web;

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
        info.put("description", "Decimals are texts, so that no reader rounds them; times are UTC.");
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
        document = whole;
    }

    /** The document, ready for JSON. */
    public JsonNode document() {
        return document;
    }
}
