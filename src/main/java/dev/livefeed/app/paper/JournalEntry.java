package dev.livefeed.app.paper;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.protocol.model.InstrumentId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A change of the account. The account changes only by entries. */
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

    /** Calls the case of this kind. */
    void accept(Visitor visitor, long atMicros);

    /** Whether a journal may start with it: it does not depend on earlier entries. */
    default boolean startsJournal() {
        return false;
    }

    /** A case for each kind of entry, with the entry's event time. */
    interface Visitor {

        void opened(Opened entry, long atMicros);

        void accepted(Accepted entry, long atMicros);

        void filled(Filled entry, long atMicros);

        void triggered(Triggered entry, long atMicros);

        void cancelled(Cancelled entry, long atMicros);

        void signalled(Signalled entry, long atMicros);

        void halted(Halted entry, long atMicros);

        void paused(Paused entry, long atMicros);

        void resumed(Resumed entry, long atMicros);

        void day(Day entry, long atMicros);

        void equity(Equity entry, long atMicros);

        void state(State entry, long atMicros);
    }

    /** The first entry of a journal. */
    record Opened(int format, String source, BigDecimal capital) implements JournalEntry {

        @Override
        public void accept(Visitor visitor, long atMicros) {
            visitor.opened(this, atMicros);
        }

        @Override
        public boolean startsJournal() {
            return true;
        }
    }

    /**
     * An order was accepted.
     *
     * @param ahead quantity ahead of it in the book at its price; null if unknown or if it cannot rest
     */
    record Accepted(PaperOrder order, BigDecimal ahead) implements JournalEntry {

        @Override
        public void accept(Visitor visitor, long atMicros) {
            visitor.accepted(this, atMicros);
        }
    }

    record Filled(Fill fill) implements JournalEntry {

        @Override
        public void accept(Visitor visitor, long atMicros) {
            visitor.filled(this, atMicros);
        }
    }

    /** A trade at this price triggered a stop order. */
    record Triggered(long orderId, BigDecimal price) implements JournalEntry {

        @Override
        public void accept(Visitor visitor, long atMicros) {
            visitor.triggered(this, atMicros);
        }
    }

    record Cancelled(long orderId, String reason) implements JournalEntry {

        @Override
        public void accept(Visitor visitor, long atMicros) {
            visitor.cancelled(this, atMicros);
        }
    }

    record Signalled(SignalOutcome outcome) implements JournalEntry {

        @Override
        public void accept(Visitor visitor, long atMicros) {
            visitor.signalled(this, atMicros);
        }
    }

    /** A risk limit halted trading until the next UTC day or a resume. */
    record Halted(String reason) implements JournalEntry {

        @Override
        public void accept(Visitor visitor, long atMicros) {
            visitor.halted(this, atMicros);
        }
    }

    /** The strategies were paused. */
    record Paused(String reason) implements JournalEntry {

        @Override
        public void accept(Visitor visitor, long atMicros) {
            visitor.paused(this, atMicros);
        }
    }

    /** The strategies were resumed: a halt ends too, and the daily loss counts from this equity. */
    record Resumed(BigDecimal equity) implements JournalEntry {

        @Override
        public void accept(Visitor visitor, long atMicros) {
            visitor.resumed(this, atMicros);
        }
    }

    /** A UTC day started with this equity; a halt ends. */
    record Day(String day, BigDecimal equity) implements JournalEntry {

        @Override
        public void accept(Visitor visitor, long atMicros) {
            visitor.day(this, atMicros);
        }
    }

    record Equity(EquityPoint point) implements JournalEntry {

        @Override
        public void accept(Visitor visitor, long atMicros) {
            visitor.equity(this, atMicros);
        }
    }

    /**
     * The whole state, at the start of a new file.
     *
     * @param marks last prices by instrument
     */
    record State(
            int format,
            @JsonUnwrapped Funds funds,
            @JsonUnwrapped TradingDay tradingDay,
            List<PaperPosition> positions,
            @JsonUnwrapped Orders orders,
            @JsonUnwrapped History history,
            Map<InstrumentId, BigDecimal> marks)
            implements JournalEntry {

        @Override
        public void accept(Visitor visitor, long atMicros) {
            visitor.state(this, atMicros);
        }

        @Override
        public boolean startsJournal() {
            return true;
        }

        public String source() {
            return funds.source();
        }

        public BigDecimal capital() {
            return funds.capital();
        }

        public BigDecimal cash() {
            return funds.cash();
        }

        /** The UTC day, or null before the first event. */
        public String day() {
            return tradingDay.day();
        }

        public BigDecimal dayEquity() {
            return tradingDay.dayEquity();
        }

        /** Why trading is halted, or null. */
        public String halted() {
            return tradingDay.halted();
        }

        /** Why the strategies are paused, or null. */
        public String paused() {
            return tradingDay.paused();
        }

        public long lastOrderId() {
            return orders.lastOrderId();
        }

        /** The open orders, oldest first. */
        public List<PaperOrder> open() {
            return orders.open();
        }

        /** The last ended orders, oldest first. */
        public List<PaperOrder> ended() {
            return orders.ended();
        }

        /** The last fills, oldest first. */
        public List<Fill> fills() {
            return history.fills();
        }

        /** The last signals, oldest first. */
        public List<SignalOutcome> signals() {
            return history.signals();
        }

        /** The equity curve, oldest first. */
        public List<EquityPoint> equity() {
            return history.equity();
        }
    }

    /** The source of the data, the cash at the start and now. */
    record Funds(String source, BigDecimal capital, BigDecimal cash) {}

    /**
     * The current UTC day and what restricts trading.
     *
     * @param dayEquity equity from which the daily loss counts
     * @param halted why trading is halted, or null
     * @param paused why the strategies are paused, or null
     */
    record TradingDay(String day, BigDecimal dayEquity, String halted, String paused) {}

    /** The orders, each list oldest first. */
    record Orders(long lastOrderId, List<PaperOrder> open, List<PaperOrder> ended) {}

    /** The last fills, signals and points of the equity curve, oldest first. */
    record History(List<Fill> fills, List<SignalOutcome> signals, List<EquityPoint> equity) {}
}
