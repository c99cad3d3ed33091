package dev.livefeed.connector.sdk.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.naming.OneLine;
import dev.livefeed.protocol.model.Symbols;
import dev.livefeed.protocol.model.Times;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parses a JSON command line. Unknown fields are ignored, as the protocol requires. */
final class CommandParser {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_TEXT_LENGTH = 128;

    private String command;
    private String channel;
    private String symbol;
    private String category;
    private String id;
    private long since;
    private List<String> known;
    private long from;
    private long to;
    private String speed;

    Command parse(byte[] line, int offset, int length) throws InvalidCommandException {
        command = null;
        channel = null;
        symbol = null;
        category = null;
        id = null;
        since = -1;
        known = List.of();
        from = -1;
        to = -1;
        speed = null;
        try (JsonParser p = JSON.createParser(line, offset, length)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                throw invalid("the command is not a JSON object");
            }
            fields(p);
        } catch (JsonProcessingException e) {
            throw invalid("the command is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw invalid("the command cannot be read: " + e.getMessage());
        }
        return validated();
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
                case "since" -> since = time(p, value, name);
                case "from" -> from = time(p, value, name);
                case "to" -> to = time(p, value, name);
                case "speed" -> speed = number(p, value);
                case "known" -> known = texts(p, value, name);
                default -> p.skipChildren();
            }
        }
        if (p.currentToken() != JsonToken.END_OBJECT || p.nextToken() != null) {
            throw invalid("the command has text after its JSON object");
        }
    }

    private Command validated() throws InvalidCommandException {
        if (command == null) {
            throw invalid("command is missing");
        }
        Kind kind =
                switch (command) {
                    case "subscribe" -> Kind.SUBSCRIBE;
                    case "unsubscribe" -> Kind.UNSUBSCRIBE;
                    case "resync" -> Kind.RESYNC;
                    case "history" -> Kind.HISTORY;
                    case "pause" -> Kind.PAUSE;
                    case "resume" -> Kind.RESUME;
                    case "speed" -> Kind.SPEED;
                    case "step" -> Kind.STEP;
                    case "ping" -> Kind.PING;
                    case "stop" -> Kind.STOP;
                    default ->
                        throw invalid("command is \"" + command
                                + "\", must be subscribe, unsubscribe, resync, history, pause, resume, speed, step, "
                                + "ping or stop");
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
        return new Command(kind, channel, symbol, category, id, since, known, argument(kind));
    }

    private Command.Argument argument(Kind kind) throws InvalidCommandException {
        return switch (kind) {
            case HISTORY -> range();
            case SPEED -> speed();
            default -> null;
        };
    }

    private ReplaySpeed speed() throws InvalidCommandException {
        if (speed == null) {
            throw invalid("speed is missing in the command speed");
        }
        ReplaySpeed wanted = ReplaySpeed.parse(speed);
        if (wanted == null) {
            throw invalid("speed is \"" + speed + "\", " + ReplaySpeed.RULE);
        }
        return wanted;
    }

    private Command.Range range() throws InvalidCommandException {
        if (from < 0 || to < 0) {
            throw invalid((from < 0 ? "from" : "to") + " is missing in the command history");
        }
        if (from >= to) {
            throw invalid("from is not before to");
        }
        return new Command.Range(from / 1_000, to / 1_000);
    }

    /** Microseconds since 1970, from a number of milliseconds or an ISO-8601 instant; -1 for null. */
    private long time(JsonParser p, JsonToken value, String name) throws IOException, InvalidCommandException {
        if (value == JsonToken.VALUE_NULL) {
            return -1;
        }
        if (value == JsonToken.VALUE_NUMBER_INT && p.getTextLength() <= 15 && p.getLongValue() >= 0) {
            return p.getLongValue() * 1_000;
        }
        try {
            if (value == JsonToken.VALUE_STRING) {
                return Math.max(0, Times.micros(Instant.parse(p.getText())));
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Rejected below.
        }
        throw invalid(name
                + " is not a time, must be milliseconds since 1970 or an instant such as \"2026-11-25T01:02:03.004Z\"");
    }

    private List<String> texts(JsonParser p, JsonToken value, String name) throws IOException, InvalidCommandException {
        if (value != JsonToken.START_ARRAY) {
            throw invalid(name + " is not a list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (JsonToken each = p.nextToken(); each != JsonToken.END_ARRAY; each = p.nextToken()) {
            String text = each == null || each.isStructStart() ? null : text(p, each, name);
            if (text == null) {
                throw invalid(name + " is not a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    private String text(JsonParser p, JsonToken value, String name) throws IOException, InvalidCommandException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        boolean id = name.equals("id") || name.equals("known");
        boolean good = value == JsonToken.VALUE_STRING || (id && value == JsonToken.VALUE_NUMBER_INT);
        if (!good || p.getTextLength() > MAX_TEXT_LENGTH) {
            throw invalid(name + " is not a text of at most " + MAX_TEXT_LENGTH + " characters");
        }
        return p.getText();
    }

    /** The digits of a number without an exponent, or a text in place of one. */
    private String number(JsonParser p, JsonToken value) throws IOException, InvalidCommandException {
        if (value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_NUMBER_FLOAT) {
            String digits = digits(p);
            return digits.length() <= MAX_TEXT_LENGTH ? digits : digits.substring(0, MAX_TEXT_LENGTH) + "…";
        }
        return text(p, value, "speed");
    }

    private static String digits(JsonParser p) throws IOException {
        try {
            BigDecimal exact = p.getDecimalValue();
            if (Math.abs((long) exact.scale()) < MAX_TEXT_LENGTH) {
                return exact.stripTrailingZeros().toPlainString();
            }
        } catch (NumberFormatException e) {
            // An exponent beyond 32 bits.
        }
        return p.getText();
    }

    private InvalidCommandException invalid(String message) {
        return new InvalidCommandException(id, OneLine.of(message));
    }
}
