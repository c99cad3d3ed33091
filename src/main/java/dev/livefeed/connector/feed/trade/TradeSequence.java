package dev.livefeed.connector.feed.trade;

import dev.livefeed.connector.feed.LiveTrades;
import dev.livefeed.connector.feed.Reconciled;
import dev.livefeed.connector.feed.ReconciliationSchedule;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.feed.stream.CarriedStream;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import dev.livefeed.protocol.status.Repaired;
import dev.livefeed.protocol.status.Status.Head;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emits the trades of one instrument, each once and in the order of their ids. A hole in the ids is a missing trade,
 * unless the venue's own list has it too and its ids may have holes.
 *
 * <p>If an id is missing, newer trades are held until the missing ones are fetched or announced as lost. After an
 * outage they are fetched without waiting for the next trade.
 */
public final class TradeSequence implements Reconciled {

    private static final Logger LOG = LoggerFactory.getLogger(TradeSequence.class);
    private static final long DAY = 86_400_000_000L;
    private static final long SECOND = 1_000_000_000L;

    /** While two connections overlap, the missing trade may come on the other one. */
    private static final long OUT_OF_ORDER = SECOND;

    /** A first trade that comes later than this after the subscription may not be the first one; in microseconds. */
    private static final long FIRST_TRADE_MICROS = 1_000_000L;

    private final VenueContext context;
    private final InstrumentId instrument;
    private final TradeFetch fetch;
    private final boolean idsHaveHoles;
    private final LiveTrades live = new LiveTrades();

    /** Trades that are newer than a missing one, by id. */
    private final TreeMap<Long, Trade> held = new TreeMap<>();

    /** Newer trades with lower ids than the last one. */
    private final LowerIds lower = new LowerIds();

    /** Newer trades with lower ids than the last held one. */
    private final LowerIds belowHeld = new LowerIds();

    private CarriedStream stream;

    /** Id of the last trade that was emitted or given up; -1 before the first. */
    private long lastId = -1;

    /** Exchange time in microseconds up to which every trade is accounted for; -1 before the first subscription. */
    private long knownUntil = -1;

    /** Exchange time in microseconds of the subscription, or of the earlier process that it resumes. */
    private long began = -1;

    private boolean carried;

    /** Trades since the last one may be missing: the stream was not carried, or is resumed. */
    private boolean missing;

    /** Ids that an earlier process has emitted at the time that it resumes from. */
    private final Set<Long> known = new HashSet<>();

    /** Exchange time from which an earlier process is resumed; -1 if there was none, or that is done. */
    private long resumeFrom = -1;

    /** A frame was lost before the first trade, so that the next one is not the first. */
    private boolean beginningLost;

    private boolean holeSeen;
    private long holeAt;
    private long repairedCount;
    private long repairedFrom;
    private boolean repairing;
    private final ReconciliationSchedule reconciliation;
    private final TradeSource source;
    private long reconciledId;

    public TradeSequence(VenueContext context, InstrumentId instrument, TradeSource source) {
        this.context = context;
        this.instrument = instrument;
        this.fetch = new TradeFetch(context, source, new Fetched());
        this.idsHaveHoles = source.idsHaveHoles();
        this.source = source;
        this.reconciliation = new ReconciliationSchedule(context.now());
    }

    /** Sets the stream of the trades. */
    public void stream(CarriedStream carrying) {
        stream = carrying;
    }

    /**
     * Resumes after an earlier process: trades since its last one are missing.
     *
     * @param micros exchange time of its last trade; ignored if more than a day ahead
     * @param ids ids of the trades of that time that it emitted
     */
    public void follows(long micros, List<String> ids) {
        if (micros > context.exchangeMicros() + DAY || (began >= 0 && micros >= began)) {
            return;
        }
        if (lastId >= 0) {
            // Trades before the first one of this process are not in order any more.
            gap(micros, began, "this subscription has begun later, and its trades are emitted in order");
            return;
        }
        for (String id : ids) {
            if (id.matches("\\d{1,18}")) {
                known.add(Long.parseLong(id));
            }
        }
        resumeFrom = micros;
        began = micros;
        knownUntil = micros;
        missing = true;
        if (carried) {
            repair();
        }
    }

