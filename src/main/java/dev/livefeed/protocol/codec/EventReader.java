package dev.livefeed.protocol.codec;

import static dev.livefeed.protocol.codec.InvalidReason.BAD_FIELD;
import static dev.livefeed.protocol.codec.InvalidReason.BAD_LEVELS;
import static dev.livefeed.protocol.codec.InvalidReason.BAD_PRICE;
import static dev.livefeed.protocol.codec.InvalidReason.BAD_QTY;
import static dev.livefeed.protocol.codec.InvalidReason.BAD_SIDE;
import static dev.livefeed.protocol.codec.InvalidReason.DUPLICATE_FIELD;
import static dev.livefeed.protocol.codec.InvalidReason.MISSING_FIELD;
import static dev.livefeed.protocol.codec.InvalidReason.NOT_AN_OBJECT;
import static dev.livefeed.protocol.codec.InvalidReason.NOT_JSON;
import static dev.livefeed.protocol.codec.InvalidReason.NOT_UTF8;
import static dev.livefeed.protocol.codec.InvalidReason.NO_TYPE;
import static dev.livefeed.protocol.codec.InvalidReason.TOO_DEEP;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Symbols;
import dev.livefeed.protocol.model.Trade;
import java.io.CharConversionException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Parses a line of a connector process into an event and checks every field rule of the protocol.
 *
 * <p>There are three parsers with the same result, fastest first: {@link FastLineParser} for lines in the form of
 * {@link EventWriter}; one pass of a JSON parser if the first field is {@code "type"} with {@code "trade"},
 * {@code "depth"} or a type of {@link EventForms}; {@link LineTree} for all others. Not thread-safe.
 */
public final class EventReader {

    private static final JsonFactory JSON = LineTree.MAPPER.getFactory();

    private static final int TIMESTAMP = 1;
    private static final int PRICE = 1 << 1;
    private static final int QTY = 1 << 2;
    private static final int SIDE = 1 << 3;
    private static final int BUYER_MAKER = 1 << 4;
    private static final int ID = 1 << 5;
    private static final int SYMBOL = 1 << 6;
    private static final int CATEGORY = 1 << 7;
    private static final int SEQ = 1 << 8;
    private static final int BLOCK_TRADE = 1 << 9;
    private static final int RPI = 1 << 10;
    private static final int RECEIVED_AT = 1 << 11;
    private static final int BIDS = 1 << 12;
    private static final int ASKS = 1 << 13;
    private static final int LAST_UPDATE_ID = 1 << 14;
    private static final int SNAPSHOT = 1 << 15;
    private static final int PREV_UPDATE_ID = 1 << 16;
    private static final int LEVELS = 1 << 17;
    private static final int SYNTHETIC = 1 << 18;
    private static final int REPAIRED = 1 << 19;
    private static final int HISTORY = 1 << 20;

    private final Instruments instruments;
    private final InstrumentCache cache;
    private final BooleanSupplier synthetic;
    private final LongSupplier nowMicros;
    private final TimestampParser times;
    private final FastLineParser plainLines;
    private final FieldReader fieldReader;
    private final DecimalParser price = new DecimalParser();
    private final DecimalParser qty = new DecimalParser();
    private final Levels.Builder levels = new Levels.Builder();

    // The fields of the current line; `seen` has a bit for each field that is set.
    private int seen;
    private long timestamp;
    private BigDecimal tradePrice;
    private BigDecimal tradeQty;
    private Side side;
    private boolean buyerMaker;
    private String id;
    private String symbol;
    private String category;
    private long seq;
    private boolean blockTrade;
    private boolean rpi;
    private boolean repaired;
    private long receivedAt;
    private Levels bids;
    private Levels asks;
    private long lastUpdateId;
    private long prevUpdateId;
    private boolean snapshot;
    private int depthLevels;
    private boolean lineSynthetic;
    private boolean history;

    private String lastSymbol = "";
    private String lastCategory = "linear";

    /**
     * @param symbols the configured instruments; an event without a symbol belongs to the only one
     * @param synthetic label every event as synthetic, whatever the line says
     * @param nowMicros the clock, microseconds since 1970: what lies more than a day ahead of it is invalid
     */
    public EventReader(List<String> symbols, boolean synthetic, LongSupplier nowMicros) {
        this(Instruments.named(symbols), () -> synthetic, nowMicros);
    }

