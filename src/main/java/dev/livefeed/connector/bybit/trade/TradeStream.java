package dev.livefeed.connector.bybit.trade;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicStream;
import dev.livefeed.connector.bybit.topic.TradeRow;
import dev.livefeed.connector.feed.LiveTrades;
import dev.livefeed.connector.feed.stream.UnreadParts.UnreadTrade;
import dev.livefeed.connector.feed.trade.TradeWindow;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status.Head;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Emits the trades of one topic, each once and in order.
 *
 * <p>If trades may have been missed (lost connection, unreadable frame), newer trades are held in a {@link TradeRepair}
 * until the missed ones are fetched or announced as lost.
 */
public final class TradeStream implements TopicStream {

    private static final long DAY = 86_400_000_000L;

    /** Trades of different contracts may arrive out of order by this much. */
    private static final long UNORDERED = 2_000_000L;

    private static final int MAX_COUNTED = 5_000;

    private static final String UNSUBSCRIBED = "it was unsubscribed before they were fetched";

    private final Topic topic;
    private final FeedContext context;

    /** Trades that were received, whether wanted or not. */
    private final TradeWindow window = new TradeWindow();

    /**
     * Trades that were emitted. They differ from the received ones if a contract is subscribed later than the others of
     * its topic.
     */
    private final TradeWindow passed;

    /** Number of trades added to the window. */
    private long taken;

    /** Exchange time in microseconds up to which every trade is accounted for; -1 before the first subscription. */
    private long knownUntil = -1;

    /** Exchange time in microseconds of the subscription; older trades are not emitted. */
    private long began;

    /** Whether that time is based on the local clock, because the offset was not measured yet. */
    private boolean guessed;

    /** Whether that time is the time of a trade and not an estimate. */
    private boolean traded;

    private boolean missing;

    /** What was still to be fetched has been announced as lost, because the instrument ends. */
    private boolean abandoned;

    /** Not subscribed successfully yet. */
    private boolean fresh = true;

    /** Per symbol, the last trade emitted by an earlier process, until a repair takes it over. */
    private final Map<String, Long> followed = new HashMap<>();

    /** Start of the trades to emit, per contract; null before the first subscription. */
    private GapStart ours;

    /**
     * Exchange time in microseconds from which on the trades of a subscribed symbol are owed; of a topic with one
     * symbol only if it was resumed.
     */
    private final Map<String, Long> owedSince = new HashMap<>();

    /** The contracts, or their base coin, that were reported as subscribed; the trades of others are not emitted. */
    private final Set<String> reported = new HashSet<>();

    /** The live trades of a topic with one symbol. */
    private final LiveTrades live = new LiveTrades();

    /** The live trades of contracts, for those that were asked for. */
    private final Map<String, LiveTrades> liveOf = new HashMap<>();

    /** Symbols that have ended and whose last trades may still be on the way, or lost with the connection. */
    private final Map<String, EndedTrades> last = new LinkedHashMap<>();

    private TradeRepair repair;
    private final TradeReconciliation reconciliation;
    private final UnreadableTrades unreadable;
    /** From the end of the connection to {@link #ended}. */
    private boolean connectionLost;

    public TradeStream(Topic topic, FeedContext context) {
        this.topic = topic;
        this.context = context;
        this.passed = topic.name().mixesSymbols() ? new TradeWindow() : window;
        this.reconciliation = new TradeReconciliation(this, topic, context);
        this.unreadable = new UnreadableTrades(this, topic, context);
    }