    /** Since when trades are emitted or lie in a gap, exchange time in microseconds. */
    public long subscribedSince() {
        return began < 0 ? context.exchangeMicros() : began;
    }

    /** The live trades, which show whether the book is alive. */
    public LiveTrades live() {
        return live;
    }

    /**
     * Whether the trade has not come yet; counts it if it has.
     *
     * @param micros its exchange time: one that comes again is not newer than the last one
     */
    public boolean isNew(long id, long micros) {
        boolean has = held.containsKey(id) || lower.contains(id) || (id <= lastId && micros <= knownUntil);
        if (has) {
            context.figures().duplicateTrades++;
        }
        return !has;
    }

    /** A trade of the stream that is new. */
    public void live(long id, Trade trade) {
        if (id <= lastId) {
            if (lower.add(id, trade)) {
                countsAnew();
            }
            return;
        }
        dropLower();
        live.add(trade);
        reconciliation.heard(context.now());
        if (!held.isEmpty() && id < held.lastKey() && !stream.overlapping()) {
            if (belowHeld.add(id, trade)) {
                dropAbove(id);
            }
        } else {
            belowHeld.take();
        }
        if (repairing || (lastId >= 0 && id != lastId + 1)) {
            hold(id, trade);
        } else if (lastId < 0
                && carried
                && (beginningLost || trade.timestampMicros() - knownUntil > FIRST_TRADE_MICROS)) {
            // No id says whether it is the first one: a stall may have taken others.
            held.put(id, trade);
            repairByTime();
        } else {
            if (lastId < 0) {
                began = began < 0 ? trade.timestampMicros() : Math.min(began, trade.timestampMicros());
            }
            emit(id, trade);
            drain();
        }
    }

    /** Trades that were followed by one with a higher id had wrong ids themselves. */
    private void dropLower() {
        if (lower.size() > 0) {
            context.figures().unreadable(UnreadableReason.ID, lower.size());
            LOG.warn(
                    "trade_ids_wrong symbol={} ids={} after={}",
                    instrument.market(),
                    lower.take().keySet(),
                    lastId);
        }
    }

    /** Held trades whose ids are above those of newer ones have wrong ids; the trades are fetched like missing ones. */
    private void dropAbove(long id) {
        belowHeld.take();
        NavigableMap<Long, Trade> wrong = held.tailMap(id, false);
        context.figures().unreadable(UnreadableReason.ID, wrong.size());
        LOG.warn("trade_ids_wrong symbol={} first={} before={}", instrument.market(), wrong.firstKey(), id);
        wrong.clear();
    }

    /** The venue has restarted its ids: the sequence continues with the newest trades, after a gap. */
    private void countsAnew() {
        NavigableMap<Long, Trade> newest = lower.take();
        long first = newest.firstKey();
        String reason = wentBack(first);
        fetch.cancel();
        repairing = false;
        missing = false;
        while (!held.isEmpty()) {
            lost(reason);
        }
        beginAnew(reason, newest.firstEntry().getValue().timestampMicros());
        lastId = first - 1;
        held.putAll(newest);
        drain();
        if (!held.isEmpty()) {
            repair();
        }
    }

    /** What came since the last trade cannot be found by its ids. */
    private void beginAnew(String reason, long micros) {
        LOG.warn("trade_ids_lower symbol={} reason=\"{}\"", instrument.market(), reason);
        gap(knownUntil, micros, reason);
        known.clear();
        lastId = -1;
        knownUntil = Math.max(knownUntil, context.reached(micros, knownUntil));
    }

    private String wentBack(long first) {
        return "the ids of its trades went back from " + lastId + " to " + first;
    }

