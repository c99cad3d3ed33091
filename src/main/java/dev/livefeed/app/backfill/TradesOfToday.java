package dev.livefeed.app.backfill;

import dev.livefeed.app.backfill.HistoryException.Kind;
import dev.livefeed.app.market.Market;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests all trades of today, from midnight UTC to the first live one, so that the context of the day is exact. Ids
 * decide which trades are past and which are live, so none is counted twice, and none between them is missing. After a
 * failure the same trades are requested again.
 */
final class TradesOfToday {

    private static final Logger LOG = LoggerFactory.getLogger(TradesOfToday.class);
    private static final long DAY = 86_400_000;
    private static final int ATTEMPTS = 3;
    /** How often an instrument without a live trade is asked for again. */
    private static final int QUIET_ROUNDS = 3;

    private static final long ROUND_MILLIS = 1_000;
    /** Per cent between two lines of the log. */
    private static final int STEP = 10;

    private final HistoryClient history;
    private final Market market;
    private final LongSupplier nowMillis;
    private final BackfillProgress progress;

    /** @param nowMillis wall clock */
    TradesOfToday(HistoryClient history, Market market, LongSupplier nowMillis, BackfillProgress progress) {
        this.history = history;
        this.market = market;
        this.nowMillis = nowMillis;
        this.progress = progress;
    }

    /**
     * Requests and counts them.
     *
     * @param today midnight UTC, milliseconds since 1970
     * @return false if that day has ended before the first of them was counted, so that they are not counted any more
     * @throws HistoryException if they cannot be had; what came is counted
     */
    boolean fill(InstrumentId instrument, long today) throws HistoryException, InterruptedException {
        Reported reported = new Reported(instrument, today);
        long from = today;
        int failures = 0;
        int quiet = 0;
        while (true) {
            // If midnight passes meanwhile, all trades of the new day are live.
            long to = Math.min(nowMillis.getAsLong(), today + DAY);
            try {
                long reached = request(instrument, from, to, reported);
                failures = 0;
                long first = market.firstLiveMicros(instrument);
                if (reported.noneCounted()) {
                    if (nowMillis.getAsLong() >= today + DAY) {
                        return false;
                    }
                    throw new HistoryException(
                            Kind.UNSUPPORTED,
                            "the ids of its trades are no numbers, so past and live ones cannot be joined");
                }
                boolean joined = reached == today + DAY || first >= 0 && reached > first / 1_000;
                if (joined || first < 0 && ++quiet == QUIET_ROUNDS) {
                    reported.done();
                    return true;
                }
                from = Math.max(from, reported.newestMicros / 1_000);
            } catch (HistoryException e) {
                // The same range again: what is missing may be in the middle.
                if (e.kind() != Kind.FAILED || ++failures == ATTEMPTS) {
                    throw e;
                }
            }
            Thread.sleep(ROUND_MILLIS);
        }
    }

    /** Requests and counts trades; returns up to when all came, in milliseconds. */
    private long request(InstrumentId instrument, long from, long to, Reported reported)
            throws HistoryException, InterruptedException {
        HistoryAnswer answer = history.trades(
                instrument, from, to, trade -> reported.trade(market.past(trade), trade.timestampMicros()));
        if (answer.missing() != null) {
            throw new HistoryException(Kind.FAILED, answer.missing());
        }
        return answer.reached();
    }

    /** The progress of one instrument; trades come from the routes' thread. */
    private final class Reported {

        private final InstrumentId instrument;
        private final long today;
        private volatile long newestMicros;
        private long counted;
        private int percent;
        private int logged;

        private Reported(InstrumentId instrument, long today) {
            this.instrument = instrument;
            this.today = today;
            this.newestMicros = today * 1_000;
        }

        private synchronized void trade(boolean taken, long micros) {
            newestMicros = Math.max(newestMicros, micros);
            counted += taken ? 1 : 0;
            long span = Math.max(1, nowMillis.getAsLong() - today);
            int now = (int)
                    Math.min(BackfillProgress.PERCENT, (micros / 1_000 - today) * BackfillProgress.PERCENT / span);
            if (now > percent) {
                progress.step(now - percent, 0);
                percent = now;
            }
            if (percent >= logged + STEP) {
                logged = percent - percent % STEP;
                LOG.info("backfill_progress symbol={} percent={} trades={}", instrument.market(), logged, counted);
            }
        }

        /** Whether trades came that cannot be counted. */
        private synchronized boolean noneCounted() {
            return counted == 0 && newestMicros > today * 1_000;
        }

        private synchronized void done() {
            progress.step(BackfillProgress.PERCENT - percent, 0);
            progress.trades(counted);
            LOG.info("backfill_trades_done symbol={} trades={}: exact from midnight UTC", instrument.market(), counted);
        }
    }
}
