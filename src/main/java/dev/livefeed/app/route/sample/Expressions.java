package dev.livefeed.app.route.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.NamedNode;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetHeadersDefinition;
import org.apache.camel.model.SetVariablesDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.processor.ChoiceProcessor;
import org.apache.camel.processor.FilterProcessor;

/** The expressions of a step. */
final class Expressions {

    /** Languages that read the message and do nothing else. */
    private static final Set<String> READING = Set.of(
            "simple",
            "constant",
            "header",
            "exchangeProperty",
            "variable",
            "jsonpath",
            "jq",
            "tokenize",
            "xpath",
            "csimple");

    private Expressions() {}

    /** Whether the expressions of the step call nothing but the message; {@code ${bean:}} and {@code ${ref:}} do. */
    static boolean safe(NamedNode step) {
        for (ExpressionDefinition expression : of(step)) {
            if (!READING.contains(expression.getLanguage()) || calls(expression.getExpression())) {
                return false;
            }
        }
        return !(step instanceof LogDefinition log && calls(log.getMessage()))
                && !(step instanceof BeanDefinition bean && calls(bean.getMethod()));
    }

    private static boolean calls(String text) {
        return text != null && (text.contains("bean:") || text.contains("ref:") || text.contains("resource:"));
    }

    private static List<ExpressionDefinition> of(NamedNode step) {
        List<ExpressionDefinition> found = new ArrayList<>();
        if (step instanceof ExpressionNode node) {
            add(found, node.getExpression());
        } else if (step instanceof ChoiceDefinition choice) {
            choice.getWhenClauses().forEach(when -> add(found, when.getExpression()));
        } else if (step instanceof SetHeadersDefinition headers) {
            headers.getHeaders().forEach(header -> add(found, header.getExpression()));
        } else if (step instanceof SetVariablesDefinition variables) {
            variables.getVariables().forEach(variable -> add(found, variable.getExpression()));
        } else if (step instanceof CatchDefinition part && part.getOnWhen() != null) {
            add(found, part.getOnWhen().getExpression());
        }
        return found;
    }

    private static void add(List<ExpressionDefinition> found, ExpressionDefinition expression) {
        if (expression != null) {
            found.add(expression);
        }
    }

    /** Evaluates a text with functions, which belongs to the step. */
    static void evaluate(CamelContext context, ProcessorDefinition<?> step, String text, Exchange exchange) {
        Expression expression;
        try {
            expression = context.resolveLanguage("simple")
                    .createExpression(context.resolvePropertyPlaceholders(withParameters(step, text)));
            expression.init(context);
        } catch (RuntimeException e) {
            return; // the step itself was created, so its text means something that is not known here
        }
        expression.evaluate(exchange, String.class);
    }

    /** The text with the parameters of the template that its route was made from. */
    private static String withParameters(ProcessorDefinition<?> step, String text) {
        RouteDefinition route = ProcessorDefinitionHelper.getRoute(step);
        String known = text;
        if (route != null && route.getTemplateParameters() != null) {
            for (Map.Entry<String, Object> parameter :
                    route.getTemplateParameters().entrySet()) {
                known = known.replace("{{" + parameter.getKey() + "}}", String.valueOf(parameter.getValue()));
            }
        }
        return known;
    }

    static void evaluate(CamelContext context, ExpressionNode node, Exchange exchange) {
        if ("simple".equals(node.getExpression().getLanguage())) {
            boolean condition = node instanceof LoopDefinition loop && "true".equals(loop.getDoWhile());
            if (condition) {
                matches(context, node, exchange);
            } else {
                evaluate(context, node, node.getExpression().getExpression(), exchange);
            }
        }
    }

    private static void matches(CamelContext context, ExpressionNode node, Exchange exchange) {
        Predicate predicate;
        try {
            String text = withParameters(node, node.getExpression().getExpression());
            predicate = context.resolveLanguage("simple").createPredicate(context.resolvePropertyPlaceholders(text));
            predicate.init(context);
        } catch (RuntimeException e) {
            return; // as above
        }
        predicate.matches(exchange);
    }

    /** The part of a step that throws: the {@code when} of a choice, else the step itself. */
    static OptionalIdentifiedDefinition<?> culprit(Processor target, ProcessorDefinition<?> step, Exchange exchange) {
        if (step instanceof ChoiceDefinition choice && target instanceof ChoiceProcessor running) {
            List<FilterProcessor> filters = running.getFilters();
            List<WhenDefinition> clauses = choice.getWhenClauses();
            for (int i = 0; i < filters.size() && filters.size() == clauses.size(); i++) {
                try {
                    filters.get(i).matches(exchange);
                } catch (RuntimeException e) {
                    return clauses.get(i);
                }
            }
        }
        return step;
    }
}
