package dev.livefeed.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A symbol of the feed and the format of its numbers.
 *
 * @param price initial mid price, in ticks
 * @param priceDigits fraction digits of a price
 * @param tick price step in units of the last digit
 * @param qtyDigits fraction digits of a size
 */
record FeedInstrument(String symbol, long price, int priceDigits, int tick, int qtyDigits) {

    /** Ten perpetuals as the venue lists them. */
    static final List<FeedInstrument> ALL = List.of(
            new FeedInstrument("BTCUSDT", 714_238, 2, 10, 3),
            new FeedInstrument("ETHUSDT", 385_012, 2, 1, 2),
            new FeedInstrument("SOLUSDT", 15_823, 3, 10, 1),
            new FeedInstrument("XRPUSDT", 5_230, 4, 1, 1),
            new FeedInstrument("DOGEUSDT", 12_345, 5, 1, 0),
            new FeedInstrument("ADAUSDT", 4_512, 4, 1, 0),
            new FeedInstrument("LINKUSDT", 14_230, 3, 1, 1),
            new FeedInstrument("AVAXUSDT", 27_450, 3, 1, 1),
            new FeedInstrument("LTCUSDT", 8_312, 2, 1, 1),
            new FeedInstrument("BNBUSDT", 58_230, 2, 1, 2));

    /** The first {@code count} instruments: those of {@link #ALL}, then generated ones. */
    static List<FeedInstrument> first(int count) {
        List<FeedInstrument> first = new ArrayList<>(ALL.subList(0, Math.min(count, ALL.size())));
        for (int i = first.size(); i < count; i++) {
            FeedInstrument template = ALL.get(i % ALL.size());
            first.add(new FeedInstrument(
                    "COIN" + i + "USDT", template.price + i, template.priceDigits, template.tick, template.qtyDigits));
        }
        return first;
    }

    /** Formats a price in ticks as the venue does. */
    String priceText(long ticks) {
        return decimal(ticks * tick, priceDigits);
    }

    /** Formats a size in units of its last digit as the venue does, without trailing zeros. */
    String qtyText(long units) {
        if (units == 0) {
            return "0";
        }
        String text = decimal(units, qtyDigits);
        if (qtyDigits > 0) {
            int end = text.length();
            while (text.charAt(end - 1) == '0') {
                end--;
            }
            text = text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
        }
        return text;
    }

    private static String decimal(long unscaled, int digits) {
        return java.math.BigDecimal.valueOf(unscaled, digits).toPlainString();
    }
}
