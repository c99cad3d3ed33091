package dev.livefeed.app.route.simple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Comparisons of any operands equal the rule in {@code doc/ROUTES.md} and never throw. */
class ExactSimpleLanguageTest {

    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");

    /** Camel refuses others without quotes. */
    private static final Pattern UNQUOTED = Pattern.compile("-?[0-9]+(\\.[0-9]+)?|\\.[0-9]+");

    private static DefaultCamelContext context;

    @BeforeContainer
    @BeforeAll
    static void start() {
        if (context == null) {
            context = new DefaultCamelContext();
            context.getRegistry().bind(ExactSimpleLanguage.NAME, new ExactSimpleLanguage());
            context.start();
        }
    }

    @AfterContainer
    @AfterAll
    static void stop() {
        if (context != null) {
            context.stop();
            context = null;
        }
    }

    /** An id as an event has it. */
    public record Body(Object id) {
        public Object getId() {
            return id;
        }
    }

    private static boolean matches(String predicate, Object left, Object right) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(new Body(left));
        exchange.getMessage().setHeader("left", left);
        exchange.getMessage().setHeader("right", right);
        exchange.setProperty("left", left);
        return context.resolveLanguage("simple").createPredicate(predicate).matches(exchange);
    }

    @Provide
    Arbitrary<Object> operands() {
        Arbitrary<String> digits =
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(40);
        Arbitrary<String> decimals = digits.flatMap(whole ->
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(20).map(part -> whole + "." + part));
        return Arbitraries.oneOf(
                digits.map(text -> (Object) text),
                digits.map(text -> "-" + text),
                digits.map(text -> "000" + text),
                decimals.map(text -> (Object) text),
                decimals.map(BigDecimal::new),
                digits.map(text -> new BigDecimal(text).toBigInteger()),
                Arbitraries.longs().map(value -> (Object) value),
                Arbitraries.integers().map(value -> (Object) value),
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.create(
                        () -> java.util.UUID.nameUUIDFromBytes(new byte[] {1}).toString()),
                decimals.map(text -> "+" + text),
                digits.map(text -> "." + text),
                digits.map(text -> text + "."),
                digits.map(text -> " " + text + "\t"),
                decimals.flatMap(
                        text -> Arbitraries.integers().between(-1_500, 1_500).map(exponent -> text + "e" + exponent)),
                Arbitraries.of(
                        "", "-", ".", "+.", "1e", "1e+", "e5", "1e5", "1E+05", "1e5.", "1 e5", "0x1", "1f", "--1"),
                Arbitraries.of("abc", "ABC", "null", "١٢", "币安", "1,2", "NaN", "Infinity", "1_000"),
                Arbitraries.just(null));
    }

    @Property(tries = 700)
    void twoValuesAreComparedByTheRule(
            @ForAll("operands") Object left, @ForAll("operands") Object right, @ForAll boolean same) {
        Object other = same ? left : right;

        boolean equal = left == null || other == null ? left == other : equal(left, other);
        Integer order = left == null || other == null ? null : order(left, other);
        for (String value : List.of("${header.left}", "${exchangeProperty.left}", "${body.id}")) {
            assertThat(matches(value + " == ${header.right}", left, other)).isEqualTo(equal);
            assertThat(matches(value + " != ${header.right}", left, other)).isEqualTo(!equal);
            assertThat(matches(value + " < ${header.right}", left, other)).isEqualTo(order != null && order < 0);
            assertThat(matches(value + " > ${header.right}", left, other)).isEqualTo(order != null && order > 0);
            assertThat(matches(value + " <= ${header.right}", left, other))
                    .isEqualTo(left == null || other == null ? left == other : order != null && order <= 0);
            assertThat(matches(value + " >= ${header.right}", left, other))
                    .isEqualTo(left == null || other == null ? left == other : order != null && order >= 0);
        }
        assertThat(matches("${header.left} in ${header.right}", left, other))
                .isEqualTo(other != null && in(left, other));
        assertThat(matches("${header.left} !in ${header.right}", left, other))
                .isNotEqualTo(other != null && in(left, other));
        for (String operator : List.of("=~", "!=~", "contains", "!contains", "~~", "!~~", "startsWith", "endsWith")) {
            matches("${header.left} " + operator + " ${header.right}", left, other);
        }
        matches("${header.left} range ${header.right}", left, other);
    }

    @Property(tries = 1_000)
    void aLiteralIsComparedByTheRule(@ForAll("operands") Object left, @ForAll("operands") Object literal) {
        if (!(literal instanceof String text)) {
            return;
        }

        Integer order = left == null ? null : order(left, text);
        assertThat(matches("${header.left} == '" + text + "'", left, null))
                .isEqualTo(left != null && equal(left, text));
        assertThat(matches("${header.left} > '" + text + "'", left, null)).isEqualTo(order != null && order > 0);
        if (UNQUOTED.matcher(text).matches()) {
            assertThat(matches("${header.left} == " + text, left, null)).isEqualTo(left != null && equal(left, text));
            assertThat(matches("${header.left} >= " + text, left, null)).isEqualTo(order != null && order >= 0);
            assertThat(matches("${header.left} < " + text, left, null)).isEqualTo(order != null && order < 0);
        }
    }

    private static boolean in(Object value, Object list) {
        return (list instanceof String text
                        ? Arrays.stream(text.isEmpty() ? new String[0] : text.split(","))
                        : List.of(list).stream())
                .anyMatch(member -> value != null && equal(value, member));
    }

    private static boolean equal(Object left, Object right) {
        return number(left) && number(right)
                ? order(left, right) == 0
                : left.toString().equals(right.toString());
    }

    /** Null if there is none. */
    private static Integer order(Object left, Object right) {
        if (number(left) != number(right)) {
            return null;
        }
        return number(left)
                ? new BigDecimal(left.toString().strip())
                        .compareTo(new BigDecimal(right.toString().strip()))
                : left.toString().compareTo(right.toString());
    }

    private static boolean number(Object value) {
        return value instanceof Number
                || NUMBER.matcher(value.toString().strip()).matches();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1666800494330512128 | == '12345678901234567890' | false",
                "12345678901234567890 | == '12345678901234567890' | true",
                "12345678901234567890 | == 12345678901234567890 | true",
                "2100000000077643210987 | == 2100000000077643210987 | true",
                "2100000000077643210987 | == 2100000000077643210986 | false",
                "2100000000077643210987 | == -2100000000077643210987 | false",
                "2100000000077643210987 | > 1 | true",
                "2100000000077643210987 | == 1 | false",
                "12345678901234567890 | in '12345678901234567890,1' | true",
                "12345678901234567891 | in '12345678901234567890,1' | false",
                "1 | in '12345678901234567890,1' | true",
                "12345678901234567890 | range '1..99999999999999999999' | true",
                "12345678901234567890 | range '1..2' | false",
                "20f43950-d8dd-5b31-9112-a178eb6023af | range '1..3' | false",
                "20f43950-d8dd-5b31-9112-a178eb6023af | == 1 | false",
                "-3000000000 | == -3000000000 | true",
                "007 | == 7 | true",
                "50000.50 | == 50000.5 | true",
                "50000.5 | > 50000 | true",
                "50000.5 | > 50000.6 | false",
                "-1.5 | < -1 | true",
                "-1.5 | <= -2 | false",
                "50000.123456789012345678 | > 50000.123456789012345677 | true",
                "12345678901234567890 | contains '890' | true",
                "12345678901234567890 | contains 890 | true",
                "12345678901234567890 | regex '^[0-9]{20}$' | true",
                "12345678901234567890 | startsWith 123 | true",
                "60000 | > .5 | true",
                "0.25 | > .5 | false",
                "0.25 | < '.5' | true",
                "0.25 | < '+0.5' | true",
                "60000 | > '5.' | true",
                "60000 | == '60000.' | true",
                "60000 | < '1e5' | true",
                "60000 | < '1E+05' | true",
                "60000 | > '6e-4' | true",
                "60000 | == ' 60000 ' | true",
                "9 | < ' 60000 ' | true",
                "9 | in '+9.0, 10' | true",
                "10 | in '9, 10' | true",
                "0.7 | range '.5..1e0' | true",
                "0.4 | range '.5..1e0' | false",
                "7 | range ' 5 .. 10 ' | true",
                "60000 | > 'abc' | false",
                "60000 | < 'abc' | false",
                "60000 | >= '50,000' | false",
                "60000 | <= '50,000' | false",
                "60000 | != 'abc' | true",
                "abc | > 5 | false",
                "abc | < 5 | false",
                "abd | > 'abc' | true",
            })
    void comparesWhatOperatorsWrite(String left, String condition, boolean expected) {
        assertThat(matches("${body.id} " + condition, left, null)).isEqualTo(expected);
        assertThat(matches("${header.left} " + condition + " && ${body.id} " + condition, left, null))
                .isEqualTo(expected);
        if (NUMBER.matcher(left).matches() && !condition.matches(" ?(contains|starts|regex).*")) {
            assertThat(matches("${body.id} " + condition, new BigDecimal(left), null))
                    .isEqualTo(expected);
        }
    }

    @Test
    void digitsAreTextBeyondTheLimit() {
        String many = "1".repeat(1_000_000);

        assertThat(matches("${body.id} == ${header.right}", many, many)).isTrue();
        assertThat(matches("${body.id} == ${header.right}", many, "0" + many)).isFalse();
        assertThat(matches("${body.id} > 5", many, null)).isFalse();
        assertThat(matches("${body.id} < 5", many, null)).isFalse();
    }

    @Test
    void numbersWithHugeExponentsAreCompared() {
        BigDecimal huge = new BigDecimal("1e999999999");

        assertThat(matches("${body.id} > ${header.right}", huge, "12345678901234567890"))
                .isTrue();
        assertThat(matches("${body.id} == 1", huge, null)).isFalse();
        assertThat(matches("${body.id} > '1e999'", huge, null)).isTrue();
        assertThat(matches("${body.id} > '1e1000'", huge, null)).isFalse();
        assertThat(matches("${body.id} > 1", Double.POSITIVE_INFINITY, null)).isTrue();
        assertThat(matches("${body.id} > '5'", Double.NEGATIVE_INFINITY, null)).isFalse();
        assertThat(matches("${body.id} < '5'", Double.NEGATIVE_INFINITY, null)).isTrue();
        assertThat(matches("${body.id} == 0.1", 0.1, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${body.id} range 'x'",
                "${body.id} range '5...6'",
                "${body.id} regex '('",
                "${body.id} == 'x",
                "${body.id} =="
            })
    void faultsOfTheTextAreFoundWhenItIsRead(String predicate) {
        assertThatThrownBy(() -> context.resolveLanguage("simple").createPredicate(predicate))
                .isInstanceOf(org.apache.camel.language.simple.types.SimpleIllegalSyntaxException.class);
    }

    @Test
    void aNumberAndAnotherTypeAreOrderedAsNumbersOrNotAtAll() {
        assertThat(matches("${header.left} > 5", new Date(6), null)).isTrue();
        assertThat(matches("${header.left} > 5", new Date(4), null)).isFalse();
        assertThat(matches("${header.left} > .5", new StringBuilder("10"), null))
                .isTrue();
        assertThat(matches("${header.left} > 5", Map.of("a", 6), null)).isFalse();
        assertThat(matches("${header.left} < 5", Map.of("a", 6), null)).isFalse();
    }

    @Test
    void otherOperatorsAreCamels() {
        assertThat(matches("${body.id} is 'java.lang.String'", "x", null)).isTrue();
        assertThat(matches("${header.left} == true", "TRUE", null)).isTrue();
        assertThat(matches("${header.left} == 'root'", Locale.ROOT, null)).isFalse();
        assertThat(matches("${header.left} contains 2", List.of(1, 2), null)).isTrue();
        assertThat(matches("${header.left} == null", null, null)).isTrue();
        assertThat(matches("${header.left} == '${header.right}'", "a1", "a1")).isTrue();
        assertThat(matches("${header.left} == '${header.right}007'", "x007", "x"))
                .isTrue();
    }
}
