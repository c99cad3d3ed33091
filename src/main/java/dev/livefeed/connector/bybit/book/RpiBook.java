package dev.livefeed.connector.bybit.book;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.connector.bybit.topic.RowFaultException;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.model.RpiDepth;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** The levels of a book with RPI orders. Not thread-safe. */
final class RpiBook {

    /** The venue's number of levels a side; a deeper book is cut to its best ones. */
    static final int DEPTH = 50;

    /** Levels a side that are kept. */
    static final int MAX_LEVELS = 500;

    private final DecimalParser decimals = new DecimalParser();
    private final TreeMap<BigDecimal, RpiDepth.Level> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<BigDecimal, RpiDepth.Level> asks = new TreeMap<>();

    void clear() {
        bids.clear();
        asks.clear();
    }

    /** Applies the levels {@code [price, size, RPI size]} of a frame's data; a level without any size is deleted. */
    void apply(JsonNode data) throws RowFaultException {
        apply(data.path("b"), bids);
        apply(data.path("a"), asks);
    }

    private void apply(JsonNode levels, TreeMap<BigDecimal, RpiDepth.Level> side) throws RowFaultException {
        require(levels.isArray(), "a side of the book is not a list");
        for (JsonNode level : levels) {
            require(level.isArray() && level.size() == 3, "a level is not a list of price, size and RPI size");
            BigDecimal price = decimal(level.get(0));
            BigDecimal qty = decimal(level.get(1));
            BigDecimal rpiQty = decimal(level.get(2));
            require(price.signum() > 0 && qty.signum() >= 0 && rpiQty.signum() >= 0, "a price is 0 or a size negative");
            if (qty.signum() == 0 && rpiQty.signum() == 0) {
                side.remove(price);
            } else {
                side.put(price, new RpiDepth.Level(price, qty, rpiQty));
            }
        }
        require(side.size() <= MAX_LEVELS, "the book has more than " + MAX_LEVELS + " levels a side");
    }

    private BigDecimal decimal(JsonNode value) throws RowFaultException {
        String text = value.asText();
        require(
                value.isValueNode() && decimals.parse(text.toCharArray(), 0, text.length()),
                "a price or size is not a decimal below 10^15 with at most 18 digits");
        return decimals.value();
    }

    private static void require(boolean rule, String otherwise) throws RowFaultException {
        if (!rule) {
            throw new RowFaultException(otherwise);
        }
    }

    boolean tooDeep() {
        return bids.size() > DEPTH || asks.size() > DEPTH;
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
