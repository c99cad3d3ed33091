package dev.livefeed.protocol.codec;

import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Symbols;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/**
 * Parses the most frequent lines, trades and depth in exactly the form of {@link EventWriter}, without a JSON parser,
 * which takes several times as long.
 *
 * <p>It reports no errors: a line that deviates by a single byte or breaks a rule is left to {@link EventReader}, which
 * accepts any JSON and reports reasons. Not thread-safe.
 */
final class FastLineParser {

    private static final byte[] TRADE = ascii("{\"type\":\"trade\",\"timestamp\":");
    private static final byte[] DEPTH = ascii("{\"type\":\"depth\",\"timestamp\":");
    private static final byte[] SYMBOL = ascii(",\"symbol\":\"");
    private static final byte[] CATEGORY = ascii(",\"category\":\"");
    private static final byte[] PRICE = ascii(",\"price\":");
    private static final byte[] QTY = ascii(",\"qty\":");
    private static final byte[] BUY = ascii(",\"side\":\"buy\",\"is_buyer_maker\":false,\"id\":\"");
    private static final byte[] SELL = ascii(",\"side\":\"sell\",\"is_buyer_maker\":true,\"id\":\"");
    private static final byte[] SEQ = ascii(",\"seq\":");
    private static final byte[] BLOCK_TRADE = ascii(",\"block_trade\":true");
    private static final byte[] RPI = ascii(",\"rpi\":true");
    private static final byte[] REPAIRED = ascii(",\"repaired\":true");
    private static final byte[] SNAPSHOT = ascii(",\"snapshot\":true,\"last_update_id\":");
    private static final byte[] DELTA = ascii(",\"snapshot\":false,\"last_update_id\":");
    private static final byte[] PREV_UPDATE_ID = ascii(",\"prev_update_id\":");
    private static final byte[] LEVELS = ascii(",\"levels\":");
    private static final byte[] BIDS = ascii(",\"bids\":[");
    private static final byte[] ASKS = ascii(",\"asks\":[");
    private static final byte[] RECEIVED_AT = ascii(",\"received_at\":");
    private static final byte[] SYNTHETIC = ascii(",\"synthetic\":true");

    private static final int LONGEST_ID = 128;
    /** Size of the symbol cache, which avoids creating a string per line; a power of two. */
    private static final int SYMBOLS = 1_024;

    private final InstrumentCache instruments;
    private final BooleanSupplier synthetic;
    private final LongPredicate validTime;
    private final LineCursor cursor = new LineCursor();
    private final Levels.Builder levels = new Levels.Builder();
    private final String[] symbols = new String[SYMBOLS];

    private long timestamp;
    private String symbol;
    private String category;
    private String lastCategory;
    private long receivedAt;
    private boolean lineSynthetic;

    /**
     * @param instruments finds the instruments of lines
     * @param synthetic label every event as synthetic, whatever the line says
     * @param validTime whether a time in microseconds since 1970 is valid
     */
    FastLineParser(InstrumentCache instruments, BooleanSupplier synthetic, LongPredicate validTime) {
        this.instruments = instruments;
        this.synthetic = synthetic;
        this.validTime = validTime;
    }

    /** Returns the event, or null if the line must be parsed by {@link EventReader}. */
    Event read(byte[] line, int offset, int length) {
        cursor.reset(line, offset, length);
        if (cursor.skip(DEPTH)) {
            return head() ? depth() : null;
        }
        return cursor.skip(TRADE) && head() ? trade() : null;
    }

    private boolean head() {
        if (!cursor.decimal() || (cursor.scale() != 0 && cursor.scale() != 3)) {
            return false;
        }
        timestamp = cursor.scale() == 0 ? cursor.unscaled() * 1_000L : cursor.unscaled();
        if (!validTime.test(timestamp) || !cursor.skip(SYMBOL) || !cursor.string() || !symbol()) {
            return false;
        }
        category = null;
        return !cursor.skip(CATEGORY) || (cursor.string() && category());
    }

