package dev.livefeed.protocol.status;

import java.time.Instant;
import java.util.List;

/**
 * The exchange has announced a maintenance or a disturbance.
 *
 * @param announcement the exchange's id of it, or null
 * @param title for people, or null
 * @param state {@code scheduled}, {@code ongoing}, {@code completed} or {@code canceled}, or another word, or null
 * @param begin when it begins, or null
 * @param end when it is expected to end, or null
 * @param categories the product categories concerned, or null where it concerns all
 */
public record Maintenance(
        Head head,
        String announcement,
        String title,
        String state,
        Instant begin,
        Instant end,
        List<String> categories,
        Extras extras)
        implements Status {

    public static final String STATUS = "maintenance";
    public static final String CHANNEL = "system";

    private static final String ONGOING = "ongoing";
    private static final String COMPLETED = "completed";
    private static final String CANCELED = "canceled";

    /** Whether the exchange says that it has begun and is not over. */
    public boolean ongoing() {
        return ONGOING.equalsIgnoreCase(state);
    }

    /** Whether that state is an end. */
    public static boolean over(String state) {
        return COMPLETED.equalsIgnoreCase(state) || CANCELED.equalsIgnoreCase(state);
    }

    public Maintenance(
            Head head,
            String announcement,
            String title,
            String state,
            Instant begin,
            Instant end,
            List<String> categories) {
        this(head, announcement, title, state, begin, end, categories, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.maintenance(this);
    }
}
