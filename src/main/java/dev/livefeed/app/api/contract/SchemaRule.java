package dev.livefeed.app.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.api.access.SafeText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Validates a value against a schema of the contract; supports the part of JSON Schema that the requests use. An error
 * message is one line with the name, the value and the rule; the rule of a pattern is the description of its schema.
 */
final class SchemaRule {

    private final List<String> types;
    private final List<JsonNode> values;
    private final Pattern pattern;
    private final int maxLength;
    private final long minimum;
    private final long maximum;
    private final String text;
    private final Map<String, SchemaRule> fields;
    private final List<String> required;

    private SchemaRule(JsonNode schema, UnaryOperator<JsonNode> resolve) {
        types = texts(schema.path("type"));
        values = new ArrayList<>();
        schema.path("enum").forEach(values::add);
        pattern = schema.has("pattern") ? Pattern.compile(schema.get("pattern").textValue()) : null;
        maxLength = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        minimum = schema.path("minimum").asLong(Long.MIN_VALUE);
        maximum = schema.path("maximum").asLong(Long.MAX_VALUE);
        fields = new LinkedHashMap<>();
        schema.path("properties")
                .properties()
                .forEach(field -> fields.put(field.getKey(), of(resolve.apply(field.getValue()), resolve)));
        required = texts(schema.path("required"));
        text = text(schema.path("description").asText());
    }

    static SchemaRule of(JsonNode schema, UnaryOperator<JsonNode> resolve) {
        return new SchemaRule(schema, resolve);
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.textValue());
        }
        node.forEach(one -> texts.add(one.textValue()));
        return texts;
    }

    private String text(String description) {
        if (!values.isEmpty()) {
            return "one of "
                    + values.stream()
                            .filter(JsonNode::isTextual)
                            .map(JsonNode::textValue)
                            .collect(Collectors.joining(", "));
        }
        if (integer()) {
            return minimum == Long.MIN_VALUE ? "a whole number" : "a whole number from " + minimum + " to " + maximum;
        }
        if (!fields.isEmpty()) {
            return "a JSON object with " + String.join(", ", required) + "; known are " + list(fields.keySet());
        }
        return description;
    }

    private static String list(Collection<String> names) {
        return String.join(", ", names);
    }

    /** The rule as text, such as {@code a whole number}. */
    String text() {
        return text;
    }

    /** Whether the value must be an integer. */
    boolean integer() {
        return types.contains("integer");
    }

    /** Whether all allowed integers fit into 32 bits. */
    boolean fitsInt() {
        return minimum >= Integer.MIN_VALUE && maximum <= Integer.MAX_VALUE;
    }

    /** Why the value is not allowed, or null. */
    String fault(String name, JsonNode value) {
        if (fields.isEmpty()) {
            return allowed(value) ? null : name + " is " + shown(value) + "; it must be " + text;
        }
        if (!value.isObject()) {
            return name + " is " + shown(value) + "; it must be " + text;
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            SchemaRule rule = fields.get(field.getKey());
            String fault = rule == null
                    ? "field " + SafeText.shown(field.getKey()) + " is unknown; known are " + list(fields.keySet())
                    : rule.fault(field.getKey(), field.getValue());
            if (fault != null) {
                return fault;
            }
        }
        return required.stream()
                .filter(field -> !value.has(field))
                .findFirst()
                .map(field -> field + " is missing; it must be " + fields.get(field).text)
                .orElse(null);
    }

    private boolean allowed(JsonNode value) {
        if (!values.isEmpty()) {
            return values.contains(value);
        }
        if (value.isTextual()) {
            String given = value.textValue();
            return types.contains("string")
                    && given.length() <= maxLength
                    && (pattern == null || pattern.matcher(given).matches());
        }
        if (value.isNumber()) {
            return types.contains("number")
                    || value.isIntegralNumber()
                            && types.contains("integer")
                            && value.canConvertToLong()
                            && value.longValue() >= minimum
                            && value.longValue() <= maximum;
        }
        return value.isNull() && types.contains("null");
    }

    private static String shown(JsonNode value) {
        return SafeText.shown(value.toString());
    }
}
