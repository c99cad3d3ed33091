package dev.livefeed.app.route.simple;

import java.util.Map;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.language.simple.SimpleLanguage;
import org.apache.camel.support.LRUCacheFactory;

/**
 * Camel's Simple language with comparisons that are exact and never throw ({@link ExactValues}). Camel 4.17 parses
 * digits as a 32- or 64-bit integer and throws a NumberFormatException if they are longer (CAMEL-24407).
 */
public final class ExactSimpleLanguage extends SimpleLanguage {

    /** The name under which Camel finds the language in the registry. */
    public static final String NAME = "simple-language";

    private static final int MOST_CACHED = 1_000;

    private final Map<String, Predicate> predicates = LRUCacheFactory.newLRUCache(16, MOST_CACHED, false);
    private final Map<String, Expression> functions = LRUCacheFactory.newLRUCache(16, MOST_CACHED, false);

    @Override
    public Predicate createPredicate(String expression) {
        if (isDynamicResource(expression)) {
            return super.createPredicate(expression);
        }
        String text = loadResource(expression);
        Predicate known = predicates.get(text);
        if (known == null) {
            known = new ExactPredicateParser(getCamelContext(), text, functions).parsePredicate();
            predicates.put(text, known);
        }
        return known;
    }

    @Override
    public void stop() {
        predicates.clear();
        functions.clear();
        super.stop();
    }
}
