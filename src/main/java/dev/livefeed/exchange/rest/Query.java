package dev.livefeed.exchange.rest;

import dev.livefeed.exchange.market.ProductCategory;
import java.util.Map;

/** The parameters of a request, validated when they are read. */
final class Query {

    private final Map<String, String> parameters;

    Query(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** The value, or the default if it is missing or empty. */
    String text(String name, String defaultValue) {
        String value = parameters.get(name);
        return value == null || value.isEmpty() ? defaultValue : value;
    }

    /** A whole number; a value above the maximum is reduced to it. */
    long number(String name, long defaultValue, long min, long max) throws BadQueryException {
        String value = text(name, null);
        if (value == null) {
            return defaultValue;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= min) {
                return Math.min(number, max);
            }
        } catch (NumberFormatException e) {
            // Rejected below.
        }
        throw new BadQueryException("params error: " + name + " invalid");
    }

    ProductCategory category(ProductCategory defaultValue) throws BadQueryException {
        String value = text("category", null);
        if (value == null && defaultValue != null) {
            return defaultValue;
        }
        return ProductCategory.of(value == null ? "" : value)
                .orElseThrow(() -> new BadQueryException("Illegal category"));
    }
}
