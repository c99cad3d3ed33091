package dev.livefeed.app.route.outcome;

/** Tells how the exchanges of each route end. */
public interface RouteOutcomes {

    /** Of a route of that id since the start of the application; {@link RouteOutcome#NONE} if it has had none. */
    RouteOutcome of(String route);
}
