package dev.livefeed.connector.bybit.book;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.book.BestPrices;
import dev.livefeed.connector.bybit.topic.RowFaultException;
import dev.livefeed.connector.feed.FrameValues;
import dev.livefeed.connector.feed.stream.UnreadParts;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.model.RpiDepth;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The levels of a book with RPI orders. Its best prices are those without them, at which ordinary orders trade. Not
 * thread-safe.
 */
final class RpiBook implements BestPrices {

    /** The venue's number of levels a side; a deeper book is cut to its best ones. */
    static final int DEPTH = 50;

    /** Levels a side that are kept; those beyond are left out, the best ones stay. */
    static final int MAX_LEVELS = 500;

    private static final String RULE =
            "a list of price, size and RPI size, decimals >= 0 below 10^15, the price with at most 18 digits";

    private static final int SHOWN = 60;

    private final DecimalParser decimals = new DecimalParser();
    private final TreeMap<BigDecimal, RpiDepth.Level> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<BigDecimal, RpiDepth.Level> asks = new TreeMap<>();

    void clear() {
        bids.clear();
        asks.clear();
    }

    /**
     * Applies the levels {@code [price, size, RPI size]} of a frame's data; a level without any size is deleted. One
     * that cannot be read is left out; if its price is known, the level of that price is removed.
     *
     * @throws RowFaultException if nothing of the data can be used
     */
    void apply(JsonNode data, UnreadParts unread) throws RowFaultException {
        apply(data.path("b"), bids, unread);
        apply(data.path("a"), asks, unread);
    }

    private void apply(JsonNode levels, TreeMap<BigDecimal, RpiDepth.Level> side, UnreadParts unread)
            throws RowFaultException {
        require(levels.isArray(), "a side of the book is not a list");
        for (JsonNode level : levels) {
            BigDecimal price = level.isArray() ? decimal(level.path(0)) : null;
            BigDecimal qty = level.isArray() ? size(level.path(1), unread) : null;
            BigDecimal rpiQty = level.isArray() ? size(level.path(2), unread) : null;
            boolean priced = price != null && price.signum() > 0;
            if (!priced || qty == null || rpiQty == null || level.size() != 3) {
                unread.add(UnreadableReason.NUMBER, "a level is " + shown(level) + ", must be " + RULE, -1);
                unread.unknownLevel();
                if (priced) {
                    side.remove(price);
                }
            } else if (qty.signum() == 0 && rpiQty.signum() == 0) {
                side.remove(price);
            } else {
                side.put(price, new RpiDepth.Level(price, qty, rpiQty));
            }
        }
        while (side.size() > MAX_LEVELS) {
            side.pollLastEntry();
        }
    }

    /** A decimal >= 0, without the digits after its 18th, or null. */
    private BigDecimal size(JsonNode value, UnreadParts unread) {
        BigDecimal exact = decimal(value);
        if (exact != null || !value.isValueNode()) {
            return exact;
        }
        char[] text = value.asText().toCharArray();
        if (!FrameValues.shortened(text, 0, text.length, decimals)) {
            return null;
        }
        unread.shortened();
        return decimals.value();
    }

    /** A decimal >= 0, or null. */
    private BigDecimal decimal(JsonNode value) {
        String text = value.asText();
        boolean valid =
                value.isValueNode() && decimals.parse(text.toCharArray(), 0, text.length()) && decimals.unscaled() >= 0;
        return valid ? decimals.value() : null;
    }

    private static String shown(JsonNode level) {
        String text = level.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    private static void require(boolean rule, String otherwise) throws RowFaultException {
        if (!rule) {
            throw new RowFaultException(otherwise);
        }
    }

    boolean tooDeep() {
        return bids.size() > DEPTH || asks.size() > DEPTH;
    }

    @Override
    public BigDecimal bestBid() {
        return best(bids);
    }

    @Override
    public BigDecimal bestAsk() {
        return best(asks);
    }

    private static BigDecimal best(TreeMap<BigDecimal, RpiDepth.Level> side) {
        for (RpiDepth.Level level : side.values()) {
            if (level.qty().signum() > 0) {
                return level.price();
            }
        }
        return null;
    }

    /** Best first. */
    List<RpiDepth.Level> bids() {
        return bids.values().stream().limit(DEPTH).toList();
    }

    /** Best first. */
    List<RpiDepth.Level> asks() {
        return asks.values().stream().limit(DEPTH).toList();
    }
}
