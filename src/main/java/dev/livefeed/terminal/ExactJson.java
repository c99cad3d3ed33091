package dev.livefeed.terminal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;

/** Numbers of messages with all their digits, zeros at the end included. */
public final class ExactJson {

    /** Digits before or after the point; a number with more, such as 1e900000000, is no price and no size. */
    private static final int MOST_DIGITS = 100;

    private ExactJson() {}

    public static ObjectMapper mapper() {
        return JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /** A value as it was sent; empty if there is none. */
    public static String text(JsonNode value) {
        return value.isBigDecimal() && isUsual(value.decimalValue())
                ? value.decimalValue().toPlainString()
                : value.asText("");
    }

    /** A price or a size; null if it is none. */
    public static BigDecimal number(JsonNode value) {
        return value.isNumber() && isUsual(value.decimalValue()) ? value.decimalValue() : null;
    }

    /** A price or a size; null if it is none. */
    public static BigDecimal number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            return isUsual(number) ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isUsual(BigDecimal number) {
        return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
    }
}
