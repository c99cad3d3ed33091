package dev.livefeed.connector.binance.ticker;

import dev.livefeed.connector.binance.stream.CombinedFrame;
import dev.livefeed.connector.binance.stream.DataFields;
import dev.livefeed.connector.binance.stream.StreamHandler;
import dev.livefeed.connector.binance.stream.VenueStream;
import dev.livefeed.connector.feed.LiquidationSeries;
import dev.livefeed.connector.feed.UnreadableDataException;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Emits the liquidations of one instrument. The venue sends only the last one of each second. They have no id: while
 * two connections overlap, two with the same figures are one.
 */
public final class LiquidationHandler implements StreamHandler {

    private static final int MAX_SEEN = 64;

    private final VenueContext context;
    private final InstrumentId instrument;
    private final LiquidationSeries series;
    private final Map<List<Object>, Boolean> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, Boolean> eldest) {
            return size() > MAX_SEEN;
        }
    };

    public LiquidationHandler(VenueContext context, InstrumentId instrument) {
        this.context = context;
        this.instrument = instrument;
        this.series = new LiquidationSeries(context, instrument);
    }

    @Override
    public void frame(CombinedFrame frame, long receivedAt, boolean synthetic) {
        long micros = frame.timeMicros() > 0 ? frame.timeMicros() : context.exchangeMicros();
        try {
            Liquidation liquidation = liquidation(frame.fields, micros, receivedAt, synthetic);
            List<Object> identity =
                    List.of(liquidation.timestampMicros(), liquidation.side(), liquidation.price(), liquidation.qty());
            boolean twice = seen.put(identity, true) != null && frame.stream.overlapping();
            series.push(twice ? List.of() : List.of(liquidation), micros, null);
        } catch (UnreadableDataException e) {
            frame.unread.add(e.reason(), e.getMessage(), -1);
            series.push(List.of(), micros, "a liquidation could not be read: " + e.getMessage());
        }
    }

    private Liquidation liquidation(DataFields fields, long micros, long receivedAt, boolean synthetic)
            throws UnreadableDataException {
        String side = fields.text('S');
        if (!"BUY".equals(side) && !"SELL".equals(side)) {
            throw new UnreadableDataException(UnreadableReason.SIDE, "S is " + side + ", must be BUY or SELL");
        }
        long millis = fields.millis('T');
        return new Liquidation(
                instrument,
                millis > 0 ? millis * 1_000L : micros,
                fields.needed('p'),
                fields.needed('q'),
                "BUY".equals(side) ? Side.BUY : Side.SELL,
                receivedAt,
                synthetic);
    }

    @Override
    public void unreadable(VenueStream stream, String why) {
        series.suspect(why);
    }

    @Override
    public void active(VenueStream stream) {
        series.active();
    }

    @Override
    public void ended(VenueStream stream) {
        series.ended();
    }

    @Override
    public void tick() {
        series.tick();
    }
}