    /**
     * Resumes after an earlier process: trades since its last one are missing.
     *
     * @param symbol symbol of its trades; of options a contract, or the base coin for all contracts
     * @param micros exchange time of its last trade; ignored if more than a day ahead
     * @param known ids of the trades of that time that it emitted
     */
    public void follows(String symbol, long micros, List<String> known) {
        if (micros > context.exchangeMicros() + DAY) {
            return;
        }
        for (String id : known) {
            window.add(key(symbol, id));
            passed.add(key(symbol, id));
        }
        owedSince.merge(symbol, micros, Math::min);
        if (fresh) {
            knownUntil = Math.max(knownUntil, micros);
            began = knownUntil;
            traded = true;
            missing = true;
            followed.merge(symbol, micros, Math::min);
            return;
        }
        ours.from(symbol, micros);
        if (repair != null) {
            repair.reachBack(symbol, micros);
        } else if (missing) {
            followed.merge(symbol, micros, Math::min);
        } else {
            repair = new TradeRepair(this, topic, context, context.synthetic(topic), start().from(symbol, micros));
            repair.begin();
        }
    }

    /** Whether all trades since then have been emitted or will be. */
    public boolean accountsSince(long micros) {
        return !fresh && !topic.name().mixesSymbols() && micros >= began;
    }

    /** The symbol is reported as subscribed; returns since when its trades are owed, exchange time in microseconds. */
    public long subscribed(String symbol) {
        if (topic.name().mixesSymbols()) {
            reported.add(symbol);
            return owedSince.computeIfAbsent(symbol, of -> context.exchangeMicros());
        }
        return Math.min(fresh ? context.exchangeMicros() : began, owedSince.getOrDefault(symbol, Long.MAX_VALUE));
    }

    @Override
    public void frame(ParsedFrame frame, long receivedAt, boolean synthetic) {
        begin(synthetic);
        if (guessed && frame.tradeCount > 0) {
            beganAt(Math.min(frame.timeMicros(), frame.trades.get(0).timeMillis * 1_000L));
        }
        if (frame.unread.any()) {
            unread(frame);
        }
        for (int i = 0; i < frame.tradeCount; i++) {
            Trade trade = trade(frame.trades.get(i), receivedAt, synthetic);
            LiveTrades counted = passed == window ? live : liveOf.get(trade.symbol());
            if (counted != null) {
                counted.add(trade);
            }
            if (repair == null) {
                emit(trade);
            } else {
                repair.live(trade);
            }
        }
    }

    /** The live trades of a symbol; those of a contract are counted from the first call on. */
    public LiveTrades live(String symbol) {
        if (passed == window) {
            return live;
        }
        if (liveOf.size() >= MAX_COUNTED && !liveOf.containsKey(symbol)) {
            liveOf.clear();
        }
        return liveOf.computeIfAbsent(symbol, of -> new LiveTrades());
    }

    private void unread(ParsedFrame frame) {
        for (UnreadTrade row : frame.unread.trades()) {
            int at = row.before();
            long before = at > 0 ? frame.trades.get(at - 1).timeMillis * 1_000L : knownUntil;
            long after = at < frame.tradeCount
                    ? frame.trades.get(at).timeMillis * 1_000L
                    : Math.max(before, frame.timeMicros() > 0 ? frame.timeMicros() : context.exchangeMicros());
            unreadable.add(row, Math.min(before, after), after);
        }
    }

    private Trade trade(TradeRow row, long receivedAt, boolean synthetic) {
        return new Trade(
                topic.name().mixesSymbols()
                        ? topic.name().instrument(row.symbol)
                        : topic.name().instrument(),
                row.id,
                row.timeMillis * 1_000L,
                BigDecimal.valueOf(row.price, row.priceScale),
                BigDecimal.valueOf(row.qty, row.qtyScale),
                row.side,
                row.seq,
                row.blockTrade,
                row.rpi,
                receivedAt,
                synthetic,
                false,
                false);
    }

