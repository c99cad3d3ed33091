package dev.livefeed.protocol.model;

/**
 * An error reported by a connector: the protocol's {@code error} line.
 *
 * @param error text for people
 * @param code the exchange's or the connector's code, or null
 * @param symbol instrument, or null
 * @param category product category of the symbol, or null
 * @param channel {@code trades}, {@code depth} or another, or null
 * @param id id of the command that failed, or null
 * @param fatal whether the connector will exit because of it
 * @param venue of the source that the line is from, which the line does not contain; null if it is not known
 */
public record Failure(
        String error,
        String code,
        String symbol,
        String category,
        String channel,
        String id,
        boolean fatal,
        String venue)
        implements Event {

    public static final String TYPE = "error";

    /** The code of a command that the connector, or its venue, cannot do at all: asking again is of no use. */
    public static final String UNSUPPORTED = "unsupported";

    public Failure(String error, String code, String symbol, String channel, String id, boolean fatal) {
        this(error, code, symbol, null, channel, id, fatal);
    }

    public Failure(
            String error, String code, String symbol, String category, String channel, String id, boolean fatal) {
        this(error, code, symbol, category, channel, id, fatal, null);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
