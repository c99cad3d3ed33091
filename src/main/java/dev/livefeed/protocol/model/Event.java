package dev.livefeed.protocol.model;

/** One line of a connector process, read and checked. */
public interface Event {

    /** The value of the line's {@code type} field: {@code trade}, {@code depth}, {@code status}, {@code error} or another. */
    String type();

    /** The instrument the event is about, or null where it is about none. */
    String symbol();
}
