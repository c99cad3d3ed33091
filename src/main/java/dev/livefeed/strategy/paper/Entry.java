package dev.livefeed.strategy.paper;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A change of the account. Nothing changes it but these. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Entry.Opened.class, name = "opened"),
    @JsonSubTypes.Type(value = Entry.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = Entry.Filled.class, name = "filled"),
    @JsonSubTypes.Type(value = Entry.Triggered.class, name = "triggered"),
    @JsonSubTypes.Type(value = Entry.Cancelled.class, name = "cancelled"),
    @JsonSubTypes.Type(value = Entry.Signalled.class, name = "signalled"),
    @JsonSubTypes.Type(value = Entry.Halted.class, name = "halted"),
    @JsonSubTypes.Type(value = Entry.Paused.class, name = "paused"),
    @JsonSubTypes.Type(value = Entry.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = Entry.Day.class, name = "day"),
    @JsonSubTypes.Type(value = Entry.Equity.class, name = "equity"),
    @JsonSubTypes.Type(value = Entry.State.class, name = "state")
})
public sealed interface Entry {

    /** The first entry of all. */
    record Opened(int format, String source, BigDecimal capital) implements Entry {}

    /**
     * An order was accepted.
     *
     * @param ahead size that stood at its price in the book, where it may come to rest; null where unknown or not asked
     */
    record Accepted(Order order, BigDecimal ahead) implements Entry {}

    record Filled(Fill fill) implements Entry {}

    /** A trade at this price reached a stop. */
    record Triggered(long orderId, BigDecimal price) implements Entry {}

    record Cancelled(long orderId, String reason) implements Entry {}

    record Signalled(SignalOutcome outcome) implements Entry {}

    /** A limit stopped the trading, until the next UTC day or until somebody resumes it. */
    record Halted(String reason) implements Entry {}

    /** Somebody paused the strategies. */
    record Paused(String reason) implements Entry {}

    /** Somebody resumed the strategies; a halt ends too, and the loss of the day counts anew. */
    record Resumed(BigDecimal equity) implements Entry {}

    /** A UTC day began with this equity; a halt ends. */
    record Day(String day, BigDecimal equity) implements Entry {}

    record Equity(EquityPoint point) implements Entry {}

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
            List<Position> positions,
            List<Order> open,
            List<Order> ended,
            List<Fill> fills,
            List<SignalOutcome> signals,
            List<EquityPoint> equity,
            Map<String, BigDecimal> marks)
            implements Entry {}
}
