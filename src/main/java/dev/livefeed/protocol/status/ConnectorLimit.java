package dev.livefeed.protocol.status;

/**
 * A limit of the connector or its exchange is nearly reached, reached, or not near any more, or its use has changed
 * meanwhile; see {@link Stage}. The reason says what is counted and what happens beyond it.
 *
 * @param category product category that it concerns, or null
 * @param limit its name, for example {@code connections}
 */
public record ConnectorLimit(Head head, String category, String limit, Long used, Long max, Extras extras)
        implements Status {

    public static final String STATUS = "limit";

    public ConnectorLimit(Head head, String category, String limit, Long used, Long max) {
        this(head, category, limit, used, max, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.connectorLimit(this);
    }

    /** How much of a limit is used. It is near from 80 % on, until less than 70 % are used. */
    public enum Stage {
        NONE,
        NEAR,
        REACHED;

        private static final int NEAR_PERCENT = 80;
        private static final int STILL_NEAR_PERCENT = 70;

        /** The stage that follows this one with the given use. */
        public Stage next(long used, long max) {
            if (used >= max) {
                return REACHED;
            }
            return used * 100 >= max * (this == NONE ? NEAR_PERCENT : STILL_NEAR_PERCENT) ? NEAR : NONE;
        }
    }
}
