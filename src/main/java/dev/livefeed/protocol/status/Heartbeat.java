package dev.livefeed.protocol.status;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * A sign of life of the connector process, with the figures that the protocol names. Figures that it does not name, or
 * that have another form, are among the extras; {@link #details} has all of them.
 */
public record Heartbeat(
        Head head,
        ClockFigures clock,
        BookCounts books,
        HistoryFigures history,
        ReplayFigures replay,
        UnreadableFigures unreadable,
        Extras extras)
        implements Status {

    public static final String STATUS = "heartbeat";

    /** Figure that counts the rows, levels and fields which the connector could not read. */
    public static final String UNREADABLE = "unreadable_rows";

    /** @param figures whatever the connector counts and measures, by name */
    public static Heartbeat of(Head head, Map<String, Object> figures) {
        return (Heartbeat) Status.of(STATUS, head, figures);
    }

    /**
     * The exchange's clock.
     *
     * @param clockOffsetMs how far it is ahead of the local clock, in milliseconds, or null if it is not measured
     * @param clockUncertaintyMs by how much that may be wrong, or null where the connector does not say
     */
    public record ClockFigures(Double clockOffsetMs, Double clockUncertaintyMs) {}

    /**
     * The books that are subscribed; null where the connector does not say.
     *
     * @param snapshotsWaiting number that wait for a snapshot
     * @param books number that are wanted
     * @param booksSynced number that are known to be right
     */
    public record BookCounts(Long snapshotsWaiting, Long books, Long booksSynced) {}

    /**
     * Requests for history.
     *
     * @param historyOpen number that the connector works on, or null
     * @param historyCircuit state of their circuit breaker, or null if it is not reported
     */
    public record HistoryFigures(Long historyOpen, String historyCircuit) {

        /** Whether the connector works on a request. */
        public boolean working() {
            return historyOpen != null && historyOpen > 0;
        }
    }

    /**
     * How far the replay of a recording is; null where the connector does not say.
     *
     * @param replay its state, a word of {@link ReplayStatus}; null if nothing is replayed
     * @param replayFile that is being read
     * @param replayPosition time of the last event played
     * @param replayShare part that has been played, 0 to 1
     * @param replayLines number of lines read
     * @param replayUnusableLines number of lines that could not be used
     */
    public record ReplayFigures(
            String replay,
            String replayFile,
            Instant replayPosition,
            Double replayShare,
            Long replayLines,
            Long replayUnusableLines) {

        public static final ReplayFigures NONE = new ReplayFigures(null, null, null, null, null, null);
    }

    /**
     * Rows, levels and fields that the connector could not read.
     *
     * @param unreadableRows all of them, or null where the connector does not say
     */
    public record UnreadableFigures(Long unreadableRows, UnreadableByReason byReason) {

        /** Number for a reason of the protocol. */
        public long of(UnreadableReason reason) {
            return number(byReason.of(reason));
        }

        /** Number for reasons that the protocol does not name. */
        public long otherwise() {
            long named =
                    Arrays.stream(UnreadableReason.values()).mapToLong(this::of).sum();
            return Math.max(0, number(unreadableRows) - named);
        }

        private static long number(Long figure) {
            return figure == null ? 0 : figure;
        }
    }

    /** Their number for each {@link UnreadableReason}, or null where the connector does not say. */
    public record UnreadableByReason(
            Long unreadableRowsForm,
            Long unreadableRowsTime,
            Long unreadableRowsNumber,
            Long unreadableRowsSide,
            Long unreadableRowsId,
            Long unreadableRowsSymbol,
            Long unreadableRowsScale,
            Long unreadableRowsPrices) {

        private Long of(UnreadableReason reason) {
            return switch (reason) {
                case FORM -> unreadableRowsForm;
                case TIME -> unreadableRowsTime;
                case NUMBER -> unreadableRowsNumber;
                case SIDE -> unreadableRowsSide;
                case ID -> unreadableRowsId;
                case SYMBOL -> unreadableRowsSymbol;
                case SCALE -> unreadableRowsScale;
                case PRICES -> unreadableRowsPrices;
            };
        }
    }

    /** Why a part of a frame or response cannot be read. */
    public enum UnreadableReason {
        /** It does not have the expected structure. */
        FORM,
        TIME,
        NUMBER,
        SIDE,
        ID,
        /** It names another instrument than its topic, or none where the topic has several. */
        SYMBOL,
        /** Each number is valid, but those of one side of a book have no common scale. */
        SCALE,
        /** The prices of a candle contradict each other. */
        PRICES;

        /** Figure that counts what could not be read for this reason. */
        public String figure() {
            return UNREADABLE + '_' + this;
        }

        /** Name in figures and metrics. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.heartbeat(this);
    }
}
