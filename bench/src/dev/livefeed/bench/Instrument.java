package dev.livefeed.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A symbol of the feed and how its numbers look.
 *
 * @param price first middle of the book, in ticks
 * @param priceDigits digits behind the point of a price
 * @param tick price step, in units of the last digit
 * @param qtyDigits digits behind the point of a size
 */
record Instrument(String symbol, long price, int priceDigits, int tick, int qtyDigits) {

    /** Ten perpetuals as the venue lists them. */
    static final List<Instrument> ALL = List.of(
            new Instrument("BTCUSDT", 714_238, 2, 10, 3),
            new Instrument("ETHUSDT", 385_012, 2, 1, 2),
            new Instrument("SOLUSDT", 15_823, 3, 10, 1),
            new Instrument("XRPUSDT", 5_230, 4, 1, 1),
            new Instrument("DOGEUSDT", 12_345, 5, 1, 0),
            new Instrument("ADAUSDT", 4_512, 4, 1, 0),
            new Instrument("LINKUSDT", 14_230, 3, 1, 1),
            new Instrument("AVAXUSDT", 27_450, 3, 1, 1),
            new Instrument("LTCUSDT", 8_312, 2, 1, 1),
            new Instrument("BNBUSDT", 58_230, 2, 1, 2));

    /** So many: those of {@link #ALL}, and others like them. */
    static List<Instrument> first(int count) {
        List<Instrument> first = new ArrayList<>(ALL.subList(0, Math.min(count, ALL.size())));
        for (int i = first.size(); i < count; i++) {
            Instrument like = ALL.get(i % ALL.size());
            first.add(new Instrument("COIN" + i + "USDT", like.price + i, like.priceDigits, like.tick, like.qtyDigits));
        }
        return first;
    }

    /** A price in ticks as the venue writes it. */
    String priceText(long ticks) {
        return decimal(ticks * tick, priceDigits);
    }

    /** A size in units of its last digit as the venue writes it: no zeros at the end. */
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
