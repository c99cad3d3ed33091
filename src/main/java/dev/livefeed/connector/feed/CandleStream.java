package dev.livefeed.connector.feed;

import dev.livefeed.connector.sdk.output.LatestOutlet;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status.Head;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Emits the candles of one instrument and interval as the venue pushes them.
 *
 * <p>If the reader of the lines is slow, only the latest push of an open candle is kept; the push that closes a candle
 * is never replaced. A closed candle that the venue repeats is emitted once; one with other figures follows as a
 * correction. Candles that closed during an outage are announced as a {@code gap}; the venue's REST interface
 * has them.
 */
public final class CandleStream {

    /** The push that closes a candle may arrive this much later than the first push of the next candle. */
    private static final long LATE_NANOS = 5_000_000_000L;

    /** Number of closed candles that are compared with later pushes. */
    private static final int MAX_CLOSED = 10;

    private final InstrumentId instrument;
    private final VenueContext context;
    private final KlineInterval interval;
    private final LatestOutlet outlet;

    /** Start of the last emitted candle, in milliseconds; -1 before the first. */
    private long start = -1;

    private long end;
    private boolean closed;

    /** The last closed candles, by start. */
    private final Map<Long, KlineRow> closedRows = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, KlineRow> eldest) {
            return size() > MAX_CLOSED;
        }
    };

    /** Whether pushes may have been missed since then. */
    private boolean pushesMayBeLost;

    /**
     * Start of the first candle that was followed by a later one without being closed, in milliseconds; -1 if there is
     * none.
     */
    private long missingFrom = -1;

    private long missingUntil = -1;
    private long missingSince;

    public CandleStream(VenueContext context, InstrumentId instrument, KlineInterval interval) {
        this.context = context;
        this.instrument = instrument;
        this.interval = interval;
        this.outlet = context.outbox().latest();
    }

    /** Candles of a frame, oldest first. */
    public void push(List<KlineRow> rows, long timeMicros, long receivedAt, boolean synthetic) {
        for (KlineRow row : rows) {
            KlineRow before = closedRows.get(row.startMillis());
            if (before != null && (!row.closed() || before.sameFigures(row))) {
                context.figures().repeatedCandles++;
                continue;
            }
            follow(row);
            Kline kline = kline(row, before != null, timeMicros, receivedAt, synthetic);
            if (row.closed()) {
                if (row.startMillis() == start) {
                    outlet.discard();
                }
                closedRows.put(row.startMillis(), row);
                context.figures().correctedCandles += before == null ? 0 : 1;
                context.outbox().kept(kline);
            } else {
                outlet.emit(kline);
            }
        }
    }

    private void follow(KlineRow row) {
        if (row.closed() && missingFrom >= 0 && row.startMillis() >= missingFrom && row.startMillis() <= missingUntil) {
            found(row);
        }
        if (!row.closed() && row.startMillis() < start) {
            // An open candle is the newest one, so the start of the last one was wrong.
            start = -1;
            missingFrom = -1;
        }
        if (row.startMillis() > start && start >= 0) {
            boolean skipped = row.startMillis() > end + 1;
            if (!closed || (skipped && pushesMayBeLost)) {
                missing(closed ? end + 1 : start, row.startMillis() - 1);
            }
        }
        pushesMayBeLost = false;
        if (row.startMillis() >= start) {
            start = row.startMillis();
            end = row.endMillis();
            closed = row.closed();
        }
    }

    /** A missing candle has closed late. */
    private void found(KlineRow row) {
        if (row.startMillis() == missingFrom) {
            missingFrom = row.endMillis() < missingUntil ? row.endMillis() + 1 : -1;
        } else if (row.endMillis() >= missingUntil) {
            missingUntil = row.startMillis() - 1;
        }
    }

    private void missing(long from, long until) {
        if (missingFrom < 0) {
            missingFrom = from;
            missingSince = context.now();
        }
        missingUntil = until;
        if (pushesMayBeLost) {
            gap();
        }
    }

    private void gap() {
        context.figures().klineGaps++;
        context.outbox()
                .status(new Gap(
                        Head.of(
                                context.connector(),
                                instrument.symbol(),
                                interval.channel(),
                                "candles closed unseen; they are available from the venue's REST interface"),
                        instrument.category(),
                        Instant.ofEpochMilli(missingFrom),
                        Instant.ofEpochMilli(missingUntil),
                        null));
        missingFrom = -1;
        missingUntil = -1;
    }

    private Kline kline(KlineRow row, boolean correction, long timeMicros, long receivedAt, boolean synthetic) {
        return new Kline(
                instrument,
                timeMicros,
                interval,
                row.startMillis() * 1_000L,
                row.endMillis() * 1_000L,
                row.open(),
                row.high(),
                row.low(),
                row.close(),
                row.volume(),
                row.turnover(),
                row.closed(),
                correction,
                receivedAt,
                synthetic);
    }

    /** A push may have been lost. */
    public void mayBeLost() {
        pushesMayBeLost = true;
    }

    /** The candles are subscribed again. */
    public void requested() {
        outlet.discard();
    }

    /** The subscription has ended. */
    public void ended() {
        pushesMayBeLost = true;
        outlet.discard();
    }

    /** Called at a regular interval. */
    public void tick() {
        if (missingFrom >= 0 && context.now() - missingSince > LATE_NANOS) {
            gap();
        }
    }
}
