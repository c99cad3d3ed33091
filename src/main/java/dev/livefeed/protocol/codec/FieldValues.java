package dev.livefeed.protocol.codec;

import dev.livefeed.protocol.model.InstrumentId;

/** The parsed fields of a line. */
interface FieldValues {

    /** The value of a field; null if an optional one is missing. */
    <T> T get(EventForm.Field<?, T> field);

    /** The value, or a default if it is missing. */
    default <T> T get(EventForm.Field<?, T> field, T otherwise) {
        T value = get(field);
        return value == null ? otherwise : value;
    }

    /**
     * The instrument of the line, or the only configured one; null if the type is not about one symbol and none is
     * given.
     */
    InstrumentId instrument();

    /** The symbol of the instrument, or null. */
    String symbol();

    /** Null if missing. */
    String category();

    long timestamp();

    /** The current time if missing. */
    long receivedAt();

    boolean synthetic();
}
