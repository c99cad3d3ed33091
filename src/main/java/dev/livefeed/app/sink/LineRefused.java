package dev.livefeed.app.sink;

import java.io.IOException;

/** A server will never take one of the lines of a batch, such as one that is too long for it. */
public final class LineRefused extends IOException {

    private static final long serialVersionUID = 1;

    /** It is not known which line it was. */
    public static final int UNKNOWN = -1;

    private final int index;

    /** @param index of the line in the batch, or {@link #UNKNOWN}; those before it may have been taken or not */
    public LineRefused(int index, String reason) {
        super(reason);
        this.index = index;
    }

    public int index() {
        return index;
    }
}
