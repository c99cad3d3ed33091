package dev.livefeed.protocol.status;

/**
 * A limit of the connector or its exchange is nearly reached (from 80 % on), reached, or not near any more. The reason
 * says what is counted and what happens beyond it.
 *
 * @param category product category that it concerns, or null
 * @param limit its name, for example {@code connections}
 */
public record ConnectorLimit(Head head, String category, String limit, Long used, Long max, Extras extras)
        implements Status {

    public static final String STATUS = "limit";

    private static final int NEAR_PERCENT = 80;

    public ConnectorLimit(Head head, String category, String limit, Long used, Long max) {
        this(head, category, limit, used, max, Extras.NONE);
    }

    /** Whether that many are at least 80 % of the limit. */
    public static boolean near(long used, long max) {
        return used * 100 >= max * NEAR_PERCENT;
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.connectorLimit(this);
    }
}
