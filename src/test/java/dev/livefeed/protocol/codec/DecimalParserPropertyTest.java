package dev.livefeed.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser agrees with BigDecimal on every JSON number within the limits of the protocol. */
class DecimalParserPropertyTest {

    /** JSON's grammar plus leading zeros, because many venues send sizes that way. */
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

    private final DecimalParser parser = new DecimalParser();

    @Property(tries = 5_000)
    void agreesWithBigDecimal(@ForAll("numbers") String text) {
        check(text);
    }

    @Property(tries = 5_000)
    void rejectsEverythingElse(
            @ForAll
                    @StringLength(max = 12)
                    @CharRange(from = '0', to = '9')
                    @Chars({'.', '-', '+', 'e', 'E', ' ', 'x', ',', '\u0663'})
                    String text) {
        check(text);
    }

    private void check(String text) {
        boolean good = parser.parse(text);

        assertThat(good).as(text).isEqualTo(expected(text));
        if (good) {
            assertThat(parser.value()).as(text).isEqualByComparingTo(new BigDecimal(text));
            assertThat(parser.scale()).isNotNegative();
        }
    }

    private static boolean expected(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return false;
        }
        BigDecimal exact;
        try {
            exact = new BigDecimal(text);
        } catch (NumberFormatException e) {
            return false; // an exponent beyond all measure
        }
        if (exact.signum() == 0) {
            return true;
        }
        BigDecimal stripped = exact.stripTrailingZeros();
        return exact.abs().compareTo(BigDecimal.TEN.pow(15)) < 0
                && stripped.precision() <= 18
                && stripped.scale() <= 60; // no venue counts in smaller parts
    }

    @Provide
    static Arbitrary<String> numbers() {
        Arbitrary<String> digits =
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(20);
        Arbitrary<String> fraction =
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(20).map(d -> "." + d);
        Arbitrary<String> exponent = Combinators.combine(
                        Arbitraries.of("e", "E", "e+", "e-"),
                        Arbitraries.integers().between(0, 30))
                .as((e, n) -> e + n);
        return Combinators.combine(Arbitraries.of("", "-"), digits, fraction.injectNull(0.4), exponent.injectNull(0.7))
                .as((sign, whole, part, e) -> sign + whole + (part == null ? "" : part) + (e == null ? "" : e));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e2147483648", "1e-2147483649", "1e-999999999"})
    void hugeExponentsAreRejectedImmediately(String text) {
        assertThat(parser.parse(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999999999999999.999",
                "0.000000000000000001",
                "123456789012345678e-3",
                "100000000000000000e-3",
                "1E+14"
            })
    void largestAndSmallest(String text) {
        assertThat(parser.parse(text)).isTrue();
        assertThat(parser.value()).isEqualByComparingTo(text);
    }
}
