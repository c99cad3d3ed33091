package dev.livefeed.connector.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.command.Command.Kind;
import dev.livefeed.event.Symbols;
import java.io.IOException;
import java.util.Locale;

/** Reads a command from its line of JSON. Unknown fields are ignored, as the protocol asks. */
final class CommandParser {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST_TEXT = 128;

    private String command;
    private String channel;
    private String symbol;
    private String category;
    private String id;

    Command parse(byte[] line, int offset, int length) throws InvalidCommandException {
        command = null;
        channel = null;
        symbol = null;
        category = null;
        id = null;
        try (JsonParser p = JSON.createParser(line, offset, length)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                throw invalid("the command is no JSON object");
            }
            fields(p);
        } catch (JsonProcessingException e) {
            throw invalid("the command is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw invalid("the command cannot be read: " + e.getMessage());
        }
        return checked();
    }

    private void fields(JsonParser p) throws IOException, InvalidCommandException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            switch (name) {
                case "command" -> command = text(p, value, name);
                case "channel" -> channel = text(p, value, name);
                case "symbol" -> symbol = text(p, value, name);
                case "category" -> category = text(p, value, name);
                case "id" -> id = text(p, value, name);
                default -> p.skipChildren();
            }
        }
        if (p.currentToken() != JsonToken.END_OBJECT || p.nextToken() != null) {
            throw invalid("the command has more text behind its object");
        }
    }

    private Command checked() throws InvalidCommandException {
        if (command == null) {
            throw invalid("command is missing");
        }
        Kind kind =
                switch (command) {
                    case "subscribe" -> Kind.SUBSCRIBE;
                    case "unsubscribe" -> Kind.UNSUBSCRIBE;
                    case "resync" -> Kind.RESYNC;
                    case "ping" -> Kind.PING;
                    case "stop" -> Kind.STOP;
                    default ->
                        throw invalid(
                                "command is \"" + command + "\", must be subscribe, unsubscribe, resync, ping or stop");
                };
        if (kind.namesStream()) {
            if (channel == null || symbol == null) {
                throw invalid((channel == null ? "channel" : "symbol") + " is missing in the command "
                        + kind.name().toLowerCase(Locale.ROOT));
            }
            if (!Symbols.valid(symbol)) {
                throw invalid("symbol is \"" + symbol + "\", must be " + Symbols.RULE);
            }
        }
        return new Command(kind, channel, symbol, category, id);
    }

    private String text(JsonParser p, JsonToken value, String name) throws IOException, InvalidCommandException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        boolean good = value == JsonToken.VALUE_STRING || (name.equals("id") && value == JsonToken.VALUE_NUMBER_INT);
        if (!good || p.getTextLength() > LONGEST_TEXT) {
            throw invalid(name + " is no text of at most " + LONGEST_TEXT + " characters");
        }
        return p.getText();
    }

    private InvalidCommandException invalid(String message) {
        return new InvalidCommandException(id, message);
    }
}