    /**
     * Emits a trade unless it was emitted before or belongs to a contract that is not wanted. Unwanted trades are
     * recorded too, since losses are detected for the topic as a whole.
     *
     * @return whether it was emitted now
     */
    boolean emit(Trade trade) {
        String key = key(trade);
        boolean wanted = passed == window
                || reported(topic.name().symbol())
                || reported(trade.symbol())
                || last.containsKey(trade.symbol());
        boolean before = emittedBefore(trade);
        if (!before && window.add(key)) {
            taken++;
            long reached = context.reached(trade.timestampMicros(), knownUntil);
            knownUntil = traded ? Math.max(knownUntil, reached) : reached;
            traded = true;
        } else if (before || !wanted || passed == window || passed.contains(key)) {
            context.figures().duplicateTrades++;
            return false;
        }
        if (!wanted) {
            return false;
        }
        if (passed != window) {
            passed.add(key);
        }
        context.outbox().trade(trade);
        return true;
    }

    /** Whether the wanted symbol was reported as subscribed. */
    boolean reported(String symbol) {
        return passed == window || reported.contains(symbol);
    }

    /** The venue's ids are unique per instrument. */
    String key(Trade trade) {
        return key(trade.symbol(), trade.id());
    }

    String key(String symbol, String id) {
        return topic.name().mixesSymbols() ? symbol + ' ' + id : id;
    }

    /** Whether an earlier process with all contracts has emitted the trade. */
    private boolean emittedBefore(Trade trade) {
        return topic.name().mixesSymbols() && window.contains(key(topic.name().symbol(), trade.id()));
    }

    long taken() {
        return taken;
    }

    /** Whether a trade with that key was received before. */
    boolean received(String key) {
        return window.contains(key);
    }

    /** Whether the trade was received before, wanted or not. */
    boolean seen(Trade trade) {
        return window.contains(key(trade)) || emittedBefore(trade);
    }

    /** Whether the stream should have had the trade, which the venue has, but did not. */
    public boolean lacks(Trade trade) {
        return knownUntil >= 0 && trade.timestampMicros() > knownUntil && !seen(trade);
    }

    /**
     * Whether this process must emit the trade: it is neither older than the subscription nor emitted by an earlier
     * process.
     */
    boolean ours(Trade trade) {
        return !topic.name().mixesSymbols() || trade.timestampMicros() >= owedFrom(trade.symbol());
    }

    /** Exchange time in microseconds from which on this process must emit the trades of the symbol. */
    long owedFrom(String symbol) {
        return topic.name().mixesSymbols() ? ours.of(symbol) : began;
    }

    /** Whether the trade need not be emitted (any more). */
    boolean settled(Trade trade) {
        boolean wanted = topic.contracts() == null || topic.contracts().wants(trade.symbol());
        return wanted ? passed.contains(key(trade)) || emittedBefore(trade) : window.contains(key(trade));
    }

    /** Start of a loss that is detected now. */
    private GapStart start() {
        if (!topic.name().mixesSymbols()) {
            return new GapStart(knownUntil, null);
        }
        long all = fresh ? context.exchangeMicros() : Math.max(began, knownUntil - UNORDERED);
        return new GapStart(all, topic.name().symbol());
    }

    private GapStart gapStart() {
        GapStart start = start();
        start.from(followed);
        if (fresh) {
            ours = start().from(followed);
        }
        followed.clear();
        fresh = false;
        return start;
    }

    long knownUntil() {
        return knownUntil;
    }

    /** The repair has ended: live trades are emitted directly again. */
    void repaired(TradeRepair by) {
        if (repair == by) {
            repair = null;
        }
    }

    /**
     * A list of the venue that everything missed since the last known trade was emitted from.
     *
     * @param taken number of trades in the window when it was requested
     */
    void repairedFrom(RecentTrades.Rows list, long taken) {
        reconciliation.repaired(list, taken);
    }

    @Override
    public void unreadable(String why) {
        suspect(Long.MAX_VALUE);
    }

    /**
     * Trades may be missing although the connection is open.
     *
     * @param sinceMicros exchange time; trades since then may be incomplete
     */
    public void suspect(long sinceMicros) {
        if (missing) {
            // Not live yet: earlier trades are fetched anyway.
            return;
        }
        if (repair != null) {
            repair.suspect();
        } else if (knownUntil >= 0) {
            repair = new TradeRepair(
                    this, topic, context, context.synthetic(topic), start().notLater(Math.max(began, sinceMicros)));
            repair.begin();
        }
    }

