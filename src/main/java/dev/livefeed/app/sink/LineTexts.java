package dev.livefeed.app.sink;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.protocol.codec.LineTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The fields of a line as texts: strings as they are meant, all other values as they are written. */
public final class LineTexts {

    private LineTexts() {}

    /**
     * Returns the fields by name, without those that are null.
     *
     * @throws IOException if the line is not a JSON object
     */
    public static Map<String, String> of(byte[] line) throws IOException {
        return read(line, null);
    }

    /**
     * Returns those of some fields that the line has and that are not null. What follows the last of them is not read.
     *
     * @throws IOException if the line is not a JSON object up to there
     */
    public static Map<String, String> of(byte[] line, Set<String> names) throws IOException {
        return read(line, names);
    }

    private static Map<String, String> read(byte[] line, Set<String> names) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser parser = LineTree.MAPPER.getFactory().createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the line is not a JSON object");
            }
            while ((names == null || fields.size() < names.size()) && parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (names != null && !names.contains(name)) {
                    parser.nextToken();
                    parser.skipChildren();
                    continue;
                }
                String value = value(parser, line);
                if (value != null) {
                    fields.put(name, value);
                }
            }
        }
        return fields;
    }

    private static String value(JsonParser parser, byte[] line) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!token.isStructStart()) {
            return parser.getText();
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getByteOffset();
        return new String(line, start, end - start, StandardCharsets.UTF_8);
    }
}
