package dev.livefeed.protocol.model;

/** A parsed and validated line of a connector process. */
public interface Event {

    /** The line's {@code type}: {@code trade}, {@code depth}, {@code status}, {@code error} or another. */
    String type();

    /** The instrument that the event is about, or null. */
    String symbol();
}
