package dev.livefeed.protocol.codec;

/** The fields of a line that was read, by the rules of its {@link EventForm}. */
interface FieldValues {

    /** The value of a required field, or of an optional one: null where it is missing. */
    <T> T get(EventForm.Field<?, T> field);

    /** The value, or this where it is missing. */
    default <T> T get(EventForm.Field<?, T> field, T otherwise) {
        T value = get(field);
        return value == null ? otherwise : value;
    }

    /** The symbol of the line, or the only configured one; null where the type is not about one symbol and none is there. */
    String symbol();

    /** Null where it is missing. */
    String category();

    long timestamp();

    /** Now, where it is missing. */
    long receivedAt();

    boolean synthetic();
}
