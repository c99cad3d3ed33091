package dev.livefeed.terminal.top;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An instrument; a program with one venue may leave out the venue, and one with one category the category. */
record InstrumentName(String venue, String category, String symbol) {

    static InstrumentName of(JsonNode message) {
        return new InstrumentName(
                message.path("venue").asText(""),
                message.path("category").asText(""),
                message.path("symbol").asText(""));
    }

    /** Whether both are the same, as far as both say. */
    boolean matches(InstrumentName other) {
        return symbol.equals(other.symbol)
                && (category.isEmpty() || other.category.isEmpty() || category.equals(other.category))
                && (venue.isEmpty() || other.venue.isEmpty() || venue.equals(other.venue));
    }

    /** As subscriptions name it. */
    String key() {
        return Stream.of(venue, category, symbol)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(":"));
    }
}
