package dev.livefeed.app.process;

/** Locates the current line in the routes. Called by threads other than the one that processes the line. */
public interface LineLocator {

    /** The current position of the line. */
    RouteStep place();

    /** Whether a route that processes the line has been replaced or removed. */
    boolean replaced();

    /** The line is abandoned: the steps after the one that holds it must not run. */
    void abandoned();
}
