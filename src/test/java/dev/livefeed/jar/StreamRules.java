package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Checks the messages of a run against the schema that it serves. */
final class StreamRules {

    /** A message takes a tenth of a millisecond; a flood of trades is not checked to its end. */
    private static final int CHECKED = 300;

    private final JsonNode document;
    private final Map<String, JsonSchema> byType = new HashMap<>();
    private final Map<String, Integer> checked = new HashMap<>();

    StreamRules(Jar jar) {
        document = jar.json("/schemas/stream.json");
    }

    /** The types of the schema. */
    Set<String> types() {
        Set<String> types = new LinkedHashSet<>();
        document.path("oneOf")
                .forEach(one -> types.add(one.path("$ref").asText().replaceAll(".*/", "")));
        return types;
    }

    JsonNode check(JsonNode message) {
        String type = message.path("type").asText();
        assertThat(types()).as("the type of %s", message).contains(type);
        if (checked.merge(type, 1, Integer::sum) <= CHECKED) {
            assertThat(byType.computeIfAbsent(type, this::schema)
                            .validate(message, run -> run.getExecutionConfig().setFormatAssertionsEnabled(true)))
                    .as("%s", message)
                    .isEmpty();
        }
        return message;
    }

    private JsonSchema schema(String type) {
        ObjectNode one = document.deepCopy();
        one.remove("oneOf");
        one.remove("$id");
        one.put("$ref", "#/$defs/" + type);
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(one);
    }
}
