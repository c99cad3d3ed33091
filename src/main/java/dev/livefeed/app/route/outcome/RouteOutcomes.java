package dev.livefeed.app.route.outcome;

/** Tells how the exchanges of each route end. */
public interface RouteOutcomes {

    /** Of a route of that id since the start of the application; {@link Outcome#NONE} if it has had none. */
    Outcome of(String route);
}
