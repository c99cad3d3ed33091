package dev.livefeed.app.route.simple;

import java.math.BigDecimal;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Expression;
import org.apache.camel.language.simple.SimplePredicateParser;
import org.apache.camel.language.simple.ast.BooleanExpression;
import org.apache.camel.language.simple.ast.DoubleQuoteEnd;
import org.apache.camel.language.simple.ast.DoubleQuoteStart;
import org.apache.camel.language.simple.ast.LiteralExpression;
import org.apache.camel.language.simple.ast.LogicalExpression;
import org.apache.camel.language.simple.ast.NullExpression;
import org.apache.camel.language.simple.ast.NumericExpression;
import org.apache.camel.language.simple.ast.SimpleFunctionEnd;
import org.apache.camel.language.simple.ast.SimpleFunctionStart;
import org.apache.camel.language.simple.ast.SimpleNode;
import org.apache.camel.language.simple.ast.SingleQuoteEnd;
import org.apache.camel.language.simple.ast.SingleQuoteStart;
import org.apache.camel.language.simple.ast.UnaryExpression;
import org.apache.camel.language.simple.types.SimpleParserException;
import org.apache.camel.language.simple.types.SimpleToken;
import org.apache.camel.language.simple.types.SimpleTokenType;

/**
 * Camel's parser of predicates with other nodes for comparisons and for numbers: a number that Camel cannot hold
 * exactly stays the text it is.
 */
final class ExactPredicateParser extends SimplePredicateParser {

    private final Map<String, Expression> functions;
    private SimpleToken single;
    private SimpleToken quoted;
    private SimpleToken function;

    ExactPredicateParser(CamelContext context, String expression, Map<String, Expression> functions) {
        super(context, expression, true, functions);
        this.functions = functions;
    }

    /** As in Camel: a node per token, and one for all characters in between. */
    @Override
    protected void parseTokensAndCreateNodes() {
        LiteralExpression text = null;
        for (SimpleToken next : tokens) {
            if (next.getType().isEol()) {
                break;
            }
            SimpleNode node = node(next);
            if (node != null) {
                addText(text);
                text = null;
                nodes.add(node);
            } else {
                text = text == null ? new LiteralExpression(next) : text;
                text.addText(next.getText());
            }
        }
        addText(text);
        closed(single, "single quote has no ending quote");
        closed(quoted, "double quote has no ending quote");
        closed(function, "function has no ending token");
    }

    private static void closed(SimpleToken start, String fault) {
        if (start != null) {
            throw new SimpleParserException(fault, start.getIndex());
        }
    }

    /** The node of the token, or null if it is part of a text. */
    private SimpleNode node(SimpleToken next) {
        SimpleTokenType type = next.getType();
        if (type.isFunctionStart()) {
            function = next;
            return new SimpleFunctionStart(next, functions, false);
        }
        if (type.isFunctionEnd()) {
            function = null;
            return new SimpleFunctionEnd(next);
        }
        if (function != null) {
            return null;
        }
        if (type.isSingleQuote()) {
            boolean ends = single != null;
            single = ends ? null : next;
            return ends ? new SingleQuoteEnd(next) : new SingleQuoteStart(next);
        }
        if (type.isDoubleQuote()) {
            boolean ends = quoted != null;
            quoted = ends ? null : next;
            return ends ? new DoubleQuoteEnd(next) : new DoubleQuoteStart(next);
        }
        return single != null || quoted != null ? null : operator(next, type);
    }

    private static SimpleNode operator(SimpleToken next, SimpleTokenType type) {
        if (type.isUnary()) {
            return new UnaryExpression(next);
        } else if (type.isBinary()) {
            return new Comparison(next);
        } else if (type.isLogical()) {
            return new LogicalExpression(next);
        } else if (type.isNullValue()) {
            return new NullExpression(next);
        }
        return type.isBooleanValue() ? new BooleanExpression(next) : null;
    }

    private void addText(LiteralExpression text) {
        if (text != null) {
            boolean number = single == null && quoted == null && function == null && held(text.getText());
            nodes.add(number ? new NumericExpression(text.getToken(), text.getText()) : text);
        }
    }

    /** Whether Camel's node holds exactly what is written. */
    private static boolean held(String text) {
        Object number = ExactValues.number(text);
        if (number instanceof Long whole) {
            return whole >= Integer.MIN_VALUE && whole.toString().equals(text);
        }
        return number instanceof BigDecimal decimal
                && text.indexOf('.') > 0
                && text.indexOf('E') < 0
                && Double.isFinite(decimal.doubleValue())
                && Double.toString(decimal.doubleValue()).equals(text);
    }
}
