package dev.livefeed.app.process;

/** Knows where in the routes the line stands that is inside. Asked by threads other than the one that is there. */
public interface LineLocator {

    /** Where it stands. */
    RouteStep place();

    /** Whether a route that it is in has been replaced or removed, so that nobody waits for its steps any more. */
    boolean replaced();

    /** The line is abandoned: what comes behind the step that holds it must not run any more. */
    void abandoned();
}
