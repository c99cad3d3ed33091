package dev.livefeed.connector.binance.trade;

import dev.livefeed.connector.binance.stream.CombinedFrame;
import dev.livefeed.connector.binance.stream.StreamHandler;
import dev.livefeed.connector.binance.stream.VenueStream;
import dev.livefeed.connector.feed.trade.TradeSequence;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;

/** Passes the trades of a stream to the sequence of its instrument. */
public final class TradeHandler implements StreamHandler {

    private final InstrumentId instrument;
    private final TradeSequence sequence;

    public TradeHandler(InstrumentId instrument, TradeSequence sequence) {
        this.instrument = instrument;
        this.sequence = sequence;
    }

    public TradeSequence sequence() {
        return sequence;
    }

    @Override
    public void frame(CombinedFrame frame, long receivedAt, boolean synthetic) {
        if (sequence.isNew(frame.id, frame.timeMicros())) {
            sequence.live(frame.id, trade(frame, receivedAt, synthetic));
        }
    }

    private Trade trade(CombinedFrame frame, long receivedAt, boolean synthetic) {
        return new Trade(
                instrument,
                Long.toString(frame.id),
                frame.timeMicros(),
                BigDecimal.valueOf(frame.price, frame.priceScale),
                BigDecimal.valueOf(frame.qty, frame.qtyScale),
                // The buyer was the maker, so the taker sold.
                frame.buyerIsMaker ? Side.SELL : Side.BUY,
                -1,
                false,
                false,
                receivedAt,
                synthetic,
                false,
                false);
    }

    /** The next id shows which trades are missing. */
    @Override
    public void unreadable(VenueStream stream, String why) {
        sequence.unreadable();
    }

    @Override
    public void active(VenueStream stream) {
        sequence.active();
    }

    @Override
    public void ended(VenueStream stream) {
        sequence.ended();
    }

    @Override
    public void tick() {
        sequence.tick();
    }
}
