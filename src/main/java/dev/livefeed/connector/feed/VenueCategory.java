package dev.livefeed.connector.feed;

/** A product category of a venue. */
public interface VenueCategory {

    /** The name in events and commands: {@code linear}. */
    String text();

    /** The group that a symbol is listed with, such as the base coin of an option; null if all are listed together. */
    default String listedWith(String symbol) {
        return null;
    }

    /** Whether the symbol stands for all instruments of a group: the base coin of options. */
    default boolean standsForGroup(String symbol) {
        return false;
    }
}