    /**
     * @param instruments the configured instruments; an event without a symbol belongs to the only one
     * @param synthetic asked with each line, since a connector may say so in its first: label the event as synthetic,
     *     whatever the line says
     * @param nowMicros the clock, microseconds since 1970: what lies more than a day ahead of it is invalid
     */
    public EventReader(Instruments instruments, BooleanSupplier synthetic, LongSupplier nowMicros) {
        this.instruments = instruments;
        this.cache = new InstrumentCache(instruments);
        this.synthetic = synthetic;
        this.nowMicros = nowMicros;
        this.times = new TimestampParser(nowMicros);
        this.plainLines = new FastLineParser(cache, synthetic, times::valid);
        this.fieldReader = new FieldReader(this, new FieldRule.Tools(price, times));
    }

    /** Reads a line without its line end. */
    public Event read(byte[] line) throws InvalidEventException {
        return read(line, 0, line.length);
    }

    /** Reads a line without its line end. */
    public Event read(byte[] line, int offset, int length) throws InvalidEventException {
        Event plain = plainLines.read(line, offset, length);
        return plain != null ? plain : readJson(line, offset, length);
    }

    /** Reads a line in any JSON form. */
    Event readJson(byte[] line, int offset, int length) throws InvalidEventException {
        try (JsonParser p = JSON.createParser(line, offset, length)) {
            JsonToken first = p.nextToken();
            if (first != JsonToken.START_OBJECT) {
                if (first == null) {
                    throw new InvalidEventException(NOT_JSON, "the line is empty, must be a JSON object");
                }
                throw new InvalidEventException(
                        NOT_AN_OBJECT, "the line is a JSON " + LineTree.kind(first) + ", must be an object");
            }
            if (p.nextToken() == JsonToken.FIELD_NAME && p.currentName().equals("type")) {
                if (p.nextToken() == JsonToken.VALUE_STRING) {
                    String type = p.getText();
                    if (type.equals(Trade.TYPE)) {
                        return orHistory(trade(p));
                    }
                    if (type.equals(Depth.TYPE)) {
                        return orHistory(depth(p));
                    }
                    EventForm<?> form = EventForms.of(type);
                    if (form != null) {
                        Event event = fieldReader.read(form, p);
                        return fieldReader.history() ? new HistoryEvent(event) : event;
                    }
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return readTree(line, offset, length);
    }

    /** Lines of the remaining types, without a type, or with the type after other fields. */
    private Event readTree(byte[] line, int offset, int length) throws InvalidEventException {
        LineTree tree;
        try {
            tree = LineTree.read(line, offset, length);
            String type = tree.type();
            if (type.equals(Trade.TYPE) || type.equals(Depth.TYPE) || EventForms.of(type) != null) {
                byte[] typeFirst = tree.withTypeFirst();
                return readJson(typeFirst, 0, typeFirst.length);
            }
        } catch (IOException e) {
            throw unreadable(e);
        } catch (NumberFormatException e) {
            // Thrown by the tree parser for an exponent of many digits.
            throw new InvalidEventException(NOT_JSON, "the line is not JSON: " + e.getMessage());
        }
        return tree.event(instruments.venue());
    }

    private Event orHistory(Event event) {
        return has(HISTORY) && history ? new HistoryEvent(event) : event;
    }

    private Trade trade(JsonParser p) throws IOException, InvalidEventException {
        fields(p);
        require(TIMESTAMP, "timestamp");
        require(PRICE, "price");
        require(QTY, "qty");
        require(SIDE, "side");
        require(ID, "id");
        if (has(BUYER_MAKER) && buyerMaker != (side == Side.SELL)) {
            throw new InvalidEventException(
                    BAD_SIDE,
                    "side is " + side + " and is_buyer_maker is " + buyerMaker
                            + ", but the buyer is the maker only where the taker sells");
        }
        return new Trade(
                instrument(has(SYMBOL) ? symbol : null, has(CATEGORY) ? category : null),
                id,
                timestamp,
                tradePrice,
                tradeQty,
                side,
                has(SEQ) ? seq : -1,
                has(BLOCK_TRADE) && blockTrade,
                has(RPI) && rpi,
                has(RECEIVED_AT) ? receivedAt : nowMicros.getAsLong(),
                synthetic() || (has(SYNTHETIC) && lineSynthetic),
                has(REPAIRED) && repaired,
                false);
    }

    private Depth depth(JsonParser p) throws IOException, InvalidEventException {
        fields(p);
        require(TIMESTAMP, "timestamp");
        require(BIDS, "bids");
        require(ASKS, "asks");
        require(LAST_UPDATE_ID, "last_update_id");
        return new Depth(
                instrument(has(SYMBOL) ? symbol : null, has(CATEGORY) ? category : null),
                timestamp,
                bids,
                asks,
                lastUpdateId,
                has(PREV_UPDATE_ID) ? prevUpdateId : -1,
                !has(SNAPSHOT) || snapshot,
                has(LEVELS) ? depthLevels : 0,
                has(RECEIVED_AT) ? receivedAt : nowMicros.getAsLong(),
                synthetic() || (has(SYNTHETIC) && lineSynthetic));
    }

    /** Parses the fields after {@code type} to the end of the line. */
    private void fields(JsonParser p) throws IOException, InvalidEventException {
        seen = 0;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            if (value == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (name) {
                case "timestamp" -> {
                    mark(TIMESTAMP, name);
                    timestamp = times.parse(p, value, name);
                }
                case "price" -> {
                    mark(PRICE, name);
                    decimal(p, value, price, BAD_PRICE, name, null, false);
                    tradePrice = price.value();
                }
                case "qty" -> {
                    mark(QTY, name);
                    decimal(p, value, qty, BAD_QTY, name, null, false);
                    tradeQty = qty.value();
                }
                case "side" -> {
                    mark(SIDE, name);
                    side = side(p, value);
                }
                case "is_buyer_maker" -> {
                    mark(BUYER_MAKER, name);
                    buyerMaker = bool(p, value, name);
                }
                case "id" -> {
                    mark(ID, name);
                    id = id(p, value);
                }
                case "symbol" -> {
                    mark(SYMBOL, name);
                    symbol = symbol(p, value);
                }
                case "category" -> {
                    mark(CATEGORY, name);
                    category = category(p, value);
                }
                case "seq" -> {
                    mark(SEQ, name);
                    seq = integer(p, value, name);
                }
                case "block_trade" -> {
                    mark(BLOCK_TRADE, name);
                    blockTrade = bool(p, value, name);
                }
                case "rpi" -> {
                    mark(RPI, name);
                    rpi = bool(p, value, name);
                }
                case "repaired" -> {
                    mark(REPAIRED, name);
                    repaired = bool(p, value, name);
                }
                case "received_at" -> {
                    mark(RECEIVED_AT, name);
                    receivedAt = times.checked(integer(p, value, name), name);
                }
                case "bids" -> {
                    mark(BIDS, name);
                    bids = levels(p, value, name);
                }
                case "asks" -> {
                    mark(ASKS, name);
                    asks = levels(p, value, name);
                }
                case "last_update_id" -> {
                    mark(LAST_UPDATE_ID, name);
                    lastUpdateId = integer(p, value, name);
                }
                case "prev_update_id" -> {
                    mark(PREV_UPDATE_ID, name);
                    prevUpdateId = integer(p, value, name);
                }
                case "snapshot" -> {
                    mark(SNAPSHOT, name);
                    snapshot = bool(p, value, name);
                }
                case "levels" -> {
                    mark(LEVELS, name);
                    depthLevels = (int) Math.min(integer(p, value, name), Integer.MAX_VALUE);
                }
                case "synthetic" -> {
                    mark(SYNTHETIC, name);
                    lineSynthetic = bool(p, value, name);
                }
                case "history" -> {
                    mark(HISTORY, name);
                    history = bool(p, value, name);
                }
                case "type" -> throw new InvalidEventException(DUPLICATE_FIELD, "type occurs twice in the line");
                default -> p.skipChildren();
            }
        }
        end(p);
    }

    /** Nothing may follow the object. */
    static void end(JsonParser p) throws IOException, InvalidEventException {
        if (p.currentToken() != JsonToken.END_OBJECT || p.nextToken() != null) {
            throw behindObject();
        }
    }

    private static InvalidEventException behindObject() {
        return new InvalidEventException(NOT_JSON, "more text behind the JSON object, must be one object a line");
    }

    long now() {
        return nowMicros.getAsLong();
    }

    boolean synthetic() {
        return synthetic.getAsBoolean();
    }

    private boolean has(int field) {
        return (seen & field) != 0;
    }

    private void mark(int field, String name) throws InvalidEventException {
        if (has(field)) {
            throw new InvalidEventException(DUPLICATE_FIELD, name + " occurs twice in the line");
        }
        seen |= field;
    }

    private void require(int field, String name) throws InvalidEventException {
        if (!has(field)) {
            throw new InvalidEventException(MISSING_FIELD, name + " is missing");
        }
    }

    /** The instrument of a line; without a symbol it is the only configured one. */
    InstrumentId instrument(String named, String namedCategory) throws InvalidEventException {
        InstrumentId instrument = named == null ? onlyInstrument() : cache.of(named, namedCategory);
        if (instrument == null) {
            throw new InvalidEventException(
                    InvalidReason.UNKNOWN_SYMBOL,
                    "symbol is \"" + named + '"'
                            + (namedCategory == null ? "" : " and category is \"" + namedCategory + '"')
                            + ", which is " + instruments.identity(named, namedCategory)
                            + "; must be one of SYMBOL: add it there, or set CONNECTOR_INSTRUMENTS=any");
        }
        return instrument;
    }

    /** The same for rows of the user's account, which may hold any instrument. */
    InstrumentId instrumentOfAccount(String named, String namedCategory) throws InvalidEventException {
        return named == null ? onlyInstrument() : instruments.of(named, namedCategory);
    }

    private InstrumentId onlyInstrument() throws InvalidEventException {
        InstrumentId only = instruments.only();
        if (only == null) {
            throw new InvalidEventException(
                    MISSING_FIELD,
                    "symbol is missing, and with " + instruments.configured().size()
                            + " configured symbols it must be there");
        }
        return only;
    }

    /** Parses a number; {@code of} is the name of its list, or null. */
    private static void decimal(
            JsonParser p,
            JsonToken value,
            DecimalParser into,
            InvalidReason reason,
            String name,
            String of,
            boolean zeroAllowed)
            throws IOException, InvalidEventException {
        boolean number = value == JsonToken.VALUE_NUMBER_INT
                || value == JsonToken.VALUE_NUMBER_FLOAT
                || value == JsonToken.VALUE_STRING;
        boolean good = number
                && into.parse(p.getTextCharacters(), p.getTextOffset(), p.getTextLength())
                && (into.unscaled() > 0 || (zeroAllowed && into.unscaled() == 0));
        if (!good) {
            throw new InvalidEventException(
                    reason,
                    name + (of == null ? "" : " in " + of) + " is " + LineTree.shown(p, value) + ", must be a decimal "
                            + (zeroAllowed ? ">= 0" : "> 0") + " below 10^15 with at most 18 significant digits");
        }
    }

    private Levels levels(JsonParser p, JsonToken value, String name) throws IOException, InvalidEventException {
        if (value != JsonToken.START_ARRAY) {
            throw badLevels(p, value, name);
        }
        levels.clear();
        JsonToken token;
        while ((token = p.nextToken()) != JsonToken.END_ARRAY) {
            if (token != JsonToken.START_ARRAY) {
                throw badLevels(p, token, name);
            }
            decimal(p, element(p, name), price, BAD_PRICE, "price", name, false);
            decimal(p, element(p, name), qty, BAD_QTY, "qty", name, true);
            token = p.nextToken();
            if (token != JsonToken.END_ARRAY) {
                throw badLevels(p, token, name);
            }
            if (!levels.add(price.unscaled(), price.scale(), qty.unscaled(), qty.scale())) {
                throw new InvalidEventException(
                        BAD_LEVELS, name + " mixes numbers that have no common scale within 18 digits");
            }
        }
        return levels.build();
    }

    private static JsonToken element(JsonParser p, String name) throws IOException, InvalidEventException {
        JsonToken token = p.nextToken();
        if (token == JsonToken.END_ARRAY) {
            throw new InvalidEventException(
                    BAD_LEVELS, name + " holds a level of less than two numbers, must be [price, qty]");
        }
        return token;
    }

    private static InvalidEventException badLevels(JsonParser p, JsonToken token, String name) throws IOException {
        return new InvalidEventException(
                BAD_LEVELS, name + " holds " + LineTree.shown(p, token) + ", must be a list of [price, qty]");
    }

    static Side side(JsonParser p, JsonToken value) throws IOException, InvalidEventException {
        if (value == JsonToken.VALUE_STRING) {
            String text = p.getText();
            if (text.equals("buy")) {
                return Side.BUY;
            }
            if (text.equals("sell")) {
                return Side.SELL;
            }
        }
        throw new InvalidEventException(BAD_SIDE, "side is " + LineTree.shown(p, value) + ", must be buy or sell");
    }

    static boolean bool(JsonParser p, JsonToken value, String name) throws IOException, InvalidEventException {
        if (!value.isBoolean()) {
            throw new InvalidEventException(
                    BAD_FIELD, name + " is " + LineTree.shown(p, value) + ", must be true or false");
        }
        return value == JsonToken.VALUE_TRUE;
    }

    static long integer(JsonParser p, JsonToken value, String name) throws IOException, InvalidEventException {
        boolean fits = value == JsonToken.VALUE_NUMBER_INT
                && p.getTextLength() <= 19
                && p.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                && p.getLongValue() >= 0;
        if (!fits) {
            throw new InvalidEventException(
                    BAD_FIELD, name + " is " + LineTree.shown(p, value) + ", must be a whole number >= 0 of 64 bits");
        }
        return p.getLongValue();
    }

    private static String id(JsonParser p, JsonToken value) throws IOException, InvalidEventException {
        boolean text = value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT;
        if (!text || p.getTextLength() == 0 || p.getTextLength() > 128) {
            throw new InvalidEventException(
                    BAD_FIELD,
                    "id is " + LineTree.shown(p, value) + ", must be a whole number or a text of 1 to 128 characters");
        }
        return p.getText();
    }

    String symbol(JsonParser p, JsonToken value) throws IOException, InvalidEventException {
        if (value == JsonToken.VALUE_STRING) {
            if (LineTree.isText(p, lastSymbol)) {
                return lastSymbol;
            }
            String text = p.getText();
            if (Symbols.valid(text)) {
                lastSymbol = text;
                return text;
            }
        }
        throw new InvalidEventException(
                InvalidReason.BAD_SYMBOL, "symbol is " + LineTree.shown(p, value) + ", must be " + Symbols.RULE);
    }

    String category(JsonParser p, JsonToken value) throws IOException, InvalidEventException {
        if (value == JsonToken.VALUE_STRING) {
            if (LineTree.isText(p, lastCategory)) {
                return lastCategory;
            }
            String text = p.getText();
            if (Symbols.validCategory(text)) {
                lastCategory = text;
                return text;
            }
        }
        throw new InvalidEventException(
                BAD_FIELD, "category is " + LineTree.shown(p, value) + ", must be " + Symbols.CATEGORY_RULE);
    }

    private static InvalidEventException unreadable(IOException e) {
        if (e instanceof StreamConstraintsException && e.getMessage().contains("depth")) {
            return new InvalidEventException(TOO_DEEP, "the line nests too deep: at most 1,000 brackets may be open");
        }
        if (e instanceof JsonEOFException) {
            return new InvalidEventException(NOT_JSON, "the line ends inside the JSON object");
        }
        String message = e instanceof JsonProcessingException j ? j.getOriginalMessage() : e.getMessage();
        if (e instanceof CharConversionException || message.contains("UTF-8")) {
            return new InvalidEventException(NOT_UTF8, "the line is not UTF-8: " + message);
        }
        if (message.startsWith("Duplicate field")) {
            return new InvalidEventException(DUPLICATE_FIELD, message);
        }
        if (message.startsWith("Trailing token")) {
            return behindObject();
        }
        if (message.startsWith("Non-standard token")) {
            return new InvalidEventException(NOT_JSON, "the line is not JSON: NaN and Infinity are no JSON numbers");
        }
        return new InvalidEventException(NOT_JSON, "the line is not JSON: " + message);
    }

    static InvalidEventException noType() {
        return new InvalidEventException(NO_TYPE, "the object has no type (a text), and no status either");
    }
}
