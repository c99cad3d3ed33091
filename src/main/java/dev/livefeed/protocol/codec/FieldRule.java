package dev.livefeed.protocol.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** What may stand in a field of a line, and how it is written. Without state: one instance serves all. */
interface FieldRule<T> {

    /**
     * Reads the value the parser stands on, which is not null, to its end.
     *
     * @param name of the field, for the reason
     * @param tools of the reading thread
     * @throws InvalidEventException where the value breaks the rule; the message names the field, the value and the rule
     */
    T read(JsonParser p, JsonToken value, String name, FieldTools tools) throws IOException, InvalidEventException;

    /** Writes the value, which is not null. */
    void write(JsonBuffer out, T value);
}
