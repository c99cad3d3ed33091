package dev.livefeed.app.route.simple;

import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.TypeConverter;
import org.apache.camel.language.simple.ast.BinaryExpression;
import org.apache.camel.language.simple.types.BinaryOperatorType;
import org.apache.camel.language.simple.types.SimpleParserException;
import org.apache.camel.language.simple.types.SimpleToken;

/** A binary operator of a predicate. Operators that do not compare values are Camel's own. */
final class Comparison extends BinaryExpression {

    private static final String BOUND = "\\s*([+-]?(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[eE][+-]?\\d{1,3})?)\\s*";

    /** Three points in a row are more likely a slip than a bound that begins with a point. */
    private static final Pattern RANGE = Pattern.compile("(?!.*\\.\\.\\.)" + BOUND + "\\.\\." + BOUND);

    Comparison(SimpleToken token) {
        super(token);
    }

    @Override
    public Expression createExpression(CamelContext context, String expression) {
        if (getLeft() == null || getRight() == null) {
            return super.createExpression(context, expression);
        }
        Test test = test(context);
        if (test == null) {
            return super.createExpression(context, expression);
        }
        Expression left = getLeft().createExpression(context, expression);
        Expression right = getRight().createExpression(context, expression);
        return new ComparisonPredicate(left, right, test, this + "");
    }

    private Test test(CamelContext context) {
        TypeConverter converter = context.getTypeConverter();
        BinaryOperatorType operator = getOperator();
        return switch (operator) {
            case EQ -> (exchange, a, b) -> ExactValues.equal(converter, a, b, false);
            case NOT_EQ -> (exchange, a, b) -> !ExactValues.equal(converter, a, b, false);
            case EQ_IGNORE -> (exchange, a, b) -> ExactValues.equal(converter, a, b, true);
            case NOT_EQ_IGNORE -> (exchange, a, b) -> !ExactValues.equal(converter, a, b, true);
            case GT -> (exchange, a, b) -> a != null && b != null && ExactValues.ordered(converter, a, b, o -> o > 0);
            case LT -> (exchange, a, b) -> a != null && b != null && ExactValues.ordered(converter, a, b, o -> o < 0);
            case GTE -> (exchange, a, b) -> orderedOrNull(converter, a, b, o -> o >= 0);
            case LTE -> (exchange, a, b) -> orderedOrNull(converter, a, b, o -> o <= 0);
            case IN -> (exchange, a, b) -> Members.in(converter, a, b);
            case NOT_IN -> (exchange, a, b) -> !Members.in(converter, a, b);
            case CONTAINS -> (exchange, a, b) -> Members.contains(converter, a, b, false);
            case NOT_CONTAINS -> (exchange, a, b) -> !Members.contains(converter, a, b, false);
            case CONTAINS_IGNORECASE -> (exchange, a, b) -> Members.contains(converter, a, b, true);
            case NOT_CONTAINS_IGNORECASE -> (exchange, a, b) -> !Members.contains(converter, a, b, true);
            case RANGE -> range(true);
            case NOT_RANGE -> range(false);
            case REGEX, NOT_REGEX -> regex(operator == BinaryOperatorType.REGEX);
            default -> null;
        };
    }

    private static boolean orderedOrNull(TypeConverter converter, Object a, Object b, IntPredicate expected) {
        return a == null || b == null ? a == b : ExactValues.ordered(converter, a, b, expected);
    }

    /** Only a number is in a range. */
    private Test range(boolean expected) {
        String written = ComparisonPredicate.text(getRight());
        if (written != null && !RANGE.matcher(written).matches()) {
            throw new SimpleParserException(
                    getOperator() + " operator needs 'from..to', where from and to are numbers; it has '" + written
                            + "'",
                    getRight().getToken().getIndex());
        }
        return (exchange, a, b) -> expected == between(exchange.getContext().getTypeConverter(), a, b);
    }

    private static boolean between(TypeConverter converter, Object value, Object range) {
        Matcher bounds = RANGE.matcher(String.valueOf(range));
        return ExactValues.number(value) != null
                && bounds.matches()
                && ExactValues.ordered(converter, value, bounds.group(1), order -> order >= 0)
                && ExactValues.ordered(converter, value, bounds.group(2), order -> order <= 0);
    }

    /** A pattern without functions is compiled once; Camel compiles it for each event. */
    private Test regex(boolean expected) {
        String written = ComparisonPredicate.text(getRight());
        if (written == null) {
            return null;
        }
        try {
            Pattern pattern = Pattern.compile(written);
            return (exchange, a, b) -> expected == matches(exchange, a, pattern);
        } catch (PatternSyntaxException e) {
            throw new SimpleParserException(
                    "'" + written + "' is not a regular expression: " + e.getDescription(),
                    getRight().getToken().getIndex());
        }
    }

    private static boolean matches(Exchange exchange, Object value, Pattern pattern) {
        String text = exchange.getContext().getTypeConverter().tryConvertTo(String.class, exchange, value);
        return text != null && pattern.matcher(text).matches();
    }

    /** Decides about the values of both sides. */
    @FunctionalInterface
    interface Test {
        boolean matches(Exchange exchange, Object left, Object right);
    }
}
