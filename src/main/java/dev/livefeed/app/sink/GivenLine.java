package dev.livefeed.app.sink;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.naming.OneLine;
import dev.livefeed.protocol.codec.LineTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * A line that a route of the user's own has made. What is no line must not come into a buffer: a sink could never
 * deliver it.
 */
final class GivenLine {

    private GivenLine() {}

    /**
     * Returns the line without line ends; those between its fields are blanks.
     *
     * @param type what the field {@code type} must be
     * @throws IllegalArgumentException with what is wrong with it
     */
    static byte[] of(String type, byte[] body) {
        String found;
        int from;
        int to;
        try (JsonParser json = LineTree.MAPPER.getFactory().createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw refused("is not a JSON object");
            }
            from = (int) json.currentTokenLocation().getByteOffset();
            found = type(json);
            to = (int) json.currentLocation().getByteOffset();
            if (json.nextToken() != null) {
                throw refused("has more than one JSON object; split it");
            }
        } catch (IOException e) {
            throw refused("is not a JSON object: "
                    + OneLine.of(e.getMessage().lines().findFirst().orElse("")));
        }
        if (!type.equals(found)) {
            throw refused("has " + (found == null ? "no field type" : "the type " + shown(found))
                    + ", and the header type is " + type);
        }
        byte[] line = Arrays.copyOfRange(body, from, to);
        try {
            LineFields.of(line).json();
        } catch (UncheckedIOException | ArithmeticException e) {
            throw refused("has a number that is too large or too small");
        }
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\n' || line[i] == '\r') {
                line[i] = ' ';
            }
        }
        return line;
    }

    /** Reads the object to its end and returns its field {@code type}, or null. */
    private static String type(JsonParser json) throws IOException {
        String type = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals("type");
            json.nextToken();
            if (wanted) {
                type = json.getValueAsString();
            }
            json.skipChildren();
        }
        return type;
    }

    private static String shown(String type) {
        return OneLine.of(type.length() <= 40 ? type : type.substring(0, 40) + "…");
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("the body for buffer:sinks must be one line of the protocol, but " + why);
    }
}
