package dev.livefeed.connector.instrument;

import dev.livefeed.connector.feed.VenueCategory;
import java.io.IOException;
import java.util.List;

/** How a venue lists its instruments. */
public interface ListingSource {

    /**
     * The requests that list all instruments together.
     *
     * @param group group of the instruments, or null: see {@link VenueCategory#listedWith}
     */
    List<String> requests(VenueCategory category, String group);

    /** Weight of such a request. */
    default int weight(VenueCategory category) {
        return 1;
    }

    /**
     * Reads a page.
     *
     * @throws IOException if it cannot be read completely; the message says why
     */
    ListingPage read(VenueCategory category, byte[] body) throws IOException;

    /** The request for the page after this one, or null. */
    default String next(String request, ListingPage page) {
        return null;
    }

    /** The requests that look up a single symbol, to be sent in turn; none if the listings have all instruments. */
    default List<String> lookUps(VenueCategory category, String symbol) {
        return List.of();
    }

    /**
     * One page of a listing.
     *
     * @param cursor cursor of the next page, or empty
     * @param unread a sample of each row that could not be read
     */
    record ListingPage(List<ListedInstrument> rows, String cursor, List<String> unread) {}
}
