package dev.livefeed.connector.sdk.settings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.sdk.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON file of settings: one flat object whose values are texts, whole numbers, booleans or lists of texts. */
final class ConfigFile {

    private static final long LARGEST = 1024 * 1024;

    private final Map<String, Setting> values = new LinkedHashMap<>();

    /** A value and where it stands. */
    record Setting(Object value, String place) {}

    private ConfigFile() {}

    /** No file at all. */
    static ConfigFile none() {
        return new ConfigFile();
    }

    /**
     * Reads the file.
     *
     * @throws ConfigurationException where it cannot be read; the message is one line
     */
    static ConfigFile read(String path) throws ConfigurationException {
        ConfigFile file = new ConfigFile();
        try {
            Path at = Path.of(path);
            if (Files.size(at) > LARGEST) {
                throw new ConfigurationException(path + ": the file is larger than 1 MiB");
            }
            byte[] bytes = Files.readAllBytes(at);
            try (JsonParser p = new JsonFactory().createParser(bytes)) {
                file.read(p, path);
            }
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(
                    place(path, e.getLocation()) + ": no JSON: " + withoutValue(e.getOriginalMessage()));
        } catch (IOException | InvalidPathException e) {
            throw new ConfigurationException(
                    path + ": the file cannot be read: " + e.getClass().getSimpleName());
        }
        return file;
    }

    /** All keys, in their order. */
    Map<String, Setting> values() {
        return values;
    }

    private void read(JsonParser p, String path) throws IOException, ConfigurationException {
        if (p.nextToken() != JsonToken.START_OBJECT) {
            throw new ConfigurationException(path + ": must hold one JSON object");
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String key = p.currentName();
            String place = place(path, p.currentTokenLocation());
            p.nextToken();
            if (values.put(key, new Setting(value(p), place)) != null) {
                throw new ConfigurationException(place + ": \"" + key + "\" stands there twice");
            }
        }
        if (p.nextToken() != null) {
            throw new ConfigurationException(path + ": more text behind the object");
        }
    }

    /** A text, Long, Boolean, list of texts, or the JSON itself where it is nothing of these. */
    private static Object value(JsonParser p) throws IOException {
        return switch (p.currentToken()) {
            case VALUE_STRING -> p.getText();
            case VALUE_NUMBER_INT -> p.getTextLength() <= 18 ? (Object) p.getLongValue() : new Other(p.getText());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case START_ARRAY -> list(p);
            case START_OBJECT -> {
                p.skipChildren();
                yield new Other("an object");
            }
            default -> new Other(p.getText());
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
        return onlyTexts ? texts : new Other("a list with something else than texts");
    }

    /** A word that stands where none may stand could be a secret whose quotes were forgotten. */
    private static String withoutValue(String message) {
        return message.replaceAll("(?s)Unrecognized token '.*?': was", "a word without quotes; there was");
    }

    private static String place(String path, JsonLocation at) {
        return at == null ? path : path + ':' + at.getLineNr() + ':' + at.getColumnNr();
    }

    /** A value of a form that no setting has. */
    private record Other(String shown) {

        @Override
        public String toString() {
            return shown;
        }
    }
}
