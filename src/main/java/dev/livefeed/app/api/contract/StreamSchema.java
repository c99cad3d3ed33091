package dev.livefeed.app.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The JSON Schema of the stream's messages, in {@code stream.yaml}, with the schemas of the HTTP interface it uses. */
public final class StreamSchema {

    /** Where it is served. */
    public static final String PATH = "/schemas/stream.json";

    private static final String FILE = "stream.yaml";
    private static final String DEFINITIONS = "$defs";
    private static final String MESSAGES = "messages";
    private static final String REFERENCE = "$ref";
    private static final String OF_CONTRACT = "#/components/schemas/";
    private static final String OWN = "#/" + DEFINITIONS + '/';

    private final ObjectNode document;
    private final List<String> types = new ArrayList<>();

    /** @param contract that the bodies of states are taken from */
    public StreamSchema(OpenApi contract) {
        document = read();
        ObjectNode messages = (ObjectNode) document.remove(MESSAGES);
        ObjectNode definitions = (ObjectNode) document.remove(DEFINITIONS);
        document.put("$id", PATH);
        ArrayNode oneOf = document.putArray("oneOf");
        messages.properties().forEach(message -> {
            types.add(message.getKey());
            oneOf.addObject().put(REFERENCE, OWN + message.getKey());
            definitions.set(message.getKey(), message.getValue());
        });
        document.set(DEFINITIONS, definitions);
        addFromContract(definitions, contract.document().path("components").path("schemas"));
    }

    /** The schema, ready for JSON. */
    public JsonNode document() {
        return document;
    }

    /** The types of all messages. */
    public List<String> types() {
        return List.copyOf(types);
    }

    private void addFromContract(ObjectNode definitions, JsonNode schemas) {
        Deque<JsonNode> open = new ArrayDeque<>();
        open.add(document);
        while (!open.isEmpty()) {
            JsonNode node = open.remove();
            JsonNode reference = node.get(REFERENCE);
            if (reference != null && reference.asText().startsWith(OF_CONTRACT)) {
                String path = reference.asText().substring(OF_CONTRACT.length());
                String name = path.replaceAll("/.*", "");
                ((ObjectNode) node).put(REFERENCE, OWN + path);
                if (!definitions.has(name)) {
                    JsonNode schema = schemas.path(name).deepCopy();
                    if (!schema.isObject()) {
                        throw new IllegalStateException(FILE + " refers to " + reference + ", which does not exist");
                    }
                    definitions.set(name, schema);
                    open.add(schema);
                }
            }
            node.forEach(open::add);
        }
    }

    private static ObjectNode read() {
        try (InputStream in = StreamSchema.class.getResourceAsStream(FILE)) {
            Object content = new Load(LoadSettings.builder().setLabel(FILE).build()).loadFromInputStream(in);
            return new ObjectMapper().valueToTree(content);
        } catch (IOException e) {
            throw new IllegalStateException("the packed " + FILE + " cannot be read", e);
        }
    }
}
