package dev.livefeed.app.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The schema of the stream's messages is a valid schema, complete in itself. */
class StreamSchemaTest {

    private final StreamSchema schema = new StreamSchema(new OpenApi("1"));

    @Test
    void itIsAValidSchema() {
        JsonSchema rules =
                JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(SchemaLocation.of(SchemaId.V202012));

        assertThat(rules.validate(schema.document())).isEmpty();
    }

    @Test
    void everyReferenceIsWithinTheDocument() {
        List<String> wrong = new ArrayList<>();
        for (JsonNode reference : schema.document().findValues("$ref")) {
            String target = reference.asText();
            if (!target.startsWith("#/")
                    || schema.document().at(target.substring(1)).isMissingNode()) {
                wrong.add(target);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void itTellsMessagesFromEachOther() throws Exception {
        JsonSchema rules = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema.document());
        String lost = "{\"type\":\"lost\",\"channel\":\"trades\",\"count\":%d,\"synthetic\":false}";
        ObjectMapper json = new ObjectMapper();

        assertThat(rules.validate(json.readTree(lost.formatted(3)))).isEmpty();
        assertThat(rules.validate(json.readTree(lost.formatted(0)))).isNotEmpty();
        assertThat(rules.validate(json.readTree(lost.formatted(3).replace("\"lost\"", "\"found\""))))
                .isNotEmpty();
    }

    @Test
    void itNamesEveryType() {
        assertThat(schema.types())
                .contains("trade", "depth", "health", "context", "profile", "candles", "restarts", "orders")
                .doesNotHaveDuplicates();
    }
}
