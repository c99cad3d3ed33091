package dev.livefeed.protocol.model;

/**
 * An event of one of the other types: an immutable record whose line is read and written by its {@link EventForm},
 * listed in {@link EventForms}. Trades and depth have faster code of their own.
 */
public interface TypedEvent extends Event {

    @Override
    String category();

    /** The instrument that the event is about, or null. */
    default InstrumentId instrument() {
        return symbol() == null ? null : InstrumentId.of(null, category(), symbol());
    }

    @Override
    default String venue() {
        InstrumentId instrument = instrument();
        return instrument == null ? null : instrument.venue();
    }

    /** Exchange time, microseconds since 1970. */
    long timestampMicros();

    /** Microseconds since 1970 at which the frame was read from the network. */
    long receivedAt();

    /** Whether it was made by a simulator, a stub or a replay; never shown as live. */
    boolean synthetic();

    /** The type of its line, which events of several types may share. */
    default String lineType() {
        return type();
    }

    /**
     * The name under which such events are counted: the type, or the channel if a symbol has several streams of the
     * type.
     */
    default String countedAs() {
        return type();
    }
}
