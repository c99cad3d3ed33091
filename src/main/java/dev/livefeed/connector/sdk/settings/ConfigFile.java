package dev.livefeed.connector.sdk.settings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.sdk.ConfigurationException;
import dev.livefeed.naming.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON file of settings: a flat object whose values are texts, whole numbers, booleans or lists of texts. */
final class ConfigFile {

    private static final long MAX_BYTES = 1024 * 1024;

    private final Map<String, Setting> values = new LinkedHashMap<>();

    /** A value and its location in the file. */
    record Setting(Object value, String location) {}

    private ConfigFile() {}

    /** No file. */
    static ConfigFile none() {
        return new ConfigFile();
    }

    /**
     * Reads the file.
     *
     * @throws ConfigurationException if it cannot be read; the message is one line
     */
    static ConfigFile read(String path) throws ConfigurationException {
        ConfigFile file = new ConfigFile();
        try {
            Path at = Path.of(path);
            if (Files.size(at) > MAX_BYTES) {
                throw new ConfigurationException(path + ": the file is larger than 1 MiB");
            }
            byte[] bytes = Files.readAllBytes(at);
            try (JsonParser p = new JsonFactory().createParser(bytes)) {
                file.read(p, path);
            }
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(
                    location(path, e.getLocation()) + ": no JSON: " + withoutValue(e.getOriginalMessage()));
        } catch (IOException | InvalidPathException e) {
            throw new ConfigurationException(
                    path + ": the file cannot be read: " + e.getClass().getSimpleName());
        }
        return file;
    }

    /** All settings in file order. */
    Map<String, Setting> values() {
        return values;
    }

    private void read(JsonParser p, String path) throws IOException, ConfigurationException {
        if (p.nextToken() != JsonToken.START_OBJECT) {
            throw new ConfigurationException(path + ": must contain a JSON object");
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String key = p.currentName();
            String location = location(path, p.currentTokenLocation());
            p.nextToken();
            if (values.put(key, new Setting(value(p), location)) != null) {
                throw new ConfigurationException(location + ": \"" + OneLine.of(key, 80) + "\" is set twice");
            }
        }
        if (p.nextToken() != null) {
            throw new ConfigurationException(path + ": text after the JSON object");
        }
    }

    /** A text, Long, Boolean or list of texts; {@link Unsupported} for anything else. */
    private static Object value(JsonParser p) throws IOException {
        return switch (p.currentToken()) {
            case VALUE_STRING -> p.getText();
            case VALUE_NUMBER_INT -> p.getTextLength() <= 18 ? (Object) p.getLongValue() : new Unsupported(p.getText());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case START_ARRAY -> list(p);
            case START_OBJECT -> {
                p.skipChildren();
                yield new Unsupported("an object");
            }
            default -> new Unsupported(p.getText());
        };
    }

    private static Object list(JsonParser p) throws IOException {
        List<String> texts = new ArrayList<>();
        boolean onlyTexts = true;
        while (p.nextToken() != JsonToken.END_ARRAY) {
            if (p.currentToken() == JsonToken.VALUE_STRING) {
                texts.add(p.getText());
            } else {
                onlyTexts = false;
                p.skipChildren();
            }
        }
        return onlyTexts ? texts : new Unsupported("a list with other values than texts");
    }

    /** Removes an unexpected token from the message, since it may be a secret without quotes. */
    private static String withoutValue(String message) {
        return OneLine.of(message.replaceAll("(?s)Unrecognized token '.*?': was", "a word without quotes; found"));
    }

    private static String location(String path, JsonLocation at) {
        return at == null ? path : path + ':' + at.getLineNr() + ':' + at.getColumnNr();
    }

    /** A value of a type that no setting has. */
    private record Unsupported(String shown) {

        @Override
        public String toString() {
            return shown;
        }
    }
}
