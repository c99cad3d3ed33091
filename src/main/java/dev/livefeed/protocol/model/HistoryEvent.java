package dev.livefeed.protocol.model;

/**
 * A past event that the application requested with a {@code history} command: the line carries {@code "history":true}.
 * It has a type of its own, so that nothing that handles live events can take it for one.
 *
 * @param event what happened then
 */
public record HistoryEvent(Event event) implements Event {

    public static final String TYPE = "history";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String venue() {
        return event.venue();
    }

    @Override
    public String symbol() {
        return event.symbol();
    }
}
