package dev.livefeed.connector.feed.stream;

/** A stream of the venue, as those see it who handle its data. */
public interface CarriedStream {

    /**
     * Whether two connections may carry the stream, one of which is to replace the other: frames may come twice, and
     * out of order.
     */
    boolean overlapping();

    /** Whether the server of its connection reports its data as synthetic. */
    boolean synthetic();

    /** Whether its instrument is in a phase with data, as far as that is known. */
    boolean expectsData();
}
