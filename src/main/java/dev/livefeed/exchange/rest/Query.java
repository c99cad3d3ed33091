package dev.livefeed.exchange.rest;

import dev.livefeed.exchange.venue.ProductCategory;
import java.util.Map;

/** The parameters of a request, checked as they are read. */
final class Query {

    private final Map<String, String> parameters;

    Query(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** The value, or the default if it is missing or empty. */
    String text(String name, String otherwise) {
        String value = parameters.get(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    /** A whole number within bounds; what is above the upper one is cut to it. */
    long number(String name, long otherwise, long min, long max) throws BadQueryException {
        String value = text(name, null);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= min) {
                return Math.min(number, max);
            }
        } catch (NumberFormatException e) {
            // Refused below, with the value.
        }
        throw new BadQueryException("params error: " + name + " invalid");
    }

    ProductCategory category(ProductCategory otherwise) throws BadQueryException {
        String value = text("category", null);
        if (value == null && otherwise != null) {
            return otherwise;
        }
        return ProductCategory.of(value == null ? "" : value)
                .orElseThrow(() -> new BadQueryException("Illegal category"));
    }
}
