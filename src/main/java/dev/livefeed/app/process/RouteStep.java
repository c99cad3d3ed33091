package dev.livefeed.app.process;

/**
 * Where in the routes a line stands.
 *
 * @param route id of the route, or of the endpoint that it waits for
 * @param step id of the step, or null where it is in none
 * @param type of the event, or null where it has not been read
 * @param symbol the event is about, or null
 */
public record RouteStep(String route, String step, String type, String symbol) {

    /** Not known, or not in a route. */
    public static final RouteStep NOWHERE = new RouteStep(null, null, null, null);

    public boolean isAt(RouteStep other) {
        return java.util.Objects.equals(route, other.route) && java.util.Objects.equals(step, other.step);
    }

    /** For people. */
    @Override
    public String toString() {
        return "route " + route + ", step " + step;
    }
}
