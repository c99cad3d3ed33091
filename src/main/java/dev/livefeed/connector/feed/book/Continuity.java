package dev.livefeed.connector.feed.book;

/** A venue's rule for which update of a book follows which, by their ids. */
@FunctionalInterface
public interface Continuity {

    /** What an update is to a book. */
    enum UpdateOrder {
        /** The book has it already. */
        OLD,
        NEXT,
        /** An update before it is missing; after a snapshot: the snapshot is too old. */
        GAP
    }

    /**
     * @param last last id that the book has
     * @param afterSnapshot whether no update was applied since the snapshot
     * @param first first id of the update
     * @param update last id of the update
     * @param previous last id of the update before it; -1 if it does not say
     */
    UpdateOrder judge(long last, boolean afterSnapshot, long first, long update, long previous);
}
