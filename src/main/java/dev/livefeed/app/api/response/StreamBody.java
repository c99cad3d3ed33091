package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.stream.StreamFigures;

/** Clients of the stream, and counters since the start. */
public record StreamBody(
        @JsonUnwrapped Clients clients,
        @JsonUnwrapped Messages messages,
        long droppedSlow,
        long droppedSilent,
        long commands,
        long badCommands) {

    public record Clients(int clients, long joined, long refused) {}

    public record Messages(long sent, long lost, long conflated) {}

    public static StreamBody of(StreamFigures figures) {
        return new StreamBody(
                new Clients(figures.clients(), figures.joined(), figures.refused()),
                new Messages(figures.sent(), figures.lost(), figures.conflated()),
                figures.slow(),
                figures.silent(),
                figures.commands(),
                figures.badCommands());
    }
}
