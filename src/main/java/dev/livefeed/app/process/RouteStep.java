package dev.livefeed.app.process;

import dev.livefeed.protocol.model.InstrumentId;

/**
 * The position of a line in the routes.
 *
 * @param route id of the route, or URI of the endpoint that the line waits for; null if unknown
 * @param step id of the step, or null if it is in none
 * @param type type of the event, or null if the line has not been parsed
 * @param symbol symbol of the event, or null
 * @param category product category of the symbol, or null
 */
public record RouteStep(String route, String step, String type, String symbol, String category) {

    /** Unknown, or not in a route. */
    public static final RouteStep NOWHERE = new RouteStep(null, null, null, null, null);

    public boolean isAt(RouteStep other) {
        return java.util.Objects.equals(route, other.route) && java.util.Objects.equals(step, other.step);
    }

    /** The text form of the event's instrument, or null. */
    public String market() {
        return symbol == null ? null : InstrumentId.market(category, symbol);
    }

    @Override
    public String toString() {
        return "route " + route + ", step " + step;
    }
}
