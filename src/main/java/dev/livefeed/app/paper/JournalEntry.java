package dev.livefeed.app.paper;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A change of the account. Nothing changes it but these. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JournalEntry.Opened.class, name = "opened"),
    @JsonSubTypes.Type(value = JournalEntry.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = JournalEntry.Filled.class, name = "filled"),
    @JsonSubTypes.Type(value = JournalEntry.Triggered.class, name = "triggered"),
    @JsonSubTypes.Type(value = JournalEntry.Cancelled.class, name = "cancelled"),
    @JsonSubTypes.Type(value = JournalEntry.Signalled.class, name = "signalled"),
    @JsonSubTypes.Type(value = JournalEntry.Halted.class, name = "halted"),
    @JsonSubTypes.Type(value = JournalEntry.Paused.class, name = "paused"),
    @JsonSubTypes.Type(value = JournalEntry.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = JournalEntry.Day.class, name = "day"),
    @JsonSubTypes.Type(value = JournalEntry.Equity.class, name = "equity"),
    @JsonSubTypes.Type(value = JournalEntry.State.class, name = "state")
})
public sealed interface JournalEntry {

    /** The first entry of all. */
    record Opened(int format, String source, BigDecimal capital) implements JournalEntry {}

    /**
     * An order was accepted.
     *
     * @param ahead size that stood at its price in the book, where it may come to rest; null where unknown or not asked
     */
    record Accepted(PaperOrder order, BigDecimal ahead) implements JournalEntry {}

    record Filled(Fill fill) implements JournalEntry {}

    /** A trade at this price reached a stop. */
    record Triggered(long orderId, BigDecimal price) implements JournalEntry {}

    record Cancelled(long orderId, String reason) implements JournalEntry {}

    record Signalled(SignalOutcome outcome) implements JournalEntry {}

    /** A limit stopped the trading, until the next UTC day or until somebody resumes it. */
    record Halted(String reason) implements JournalEntry {}

    /** Somebody paused the strategies. */
    record Paused(String reason) implements JournalEntry {}

    /** Somebody resumed the strategies; a halt ends too, and the loss of the day counts anew. */
    record Resumed(BigDecimal equity) implements JournalEntry {}

    /** A UTC day began with this equity; a halt ends. */
    record Day(String day, BigDecimal equity) implements JournalEntry {}

    record Equity(EquityPoint point) implements JournalEntry {}

    /** Everything, at the beginning of a new file. */
    record State(
            int format,
            String source,
            BigDecimal capital,
            BigDecimal cash,
            long lastOrderId,
            String day,
            BigDecimal dayEquity,
            String halted,
            String paused,
            List<PaperPosition> positions,
            List<PaperOrder> open,
            List<PaperOrder> ended,
            List<Fill> fills,
            List<SignalOutcome> signals,
            List<EquityPoint> equity,
            Map<String, BigDecimal> marks)
            implements JournalEntry {}
}
