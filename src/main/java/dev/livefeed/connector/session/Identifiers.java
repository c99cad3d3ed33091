package dev.livefeed.connector.session;

/** Generates unique numbers for links, HTTP requests and requests on a link. Not thread-safe. */
public final class Identifiers {

    private int last;

    public int next() {
        return ++last;
    }
}