    private void hold(long id, Trade trade) {
        held.put(id, trade);
        if (repairing) {
            if (held.size() > context.limits().repair().heldTrades()) {
                fetch.giveUp(held.size() + " newer trades are already held");
            }
        } else if (!holeSeen) {
            holeSeen = true;
            holeAt = context.now();
            if (!stream.overlapping()) {
                repair();
            }
        }
    }

    /** Emits a trade, in order. */
    private void emit(long id, Trade trade) {
        lastId = id;
        knownUntil = Math.max(knownUntil, context.reached(trade.timestampMicros(), knownUntil));
        if (!known.isEmpty() && known.remove(id)) {
            context.figures().duplicateTrades++;
            return;
        }
        if (trade.repaired()) {
            repairedCount++;
            context.figures().repairedTrades++;
        }
        context.outbox().trade(trade);
    }

    /** Emits the held trades that follow the last one. */
    private void drain() {
        while (!held.isEmpty() && (held.firstKey() <= lastId || held.firstKey() == lastId + 1)) {
            Map.Entry<Long, Trade> first = held.pollFirstEntry();
            if (first.getKey() > lastId) {
                emit(first.getKey(), first.getValue());
            }
        }
        if (held.isEmpty()) {
            holeSeen = false;
        }
    }

    /** Fetches what is missing since a time, because no trade has come yet. */
    private void repairByTime() {
        if (resumeFrom < 0) {
            resumeFrom = knownUntil;
        }
        missing = true;
        repair();
    }

    /** Fetches what is missing. */
    private void repair() {
        if (repairing) {
            return;
        }
        repairing = true;
        repairedCount = 0;
        repairedFrom = knownUntil;
        if (!context.rest().available()) {
            fetch.unavailable();
        } else if (lastId >= 0) {
            fetch.begin(instrument, lastId + 1, stream.synthetic());
        } else {
            fetch.beginAt(instrument, resumeFrom, known, stream.synthetic());
        }
    }

    private void done(boolean announce) {
        repairing = false;
        missing = false;
        beginningLost = false;
        resumeFrom = -1;
        if (announce) {
            context.outbox()
                    .status(new Repaired(
                            head(null),
                            instrument.category(),
                            Times.instant(repairedFrom),
                            Times.instant(Math.max(repairedFrom, knownUntil)),
                            repairedCount));
        }
        drain();
        if (!held.isEmpty() && carried) {
            repair();
        }
    }

    /** What is missing before the first held trade is lost; if none is held, up to now. */
    private void lost(String why) {
        if (!held.isEmpty()) {
            gap(knownUntil, held.firstEntry().getValue().timestampMicros(), why);
            lastId = held.firstKey() - 1;
            drain();
        } else if (missing) {
            long now = context.exchangeMicros();
            gap(knownUntil, now, why);
            knownUntil = Math.max(knownUntil, now);
            // The next trade begins a new sequence.
            lastId = -1;
        }
    }

    private void gap(long from, long to, String why) {
        context.figures().tradeGaps++;
        context.outbox()
                .status(new Gap(
                        head(why),
                        instrument.category(),
                        Times.instant(from),
                        Times.instant(Math.max(from, to)),
                        null));
    }

    private Head head(String reason) {
        return Head.of(context.connector(), instrument.symbol(), "trades", reason);
    }

    /** The venue has accepted the stream: from now on no trade is missed. */
    public void active() {
        carried = true;
        if (began < 0) {
            began = context.exchangeMicros();
            knownUntil = began;
        }
        reconciliation.heard(context.now());
        if (missing) {
            repair();
        }
    }

    /** A frame of the stream could not be read. Ids show what was in it, unless no trade has come yet. */
    public void unreadable() {
        beginningLost |= lastId < 0;
    }

