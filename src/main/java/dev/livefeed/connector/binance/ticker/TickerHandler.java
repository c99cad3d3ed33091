package dev.livefeed.connector.binance.ticker;

import dev.livefeed.connector.binance.stream.CombinedFrame;
import dev.livefeed.connector.binance.stream.DataFields;
import dev.livefeed.connector.binance.stream.StreamHandler;
import dev.livefeed.connector.binance.stream.StreamName;
import dev.livefeed.connector.binance.stream.VenueStream;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.sdk.output.LatestOutlet;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.TickerFigure;
import dev.livefeed.protocol.model.TickerFigures;
import java.math.BigDecimal;

/**
 * The ticker of one instrument: the best prices, the figures of the last 24 hours and, for futures, mark price and
 * funding, which come in streams of their own. It is emitted when one of them changes, at most every {@value
 * #PACE_MILLIS} ms: best prices alone may change a thousand times per second.
 */
public final class TickerHandler implements StreamHandler {

    static final int PACE_MILLIS = 100;

    private static final long PACE = PACE_MILLIS * 1_000_000L;

    /** A frame is not later than this on one of two connections; the time of one before it was wrong. */
    private static final long MOST_MILLIS_LATE = 10_000;

    private final VenueContext context;
    private final InstrumentId instrument;
    private final LatestOutlet outlet;
    private final TickerFigures.Builder figures = new TickerFigures.Builder();
    private long bookId = -1;
    private long tickerMillis;
    private long markMillis;
    private long nextFundingMicros = -1;
    private long timeMicros;
    private long receivedAt;
    private boolean synthetic;
    private boolean changed;
    private long emittedAt;

    public TickerHandler(VenueContext context, InstrumentId instrument) {
        this.context = context;
        this.instrument = instrument;
        this.outlet = context.outbox().latest();
        this.emittedAt = context.now() - PACE;
    }

    @Override
    public void frame(CombinedFrame frame, long frameReceivedAt, boolean isSynthetic) {
        DataFields fields = frame.fields;
        boolean news =
                switch (frame.stream.name().kind()) {
                    case BOOK_TICKER -> bookTicker(fields, frame.stream.overlapping());
                    case TICKER -> ticker(fields, frame.eventMillis());
                    case MARK_PRICE -> markPrice(fields, frame.eventMillis());
                    default -> false;
                };
        if (!news) {
            context.figures().repeats++;
            return;
        }
        // On spot the best prices come without a time.
        long micros = frame.timeMicros() > 0 ? frame.timeMicros() : context.exchangeMicros();
        timeMicros = isOlder(micros / 1_000L, timeMicros / 1_000L) ? timeMicros : micros;
        receivedAt = frameReceivedAt;
        synthetic = isSynthetic;
        changed = true;
        emitIfDue();
    }

    /** Whether a frame is older than the last one, by so little that the time of that one can be right. */
    private static boolean isOlder(long millis, long lastMillis) {
        return millis > 0 && millis <= lastMillis && lastMillis - millis < MOST_MILLIS_LATE;
    }

    /** Returns whether it is newer than what is known: while two connections overlap, frames come twice. */
    private boolean bookTicker(DataFields fields, boolean overlapping) {
        long id = fields.whole('u');
        if (id >= 0 && (id == bookId || (id < bookId && overlapping))) {
            return false;
        }
        BigDecimal bid = fields.price('b');
        BigDecimal bidQty = fields.sum('B');
        BigDecimal ask = fields.price('a');
        BigDecimal askQty = fields.sum('A');
        bookId = id;
        figures.set(TickerFigure.BID_PRICE, bid).set(TickerFigure.BID_QTY, bid == null ? null : bidQty);
        figures.set(TickerFigure.ASK_PRICE, ask).set(TickerFigure.ASK_QTY, ask == null ? null : askQty);
        return true;
    }

    private boolean ticker(DataFields fields, long millis) {
        if (isOlder(millis, tickerMillis)) {
            return false;
        }
        BigDecimal last = fields.price('c');
        BigDecimal open = fields.price('o');
        BigDecimal high = fields.price('h');
        BigDecimal low = fields.price('l');
        BigDecimal volume = fields.sum('v');
        BigDecimal turnover = fields.sum('q');
        BigDecimal percent = fields.figure('P');
        tickerMillis = millis > 0 ? millis : tickerMillis;
        figures.set(TickerFigure.LAST_PRICE, last)
                .set(TickerFigure.PREV_PRICE_24H, open)
                .set(TickerFigure.HIGH_PRICE_24H, high)
                .set(TickerFigure.LOW_PRICE_24H, low)
                .set(TickerFigure.VOLUME_24H, volume)
                .set(TickerFigure.TURNOVER_24H, turnover)
                .set(TickerFigure.CHANGE_24H, percent == null ? null : percent.movePointLeft(2));
        return true;
    }

    private boolean markPrice(DataFields fields, long millis) {
        if (isOlder(millis, markMillis)) {
            return false;
        }
        BigDecimal mark = fields.price('p');
        BigDecimal index = fields.price('i');
        BigDecimal funding = fields.figure('r');
        markMillis = millis > 0 ? millis : markMillis;
        figures.set(TickerFigure.MARK_PRICE, mark)
                .set(TickerFigure.INDEX_PRICE, index)
                .set(TickerFigure.FUNDING_RATE, funding);
        long next = fields.millis('T');
        nextFundingMicros = next > 0 ? next * 1_000L : -1;
        return true;
    }

    private void emitIfDue() {
        long now = context.now();
        if (!changed || now - emittedAt < PACE) {
            return;
        }
        TickerFigures all = figures.build();
        if (all.isEmpty()) {
            return;
        }
        changed = false;
        emittedAt = now;
        outlet.emit(new Ticker(instrument, timeMicros, all, nextFundingMicros, -1, receivedAt, synthetic));
    }

    @Override
    public void unreadable(VenueStream stream, String why) {}

    @Override
    public void active(VenueStream stream) {}

    /** What its stream said is not current any more. */
    @Override
    public void ended(VenueStream stream) {
        StreamName.Kind kind = stream.name().kind();
        if (kind == StreamName.Kind.BOOK_TICKER) {
            for (TickerFigure figure : new TickerFigure[] {
                TickerFigure.BID_PRICE, TickerFigure.BID_QTY, TickerFigure.ASK_PRICE, TickerFigure.ASK_QTY
            }) {
                figures.set(figure, null);
            }
            // The venue may count from the beginning after a restart.
            bookId = -1;
        } else if (kind == StreamName.Kind.TICKER) {
            tickerMillis = 0;
        } else {
            markMillis = 0;
        }
        outlet.discard();
    }

    @Override
    public void tick() {
        emitIfDue();
    }
}
