package dev.livefeed.terminal.top;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.terminal.ExactJson;

/** A trade as the stream sends it; price and size have all digits. */
record TapeTrade(long time, String price, String qty, boolean buy, String marks) {

    static TapeTrade of(JsonNode message) {
        String marks = (message.path("late").asBoolean() ? "late " : "")
                + (message.path("block_trade").asBoolean() ? "block " : "")
                + (message.path("repaired").asBoolean() ? "repaired" : "");
        return new TapeTrade(
                message.path("timestamp").asLong(),
                ExactJson.text(message.path("price")),
                ExactJson.text(message.path("qty")),
                message.path("side").asText().equals("buy"),
                marks.strip());
    }

    boolean late() {
        return marks.startsWith("late");
    }
}
