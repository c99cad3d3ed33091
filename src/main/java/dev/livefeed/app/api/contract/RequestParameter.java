package dev.livefeed.app.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.function.UnaryOperator;

/** A parameter of an operation, in the query or in the path. */
public final class RequestParameter {

    private final String name;
    private final boolean inPath;
    private final SchemaRule rule;
    private final Object byDefault;

    private RequestParameter(String name, boolean inPath, SchemaRule rule, JsonNode byDefault) {
        this.name = name;
        this.inPath = inPath;
        this.rule = rule;
        this.byDefault = byDefault == null
                ? null
                : byDefault.isIntegralNumber() ? number(byDefault.longValue()) : byDefault.asText();
    }

    static RequestParameter of(JsonNode parameter, UnaryOperator<JsonNode> resolve) {
        JsonNode schema = resolve.apply(parameter.path("schema"));
        return new RequestParameter(
                parameter.path("name").textValue(),
                parameter.path("in").asText().equals("path"),
                SchemaRule.of(schema, resolve),
                schema.get("default"));
    }

    public String name() {
        return name;
    }

    /** Whether it is part of the path rather than the query. */
    public boolean inPath() {
        return inPath;
    }

    /**
     * The value in a request: an Integer if the contract only allows 32-bit integers, a Long for other integers, else
     * a String.
     *
     * @param given the decoded values in the request
     * @return the default of the contract if the request has no value; null if there is no default
     * @throws ApiException 400 if the contract does not allow it
     */
    public Object value(List<String> given) throws ApiException {
        if (given.isEmpty()) {
            return byDefault;
        }
        if (given.size() > 1) {
            throw new ApiException(400, name + " is given " + given.size() + " times; it must be given once");
        }
        String text = given.get(0);
        boolean whole = rule.integer() && text.matches("-?\\d{1,18}");
        JsonNode value = whole ? LongNode.valueOf(Long.parseLong(text)) : TextNode.valueOf(text);
        String fault = rule.fault(name, value);
        if (fault != null) {
            throw new ApiException(400, fault);
        }
        return whole ? number(value.longValue()) : text;
    }

    /** Camel does not narrow numbers for bean parameters. */
    private Object number(long value) {
        return rule.fitsInt() ? (Object) (int) value : (Object) value;
    }
}
