package dev.livefeed.app.sink;

import java.io.IOException;

/**
 * A sink whose client library is in {@code lib/}: the client is created for the first batch, so that a check of the
 * routes connects to nothing. Lines that the server refuses for good are kept beside the buffer.
 */
public final class LibrarySink implements RefusedLines.Target {

    private final SinkLibrary library;
    private final ClientSettings settings;
    private final SinkBuffers buffers;
    private final RefusedLines refused;
    private BatchClient client;

    public LibrarySink(SinkLibrary library, ClientSettings settings, SinkBuffers buffers) {
        this.library = library;
        this.settings = settings;
        this.buffers = buffers;
        refused = new RefusedLines(buffers);
    }

    /** Sends all lines of the batch; called by the route of the sink. */
    public synchronized void send(LineBatch batch) throws Exception {
        if (client == null) {
            client = library.client(settings);
        }
        refused.write(batch, this);
    }

    @Override
    public void write(LineBatch lines) throws Exception {
        boolean sent = false;
        try {
            client.send(lines);
            sent = true;
        } finally {
            if (!sent) {
                client.close();
            }
        }
    }

    @Override
    public boolean isRefusal(Exception failure) {
        return failure instanceof LineRefused;
    }

    @Override
    public boolean setAside(LineBatch line, String reason) throws IOException {
        return buffers.setAside(line, reason);
    }

    @Override
    public String place() {
        return SinkBuffers.REFUSED;
    }
}