    @Override
    public void requested() {}

    @Override
    public void active() {
        begin(context.synthetic(topic));
        if (topic.name().mixesSymbols()) {
            topic.symbols().forEach(symbol -> owedSince.putIfAbsent(symbol, context.exchangeMicros()));
        }
    }

    /** The topic is subscribed: trades are live from here on, and earlier ones may have to be fetched. */
    private void begin(boolean synthetic) {
        if (knownUntil < 0) {
            guessed = !context.clock().measured();
            began = guessed ? context.time().micros() : context.exchangeMicros();
            knownUntil = began;
        }
        measured();
        if (!missing) {
            if (fresh) {
                ours = start();
                fresh = false;
            }
            return;
        }
        missing = false;
        if (repair != null && repair.exhausted()) {
            repair.giveUp();
        }
        if (repair == null) {
            repair = new TradeRepair(this, topic, context, synthetic, gapStart());
        }
        repair.begin();
    }

    /** Corrects times of the local clock once the offset of the exchange's clock is known. */
    private void measured() {
        if (guessed && context.clock().measured()) {
            beganAt(began + context.clock().offsetMicros());
        }
    }

    private void beganAt(long micros) {
        guessed = false;
        began = micros;
        if (!traded) {
            knownUntil = micros;
        }
    }

    /** Nanoseconds since a reconciliation became due; negative if none is due. */
    public long reconciliationOverdue() {
        return repair == null && knownUntil >= 0 ? reconciliation.overdue() : -1;
    }

    /** Compares the stream with the venue's list. */
    public void reconcile() {
        reconciliation.request();
    }

    @Override
    public void ended() {
        if (!connectionLost) {
            reconciliation.cancel();
        }
        connectionLost = false;
        unreadable.interrupted();
        missing = knownUntil >= 0;
        if (repair != null) {
            repair.interrupted();
        }
    }

    /**
     * There will be no more data, so missing trades are not fetched: they are announced, and held trades are emitted.
     */
    public void abandon(String reason) {
        if (repair == null && missing) {
            repair = new TradeRepair(this, topic, context, context.synthetic(topic), gapStart());
        }
        if (repair != null) {
            if (missing) {
                // Trades are missing up to now, not only up to those of the previous connection.
                repair.suspect();
            }
            repair.abandon(reason);
        }
        unreadable.giveUp(reason);
        missing = false;
    }

    /**
     * An instrument is about to be reported as ended, and its last trades come before that report: those that only the
     * venue's list had, and of a topic with one symbol those that are held and the announcement of those that are
     * missing, because nothing is fetched any more.
     */
    public void ending(String symbol, String reason) {
        reconciliation.ending(symbol);
        if (topic.contracts() == null && (repair != null || missing)) {
            abandon(reason);
            abandoned = true;
        }
    }

    /**
     * The instrument has ended and is not wanted any more: announces its trades that were still to be fetched. Those
     * that are not known to be missing may be lost with the connection, which may be dead by now.
     */
    public void ended(String symbol, String reason) {
        boolean complete = !abandoned && repair == null && !missing && knownUntil >= 0;
        abandoned = false;
        boolean owed = complete && (!topic.name().mixesSymbols() || owedSince.containsKey(symbol));
        long from = owed ? start().of(symbol) : 0;
        notFetched(symbol, reason);
        boolean fetched = topic.contracts() != null && topic.contracts().wants(symbol);
        if (owed && !fetched && last.size() < MAX_COUNTED) {
            last.put(symbol, new EndedTrades(from, context.exchangeMicros(), reason, false));
        }
    }

    /** Whether trades of an instrument that has ended may still come. */
    public boolean awaitsLastTrades() {
        return !last.isEmpty();
    }

