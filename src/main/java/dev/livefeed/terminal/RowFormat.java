package dev.livefeed.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** How messages are printed. */
interface RowFormat {

    /** The text of a message with its line ends; empty if it has none in this format. */
    String rows(String json, JsonNode message) throws IOException;
}
