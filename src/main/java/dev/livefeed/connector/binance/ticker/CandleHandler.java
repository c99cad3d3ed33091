package dev.livefeed.connector.binance.ticker;

import static dev.livefeed.connector.feed.FrameValues.require;

import dev.livefeed.connector.binance.stream.CombinedFrame;
import dev.livefeed.connector.binance.stream.DataFields;
import dev.livefeed.connector.binance.stream.StreamHandler;
import dev.livefeed.connector.binance.stream.VenueStream;
import dev.livefeed.connector.feed.CandleStream;
import dev.livefeed.connector.feed.FrameValues;
import dev.livefeed.connector.feed.KlineRow;
import dev.livefeed.connector.feed.UnreadableDataException;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.math.BigDecimal;
import java.util.List;

/** Emits the candles of one instrument and interval. */
public final class CandleHandler implements StreamHandler {

    private static final long LONGEST_CANDLE = 31L * 86_400_000L;

    private static final long AHEAD_MILLIS = 86_000_000L;

    /** A frame is not later than this on one of two connections; the time of one before it was wrong. */
    private static final long MOST_MILLIS_LATE = 10_000;

    private final VenueContext context;
    private final CandleStream candles;
    private long lastEvent;

    public CandleHandler(VenueContext context, InstrumentId instrument, KlineInterval interval) {
        this.context = context;
        this.candles = new CandleStream(context, instrument, interval);
    }

    @Override
    public void frame(CombinedFrame frame, long receivedAt, boolean synthetic) {
        KlineRow row;
        try {
            row = row(frame.fields, micros(frame) / 1_000L);
        } catch (UnreadableDataException e) {
            frame.unread.add(e.reason(), e.getMessage(), -1);
            candles.mayBeLost();
            return;
        }
        long event = frame.eventMillis();
        // While two connections overlap, an older state of the open candle may come later.
        boolean old = !row.closed() && event < lastEvent && lastEvent - event < MOST_MILLIS_LATE;
        if (old) {
            context.figures().repeatedCandles++;
            return;
        }
        lastEvent = event;
        candles.push(List.of(row), micros(frame), receivedAt, synthetic);
    }

    private long micros(CombinedFrame frame) {
        return frame.eventMillis() > 0 ? frame.eventMillis() * 1_000L : context.exchangeMicros();
    }

    private static KlineRow row(DataFields fields, long millis) throws UnreadableDataException {
        long start = fields.whole('t');
        long end = fields.whole('T');
        require(
                FrameValues.validMillis(start, millis + AHEAD_MILLIS) && end > start && end - start < LONGEST_CANDLE,
                UnreadableReason.TIME,
                "a candle starts before 2009 or a day ahead, or does not end after its start");
        BigDecimal open = fields.needed('o');
        BigDecimal high = fields.needed('h');
        BigDecimal low = fields.needed('l');
        BigDecimal close = fields.needed('c');
        BigDecimal volume = fields.neededSum('v');
        require(fields.isFlag('x'), UnreadableReason.FORM, "x, whether a candle is closed, is neither true nor false");
        require(
                Kline.sound(open, high, low, close),
                UnreadableReason.PRICES,
                "the prices of a candle are inconsistent");
        return new KlineRow(start, end, open, high, low, close, volume, fields.sum('q'), fields.flag('x'));
    }

    @Override
    public void unreadable(VenueStream stream, String why) {
        candles.mayBeLost();
    }

    @Override
    public void active(VenueStream stream) {
        candles.requested();
    }

    @Override
    public void ended(VenueStream stream) {
        candles.ended();
    }

    @Override
    public void tick() {
        candles.tick();
    }
}
