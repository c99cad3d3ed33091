package dev.livefeed.app.route.simple;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.language.simple.ast.DoubleQuoteStart;
import org.apache.camel.language.simple.ast.SimpleNode;
import org.apache.camel.language.simple.ast.SingleQuoteStart;
import org.apache.camel.support.LanguageSupport;

/** Evaluates both sides and compares them. */
final class ComparisonPredicate implements Predicate, Expression {

    private final Expression left;
    private final Expression right;
    private final Comparison.Test test;
    private final String text;

    ComparisonPredicate(Expression left, Expression right, Comparison.Test test, String text) {
        this.left = left;
        this.right = right;
        this.test = test;
        this.text = text;
    }

    /** Both sides are initialized when they are created. */
    @Override
    public void init(CamelContext context) {}

    @Override
    public boolean matches(Exchange exchange) {
        return test.matches(exchange, left.evaluate(exchange, Object.class), right.evaluate(exchange, Object.class));
    }

    @Override
    public <T> T evaluate(Exchange exchange, Class<T> type) {
        return exchange.getContext().getTypeConverter().convertTo(type, matches(exchange));
    }

    @Override
    public String toString() {
        return text;
    }

    /** The quoted text, or null if it contains functions or is not quoted. */
    static String text(SimpleNode node) {
        if (!(node instanceof SingleQuoteStart || node instanceof DoubleQuoteStart)) {
            return null;
        }
        String shown = node.toString();
        return LanguageSupport.hasSimpleFunction(shown) ? null : shown.substring(1, shown.length() - 1);
    }
}
