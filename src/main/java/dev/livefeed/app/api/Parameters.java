package dev.livefeed.app.api;

import dev.livefeed.protocol.model.Symbols;
import java.math.BigDecimal;

/** Reads the parameters of a request. What is wrong is refused with 400: what, the value, the rule. */
final class Parameters {

    private Parameters() {}

    /** The symbol, or the default where none is named. */
    static String symbol(String text, String defaultSymbol) throws BadParameterException {
        if (text == null) {
            return defaultSymbol;
        }
        if (!Symbols.valid(text)) {
            throw new BadParameterException("symbol must be " + Symbols.RULE);
        }
        return text;
    }

    /** A whole number within bounds, or the default where none is given. */
    static int whole(String name, String text, int least, int most, int byDefault) throws BadParameterException {
        if (text == null) {
            return byDefault;
        }
        if (text.matches("\\d{1,7}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw new BadParameterException(name + " must be a whole number from " + least + " to " + most);
    }

    /** One of some words, the first of them where none is given. */
    static String word(String name, String text, String... words) throws BadParameterException {
        if (text == null) {
            return words[0];
        }
        for (String word : words) {
            if (word.equals(text)) {
                return word;
            }
        }
        throw new BadParameterException(name + " must be one of " + String.join(", ", words));
    }

    /** A price that is not negative, or 0 where none is given. */
    static BigDecimal price(String name, String text) throws BadParameterException {
        if (text == null) {
            return BigDecimal.ZERO;
        }
        if (text.matches("\\d{1,15}(\\.\\d{1,18})?")) {
            BigDecimal price = new BigDecimal(text).stripTrailingZeros();
            if (price.precision() <= 18) {
                return price;
            }
        }
        throw new BadParameterException(name + " must be a price such as 50000.5, with at most 18 digits");
    }

    static HttpResponse unknown(String symbol) {
        return HttpResponse.missing(
                "nothing has been heard of " + symbol + "; the symbols are those of the setting SYMBOL");
    }
}
