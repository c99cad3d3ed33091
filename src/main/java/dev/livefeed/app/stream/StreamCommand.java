package dev.livefeed.app.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.Set;

/**
 * A command of a client.
 *
 * @param name {@code subscribe}, {@code unsubscribe} or {@code ping}
 * @param channel null for ping
 * @param instrument null for all symbols
 * @param history number of past candles
 * @param id returned unchanged with the response; may be null
 */
record StreamCommand(String name, String channel, InstrumentId instrument, int history, JsonNode id) {

    static final String SUBSCRIBE = "subscribe";
    static final String UNSUBSCRIBE = "unsubscribe";
    static final String PING = "ping";

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Set<String> NAMES = Set.of(SUBSCRIBE, UNSUBSCRIBE, PING);
    private static final int MAX_ID = 128;

    /** Parses a JSON object; null if the text is not one. */
    static JsonNode tree(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            return tree != null && tree.isObject() ? tree : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** The id of an object; null if it has none or an invalid one. */
    static JsonNode id(JsonNode tree) {
        JsonNode id = tree == null ? null : tree.get("id");
        boolean valid = id != null
                && (id.isTextual() || id.isIntegralNumber())
                && id.asText().length() <= MAX_ID;
        return valid ? id : null;
    }

    /**
     * Parses a command.
     *
     * @param tree from {@link #tree}
     * @param text the original text, for error messages
     */
    static StreamCommand of(JsonNode tree, String text, StreamNames vocabulary) throws BadRequestException {
        if (tree == null) {
            throw new BadRequestException("the message is \"" + StreamNames.shown(text)
                    + "\"; it must be a JSON object such as {\"command\":\"subscribe\",\"channel\":\"depth\","
                    + "\"symbol\":\"BTCUSDT\",\"id\":\"1\"}");
        }
        if (tree.hasNonNull("id") && id(tree) == null) {
            throw new BadRequestException(
                    "id is " + StreamNames.shown(tree.get("id").toString())
                            + "; it must be a text or a whole number of at most " + MAX_ID + " characters");
        }
        String name = text(tree, "command");
        if (name == null || !NAMES.contains(name)) {
            throw new BadRequestException(
                    "command is " + (name == null ? "missing" : '"' + StreamNames.shown(name) + '"')
                            + "; it must be one of subscribe, unsubscribe, ping");
        }
        if (name.equals(PING)) {
            return new StreamCommand(name, null, null, 0, id(tree));
        }
        String channel = text(tree, "channel");
        if (channel == null) {
            throw new BadRequestException(
                    "channel is missing; it must be one of " + String.join(", ", vocabulary.channels()));
        }
        String symbol = text(tree, "symbol");
        return new StreamCommand(
                name,
                vocabulary.channel(channel),
                symbol == null ? null : StreamNames.instrument(symbol, vocabulary.symbols()),
                tree.hasNonNull("history")
                        ? StreamNames.history(tree.get("history").asText())
                        : 0,
                id(tree));
    }

    private static String text(JsonNode tree, String field) throws BadRequestException {
        JsonNode value = tree.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new BadRequestException(field + " is " + StreamNames.shown(value.toString()) + "; it must be a text");
        }
        return value.textValue();
    }
}