    private boolean symbol() {
        int slot = cursor.textHash() & (SYMBOLS - 1);
        symbol = symbols[slot];
        if (!cursor.textIs(symbol)) {
            symbol = cursor.text();
            if (!Symbols.valid(symbol)) {
                return false;
            }
            symbols[slot] = symbol;
        }
        return true;
    }

    private boolean category() {
        if (!cursor.textIs(lastCategory)) {
            String text = cursor.text();
            if (!Symbols.validCategory(text)) {
                return false;
            }
            lastCategory = text;
        }
        category = lastCategory;
        return true;
    }

    private Trade trade() {
        if (!cursor.skip(PRICE) || !cursor.decimal() || cursor.unscaled() == 0) {
            return null;
        }
        BigDecimal price = BigDecimal.valueOf(cursor.unscaled(), cursor.scale());
        if (!cursor.skip(QTY) || !cursor.decimal() || cursor.unscaled() == 0) {
            return null;
        }
        BigDecimal qty = BigDecimal.valueOf(cursor.unscaled(), cursor.scale());
        Side side = cursor.skip(BUY) ? Side.BUY : cursor.skip(SELL) ? Side.SELL : null;
        if (side == null || !cursor.string() || cursor.textLength() == 0 || cursor.textLength() > LONGEST_ID) {
            return null;
        }
        String id = cursor.text();
        long seq = -1;
        if (cursor.skip(SEQ)) {
            if (!cursor.whole()) {
                return null;
            }
            seq = cursor.unscaled();
        }
        boolean blockTrade = cursor.skip(BLOCK_TRADE);
        boolean rpi = cursor.skip(RPI);
        boolean repaired = cursor.skip(REPAIRED);
        InstrumentId instrument = tail() ? instruments.of(symbol, category) : null;
        if (instrument == null) {
            return null;
        }
        return new Trade(
                instrument,
                id,
                timestamp,
                price,
                qty,
                side,
                seq,
                blockTrade,
                rpi,
                receivedAt,
                synthetic.getAsBoolean() || lineSynthetic,
                repaired,
                false);
    }

    private Depth depth() {
        boolean snapshot = cursor.skip(SNAPSHOT);
        if ((!snapshot && !cursor.skip(DELTA)) || !cursor.whole()) {
            return null;
        }
        long lastUpdateId = cursor.unscaled();
        long prevUpdateId = -1;
        if (cursor.skip(PREV_UPDATE_ID)) {
            if (!cursor.whole()) {
                return null;
            }
            prevUpdateId = cursor.unscaled();
        }
        long depthLevels = 0;
        if (cursor.skip(LEVELS)) {
            if (!cursor.whole()) {
                return null;
            }
            depthLevels = cursor.unscaled();
        }
        Levels bids = cursor.skip(BIDS) ? levels() : null;
        Levels asks = bids != null && cursor.skip(ASKS) ? levels() : null;
        InstrumentId instrument = asks != null && tail() ? instruments.of(symbol, category) : null;
        if (instrument == null) {
            return null;
        }
        return new Depth(
                instrument,
                timestamp,
                bids,
                asks,
                lastUpdateId,
                prevUpdateId,
                snapshot,
                (int) Math.min(depthLevels, Integer.MAX_VALUE),
                receivedAt,
                synthetic.getAsBoolean() || lineSynthetic);
    }

    private Levels levels() {
        levels.clear();
        if (cursor.skip(']')) {
            return levels.build();
        }
        do {
            if (!cursor.skip('[') || !cursor.decimal() || cursor.unscaled() == 0) {
                return null;
            }
            long price = cursor.unscaled();
            int priceScale = cursor.scale();
            if (!cursor.skip(',')
                    || !cursor.decimal()
                    || !cursor.skip(']')
                    || !levels.add(price, priceScale, cursor.unscaled(), cursor.scale())) {
                return null;
            }
        } while (cursor.skip(','));
        return cursor.skip(']') ? levels.build() : null;
    }

    private boolean tail() {
        if (!cursor.skip(RECEIVED_AT) || !cursor.whole()) {
            return false;
        }
        receivedAt = cursor.unscaled();
        lineSynthetic = cursor.skip(SYNTHETIC);
        return validTime.test(receivedAt) && cursor.skip('}') && cursor.end();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
