package dev.livefeed.app.route.outcome;

import org.apache.camel.Exchange;

/**
 * The innermost route that an exception has left. Camel names the one that handles it, which may have called the other.
 */
public record FailedRoute(String route, Throwable cause) {

    /** Exchange property: the route in which it failed, a {@link FailedRoute}. */
    private static final String FAILED_ROUTE = "failedRoute";

    /** The route that the exception has left first, or null. */
    public static String route(Exchange exchange, Throwable cause) {
        return exchange.getProperty(FAILED_ROUTE) instanceof FailedRoute failure && failure.cause == cause
                ? failure.route
                : null;
    }

    /** The exception leaves a route. */
    static void left(Exchange exchange, Throwable cause, String route) {
        if (route(exchange, cause) == null) {
            exchange.setProperty(FAILED_ROUTE, new FailedRoute(route, cause));
        }
    }
}
