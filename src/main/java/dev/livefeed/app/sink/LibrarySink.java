package dev.livefeed.app.sink;

/**
 * A sink whose client library is in {@code lib/}: the client is created for the first batch, so that a check of the
 * routes connects to nothing.
 */
public final class LibrarySink {

    private final SinkLibrary library;
    private final ClientSettings settings;
    private BatchClient client;

    public LibrarySink(SinkLibrary library, ClientSettings settings) {
        this.library = library;
        this.settings = settings;
    }

    /** Sends all lines of the batch; called by the route of the sink. */
    public synchronized void send(LineBatch batch) throws Exception {
        if (client == null) {
            client = library.client(settings);
        }
        boolean sent = false;
        try {
            client.send(batch);
            sent = true;
        } finally {
            if (!sent) {
                client.close();
            }
        }
    }
}