    /** The server has answered a ping. The second answer after the end shows that all trades have come. */
    public void pong() {
        last.values().removeIf(EndedTrades::ponged);
        last.replaceAll((symbol, end) -> new EndedTrades(end.from(), end.to(), end.reason(), true));
    }

    /** The server has answered the unsubscription, so all trades have come. Those held by a repair are not emitted. */
    public void released() {
        if (repair != null) {
            announceLast();
        }
        connectionLost = false;
        last.clear();
    }

    /**
     * The connection is closed, or was lost: what was sent on it last has not come. The list of the repair, which is
     * requested later, may not reach back to what the stream omitted on it, so the stream is compared now, and a
     * reconciliation that was requested goes on.
     */
    public void connectionEnded() {
        connectionLost = true;
        announceLast();
        if (topic.wanted() && repair == null && knownUntil >= 0) {
            reconciliation.connectionLost();
        }
    }

    private void announceLast() {
        last.forEach((symbol, end) -> gap(symbol, end.from(), end.to(), end.reason()));
        last.clear();
    }

    /** The symbol is not wanted any more: announces its trades that were still to be fetched. */
    public void withdrawn(String symbol) {
        notFetched(symbol, UNSUBSCRIBED);
    }

    /** Of a topic without a wanted symbol nothing is fetched any more; trades that were held meanwhile are emitted. */
    private void notFetched(String symbol, String why) {
        if (topic.contracts() != null) {
            leave(symbol, why);
        }
        if (topic.contracts() == null || topic.symbols().isEmpty()) {
            abandon(why);
        }
    }

    /** The topic is unsubscribed: announces trades of the symbol that could not be read and were not fetched. */
    public void unsubscribed(String symbol) {
        unreadable.giveUp(symbol, UNSUBSCRIBED);
    }

    /**
     * Nothing is fetched for the symbol alone any more. What may be missing is announced; of a contract whose base coin
     * is wanted, only what is older than the trades that are fetched for the coin.
     */
    private void leave(String symbol, String why) {
        reported.remove(symbol);
        unreadable.giveUp(symbol, why);
        if (repair != null) {
            repair.leave(symbol, why);
        } else if (missing) {
            GapStart start = start().from(followed);
            boolean fetched = topic.contracts().wants(symbol);
            long from = start.of(symbol);
            long to = fetched ? start.of(topic.name().symbol()) : context.exchangeMicros();
            if (!fetched || from < to) {
                lost(symbol, from, to, why);
            }
            followed.computeIfPresent(symbol, (of, micros) -> fetched ? (Long) Math.max(micros, to) : null);
        }
        owedSince.remove(symbol);
    }

    /** Announces that trades of a symbol may be lost, unless none of that time are owed. */
    void lost(String symbol, long from, long to, String why) {
        if (topic.name().mixesSymbols() && !owedSince.containsKey(symbol)) {
            return;
        }
        gap(symbol, from, to, why);
    }

    private void gap(String symbol, long from, long to, String why) {
        context.figures().tradeGaps++;
        context.outbox()
                .status(new Gap(
                        Head.of(
                                context.outbox().connector(),
                                symbol,
                                topic.name().channel(),
                                why),
                        topic.name().category().text(),
                        Times.instant(from),
                        Times.instant(Math.max(from, to)),
                        null));
    }

    /** The process stops: emits all received trades. */
    public void stopped() {
        if (repair != null) {
            repair.stopped();
        }
        unreadable.giveUp("the connector was stopped before they were fetched");
    }

    @Override
    public void tick() {
        measured();
        if (repair != null) {
            repair.tick();
        }
        unreadable.tick(repair == null && !missing && knownUntil >= 0);
    }

    /**
     * Trades of an instrument that has ended.
     *
     * @param from exchange time in microseconds up to which all of them are known
     * @param to when its end was noticed, likewise
     * @param ponged whether the server has answered a ping since
     */
    private record EndedTrades(long from, long to, String reason, boolean ponged) {}
}
