package dev.livefeed.connector.session;

/** Numbers for links, HTTP requests and requests on a link, each used once. One thread. */
public final class Identifiers {

    private int last;

    public int next() {
        return ++last;
    }
}
