package dev.livefeed.protocol.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Parses, checks and writes one kind of field. Stateless: one instance serves all threads. */
interface FieldRule<T> {

    /**
     * Parses the current value, which is not null, to its end.
     *
     * @param name name of the field, for the error message
     * @param tools the tools of the current thread
     * @throws InvalidEventException if the value breaks the rule; the message names the field, the value and the rule
     */
    T read(JsonParser p, JsonToken value, String name, Tools tools) throws IOException, InvalidEventException;

    /** Writes the value, which is not null. */
    void write(JsonBuffer out, T value);

    /**
     * Objects used by rules that must not be shared between threads.
     *
     * @param decimals parses numbers
     * @param times parses and checks times
     */
    record Tools(DecimalParser decimals, TimestampParser times) {}
}
