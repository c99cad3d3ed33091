package dev.livefeed.app.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The contract in {@code openapi.yaml}: the document and its operations. */
public final class OpenApi {

    private static final String FILE = "openapi.yaml";

    private final ObjectNode document;
    private final List<Operation> operations = new ArrayList<>();

    /** @param version version of the application */
    public OpenApi(String version) {
        document = Packed.CONTRACT.deepCopy();
        ((ObjectNode) document.path("info")).put("version", version);
        document.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(method -> add(path.getKey(), method.getKey(), method.getValue())));
    }

    /** The document, ready for JSON. */
    public JsonNode document() {
        return document;
    }

    /** The operations that have an operationId, in the order of the document. */
    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** The paths of which no operation has an operationId. */
    public Set<String> servedWithoutRoute() {
        Set<String> paths = new TreeSet<>();
        document.path("paths").fieldNames().forEachRemaining(paths::add);
        operations.forEach(operation -> paths.remove(operation.path()));
        return paths;
    }

    private void add(String path, String method, JsonNode operation) {
        JsonNode id = operation.get("operationId");
        if (id == null) {
            return;
        }
        List<RequestParameter> parameters = new ArrayList<>();
        for (JsonNode one : operation.path("parameters")) {
            parameters.add(RequestParameter.of(resolved(one), this::resolved));
        }
        JsonNode body = operation.get("requestBody");
        operations.add(new Operation(
                id.textValue(),
                method.toUpperCase(Locale.ROOT),
                path,
                operation.path("summary").textValue(),
                List.copyOf(parameters),
                body == null ? null : RequestBody.of(body, this::resolved)));
    }

    /** The target of a {@code $ref}, or the node itself. */
    private JsonNode resolved(JsonNode node) {
        JsonNode reference = node.get("$ref");
        if (reference == null) {
            return node;
        }
        JsonNode target = document.at(reference.textValue().substring(1));
        if (target.isMissingNode()) {
            throw new IllegalStateException(FILE + " refers to " + reference.textValue() + ", which does not exist");
        }
        return target;
    }

    /** Read once, because every trial run of the routes needs it. */
    private static final class Packed {

        private static final ObjectNode CONTRACT = read();

        private static ObjectNode read() {
            try (InputStream in = OpenApi.class.getResourceAsStream(FILE)) {
                Object content = new Load(LoadSettings.builder().setLabel(FILE).build()).loadFromInputStream(in);
                return new ObjectMapper().valueToTree(content);
            } catch (IOException e) {
                throw new IllegalStateException("the packed " + FILE + " cannot be read", e);
            }
        }
    }
}