    /** No connection carries the stream any more. */
    public void ended() {
        carried = false;
        belowHeld.take();
        missing = began >= 0 && (lastId >= 0 || resumeFrom >= 0);
        if (!missing && began >= 0) {
            // No trade came yet, so that nothing says which ones follow: what is missed now is found by its time.
            resumeFrom = knownUntil;
            missing = true;
        }
        repairing = false;
        fetch.cancel();
    }

    /** There will be no more data: missing trades are announced, and held ones are emitted. */
    public void abandon(String reason) {
        fetch.cancel();
        if (repairing || missing || !held.isEmpty() || lower.size() > 0) {
            missing |= repairing || lower.size() > 0;
            lower.take();
            lost(reason);
            while (!held.isEmpty()) {
                lost(reason);
            }
        }
        repairing = false;
        missing = false;
    }

    /** The process stops. If no trades are held, the next process resumes from the last emitted one. */
    public void stopped() {
        if (!held.isEmpty()) {
            abandon("the connector was stopped before they were fetched");
        }
        fetch.cancel();
    }

    /** Called at a regular interval. */
    public void tick() {
        if (holeSeen && !repairing && carried && context.now() - holeAt > OUT_OF_ORDER) {
            repair();
        }
        fetch.tick();
    }

    /** Also while its instrument is halted: its last trades before that may be lost. */
    @Override
    public long reconciliationOverdue() {
        return carried && !repairing && held.isEmpty() && began >= 0 ? reconciliation.overdue(context.now()) : -1;
    }

    /** Asks the venue for its last trade: a stream that has stalled does not show that trades are missing. */
    @Override
    public void reconcile() {
        reconciliation.compared(context.now());
        reconciledId = lastId;
        fetch.last(instrument, stream.synthetic());
    }

    @Override
    public int reconciliationWeight() {
        return source.weight();
    }

    /** Takes what was fetched. */
    private final class Fetched implements TradeFetch.Listener {

        @Override
        public void rows(long asked, NavigableMap<Long, Trade> rows) {
            boolean first = lastId < 0;
            if (first && !rows.isEmpty()) {
                lastId = rows.firstKey() - 1;
            }
            rows.tailMap(lastId, false).forEach(held::putIfAbsent);
            drain();
            // Ids before a row that the venue has, but not these: it will not have them later either.
            while (!rows.isEmpty() && !held.isEmpty() && held.firstKey() <= rows.lastKey()) {
                long next = held.firstKey();
                if (!idsHaveHoles) {
                    gap(
                            knownUntil,
                            held.firstEntry().getValue().timestampMicros(),
                            "the venue's list does not have the trades " + (lastId + 1) + " to " + (next - 1));
                }
                lastId = next - 1;
                drain();
            }
        }

        @Override
        public long next() {
            return lastId + 1;
        }

        @Override
        public boolean joined() {
            return held.isEmpty();
        }

        @Override
        public void done() {
            TradeSequence.this.done(!idsHaveHoles || repairedCount > 0);
        }

        @Override
        public void failed(String reason) {
            lost(reason);
            TradeSequence.this.done(repairedCount > 0);
        }

        @Override
        public void incomplete(Trade first, String reason) {
            gap(knownUntil, first.timestampMicros(), reason);
            knownUntil = Math.max(knownUntil, context.reached(first.timestampMicros(), knownUntil));
            lastId = Long.parseLong(first.id()) - 1;
        }

        @Override
        public void last(Trade trade) {
            if (lastId < 0) {
                if (!repairing && carried && trade.timestampMicros() >= knownUntil) {
                    repairByTime();
                }
                return;
            }
            long id = Long.parseLong(trade.id());
            if (id < lastId && lastId == reconciledId && trade.timestampMicros() > knownUntil && carried) {
                lower.take();
                beginAnew(wentBack(id), trade.timestampMicros());
                return;
            }
            // A trade may still be on its way, but not for as long as a reconciliation takes to become due twice.
            if (id > lastId && lastId == reconciledId && carried) {
                reconciliation.lost();
                missing = true;
                repair();
            }
        }
    }
}
