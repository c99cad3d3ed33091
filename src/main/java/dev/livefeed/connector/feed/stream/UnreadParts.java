package dev.livefeed.connector.feed.stream;

import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.util.ArrayList;
import java.util.List;

/** The rows, levels and fields of one frame that could not be read; all others of the frame are used. */
public final class UnreadParts {

    /** Maximum number of trades that are kept individually; the count includes the others. */
    private static final int MAX_TRADES = 1_000;

    private static final UnreadableReason[] REASONS = UnreadableReason.values();

    private final int[] counts = new int[REASONS.length];
    private final List<UnreadTrade> trades = new ArrayList<>();
    private int total;
    private int fields;
    private int row = -1;
    private String cause;
    private boolean unknownLevel;
    private int shortened;

    /**
     * A trade that could not be read.
     *
     * @param before number of good trades before it in the frame
     * @param symbol null if that could not be read either
     * @param id null if that could not be read either
     * @param timeMillis 0 if that could not be read either
     */
    public record UnreadTrade(int before, String symbol, String id, long timeMillis) {}

    public void clear() {
        shortened = 0;
        if (total == 0) {
            return;
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] = 0;
        }
        trades.clear();
        total = 0;
        fields = 0;
        row = -1;
        cause = null;
        unknownLevel = false;
    }

    /** @param index index of the row in the frame's list, or -1 */
    public void add(UnreadableReason reason, String why, int index) {
        counts[reason.ordinal()]++;
        if (total++ == 0) {
            cause = why;
            row = index;
        }
    }

    /** An optional field of a row that is used without it. */
    public void addField(UnreadableReason reason, String why, int index) {
        add(reason, why, index);
        fields++;
    }

    public void add(UnreadTrade trade) {
        if (trades.size() < MAX_TRADES) {
            trades.add(trade);
        }
    }

    /** A size has lost the digits after its 18th. */
    public void shortened() {
        shortened++;
    }

    /** Number of sizes that have lost the digits after their 18th. */
    public int shortenedSizes() {
        return shortened;
    }

    /** A level of the book is unknown from here on. */
    public void unknownLevel() {
        unknownLevel = true;
    }

    public boolean any() {
        return total > 0;
    }

    /** Whether there is something to report. */
    public boolean noteworthy() {
        return total > 0 || shortened > 0;
    }

    public int total() {
        return total;
    }

    /** Those of them that are optional fields of rows that are used. */
    public int fields() {
        return fields;
    }

    public int count(UnreadableReason reason) {
        return counts[reason.ordinal()];
    }

    /** Why the first of them could not be read. */
    public String cause() {
        return cause;
    }

    /** What the log says of them; only if there is something to report. */
    public String summary() {
        return any() ? cause : "a size has more than 18 digits; those after the 18th are left out";
    }

    /** Index of the first unreadable row in the frame's list, or -1 if it was not a row. */
    public int row() {
        return row;
    }

    /** Whether the frame changed a level of the book without saying clearly which one, or to what. */
    public boolean hidesLevel() {
        return unknownLevel;
    }

    public List<UnreadTrade> trades() {
        return trades;
    }
}
