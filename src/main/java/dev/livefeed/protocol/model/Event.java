package dev.livefeed.protocol.model;

/** A parsed and validated line of a connector process. */
public interface Event {

    /** The line's {@code type}: {@code trade}, {@code depth}, {@code status}, {@code error} or another. */
    String type();

    /** The instrument that the event is about, or null. */
    String symbol();

    /** Product category such as {@code linear}, or null. */
    default String category() {
        return null;
    }

    /** The venue that the event is from, or null. */
    default String venue() {
        return null;
    }

    /**
     * What a message system keeps in order: {@code linear:BTCUSDT}, without the category if it is not known, and the
     * type for an event that is about no instrument. Never null.
     */
    default String key() {
        return symbol() == null ? type() : InstrumentId.market(category(), symbol());
    }
}
