package dev.livefeed.protocol.model;

/**
 * An event of one of the further types: an immutable record whose line is read and written by its {@link EventForm}, which
 * {@link EventForms} lists. Trades and depth have faster ways of their own.
 */
public interface TypedEvent extends Event {

    /** Product category such as {@code linear}, or null. */
    String category();

    /** Exchange time, microseconds since 1970. */
    long timestampMicros();

    /** Microseconds since 1970 at which the frame was read from the network. */
    long receivedAt();

    /** Made by a simulator, a stub or a replay: never to be shown as live. */
    boolean synthetic();

    /** Under which name events of its kind are counted: the type, or, where a symbol has several streams of it, each apart. */
    default String countedAs() {
        return type();
    }
}
