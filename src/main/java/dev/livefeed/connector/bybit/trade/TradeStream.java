package dev.livefeed.connector.bybit.trade;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicStream;
import dev.livefeed.connector.bybit.topic.TradeRow;
import dev.livefeed.protocol.model.Symbols;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Emits the trades of one topic, each once and in order.
 *
 * <p>Where some may have been missed (the connection was gone, or a frame could not be read) newer trades wait in a
 * {@link TradeRepair} until the missed ones are fetched, or announced as lost.
 */
public final class TradeStream implements TopicStream {

    private static final long DAY = 86_400_000_000L;

    /** Trades of different contracts need not come in the order of their times. */
    private static final long UNORDERED = 2_000_000L;

    private final Topic topic;
    private final FeedContext context;

    /** What was seen, wanted or not. */
    private final TradeWindow window = new TradeWindow();

    /**
     * What was passed on. A contract may be wanted later than the others of its topic, when some of its trades have
     * been seen.
     */
    private final TradeWindow passed;

    /** How many trades the window has taken up. */
    private long taken;

    /** Exchange time, microseconds, up to which every trade is accounted for; -1 before the first subscription. */
    private long knownUntil = -1;

    /** Exchange time, microseconds, at which the subscription began: what is older is not ours to deliver. */
    private long began;

    /** Whether that was told by our clock, which had not been held against the exchange's. */
    private boolean guessed;

    /** Whether that is the time of a trade, and not a guess by our clock. */
    private boolean traded;

    private boolean hole;

    /** No subscription has worked yet. */
    private boolean fresh = true;

    /** Up to when an earlier process has told the trades of a symbol, until a repair knows of it. */
    private final Map<String, Long> followed = new HashMap<>();

    /** From when on the trades of each contract are this process's to deliver; null before the first subscription. */
    private GapStart ours;

    private TradeRepair repair;
    private final TradeAudit audit;

    public TradeStream(Topic topic, FeedContext context) {
        this.topic = topic;
        this.context = context;
        this.passed = topic.name().mixesSymbols() ? new TradeWindow() : window;
        this.audit = new TradeAudit(this, topic, context);
    }

    /**
     * Another process was before this one: what was traded since is missing.
     *
     * @param symbol whose trades it told; of options a contract, or the base coin for all of them
     * @param micros exchange time of its last trade; more than a day ahead it says nothing
     * @param known ids of the trades of that time that it has told
     */
    public void follows(String symbol, long micros, List<String> known) {
        if (micros > context.exchangeMicros() + DAY) {
            return;
        }
        for (String id : known) {
            window.add(key(symbol, id));
            passed.add(key(symbol, id));
        }
        if (fresh) {
            knownUntil = Math.max(knownUntil, micros);
            began = knownUntil;
            traded = true;
            hole = true;
            followed.merge(symbol, micros, Math::min);
            return;
        }
        ours.from(symbol, micros);
        if (repair != null) {
            repair.reachBack(symbol, micros);
        } else if (hole) {
            followed.merge(symbol, micros, Math::min);
        } else {
            repair = new TradeRepair(this, topic, context, context.synthetic(topic), start().from(symbol, micros));
            repair.begin();
        }
    }

    /** Whether all trades since then have been passed on, or will be in any case. */
    public boolean accountsSince(long micros) {
        return !fresh && !topic.name().mixesSymbols() && micros >= began;
    }

    /** Exchange time, microseconds, from which on trades are passed on to one who subscribes now. */
    public long begins() {
        return fresh || topic.name().mixesSymbols() ? context.exchangeMicros() : began;
    }

    @Override
    public void frame(ParsedFrame frame, long receivedAt, boolean synthetic) {
        begin(synthetic);
        if (guessed && frame.tradeCount > 0) {
            beganAt(Math.min(frame.timeMicros(), frame.trades.get(0).timeMillis * 1_000L));
        }
        for (int i = 0; i < frame.tradeCount; i++) {
            Trade trade = trade(frame.trades.get(i), receivedAt, synthetic);
            if (repair == null) {
                emit(trade);
            } else {
                repair.live(trade);
            }
        }
    }

    private Trade trade(TradeRow row, long receivedAt, boolean synthetic) {
        return new Trade(
                topic.name().mixesSymbols() && row.symbol != null && Symbols.valid(row.symbol)
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
     * Emits the trade unless it was emitted before, or is one of a contract that is not wanted. Such ones count as
     * emitted: what is missing shows in the topic as a whole.
     *
     * @return whether it was emitted now
     */
    boolean emit(Trade trade) {
        String key = key(trade);
        boolean wanted = topic.contracts() == null || topic.contracts().wants(trade.symbol());
        boolean told = toldBefore(trade);
        if (!told && window.add(key)) {
            taken++;
            knownUntil = traded ? Math.max(knownUntil, trade.timestampMicros()) : trade.timestampMicros();
            traded = true;
        } else if (told || !wanted || passed == window || passed.contains(key)) {
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

    /** The venue's ids are unique within an instrument. */
    String key(Trade trade) {
        return key(trade.symbol(), trade.id());
    }

    private String key(String symbol, String id) {
        return topic.name().mixesSymbols() ? symbol + ' ' + id : id;
    }

    /** Whether one who had all contracts has told it. */
    private boolean toldBefore(Trade trade) {
        return topic.name().mixesSymbols() && window.contains(key(topic.name().symbol(), trade.id()));
    }

    long taken() {
        return taken;
    }

    /** Whether it has come before, wanted or not. */
    boolean seen(Trade trade) {
        return window.contains(key(trade)) || toldBefore(trade);
    }

    /**
     * Whether it is this process's to deliver, and not one that another has told or that was before the subscription.
     */
    boolean ours(Trade trade) {
        return !topic.name().mixesSymbols() || trade.timestampMicros() >= ours.of(trade.symbol());
    }

    /** Whether it need not be passed on (any more). */
    boolean dealtWith(Trade trade) {
        boolean wanted = topic.contracts() == null || topic.contracts().wants(trade.symbol());
        return wanted ? passed.contains(key(trade)) || toldBefore(trade) : window.contains(key(trade));
    }

    /** Where a hole begins that is noticed now. */
    private GapStart start() {
        if (!topic.name().mixesSymbols()) {
            return new GapStart(knownUntil, null);
        }
        long all = fresh ? context.exchangeMicros() : Math.max(began, knownUntil - UNORDERED);
        return new GapStart(all, topic.name().symbol());
    }

    private GapStart startOfHole() {
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

    /** The hole is dealt with: trades flow again. */
    void repaired(TradeRepair by) {
        if (repair == by) {
            repair = null;
        }
    }

    @Override
    public void unreadable(String why) {
        suspect(Long.MAX_VALUE);
    }

    /**
     * Trades may be missing although the connection lives.
     *
     * @param sinceMicros exchange time; of what was emitted since then some may be missing too
     */
    public void suspect(long sinceMicros) {
        if (hole) {
            // Not live yet: what comes before that is fetched in any case.
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
    public void asked() {}

    @Override
    public void active() {
        begin(context.synthetic(topic));
    }

    /** The subscription works: from here on trades are live, and what lies before may have to be fetched. */
    private void begin(boolean synthetic) {
        if (knownUntil < 0) {
            guessed = !context.clock().measured();
            began = guessed ? context.time().micros() : context.exchangeMicros();
            knownUntil = began;
        }
        measured();
        if (!hole) {
            if (fresh) {
                ours = start();
                fresh = false;
            }
            return;
        }
        hole = false;
        if (repair != null && repair.exhausted()) {
            repair.giveUp();
        }
        if (repair == null) {
            repair = new TradeRepair(this, topic, context, synthetic, startOfHole());
        }
        repair.begin();
    }

    /** Once the exchange's clock is known, what was told by ours can be told by it. */
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

    /**
     * How many nanoseconds ago the stream should have been held against the venue's list; negative where it need not
     * be.
     */
    public long auditOverdue() {
        return repair == null && knownUntil >= 0 ? audit.overdue() : -1;
    }

    /** Holds the stream against the venue's list. */
    public void audit() {
        audit.ask();
    }

    @Override
    public void ended() {
        audit.cancel();
        hole = knownUntil >= 0;
        if (repair != null) {
            repair.interrupted();
        }
    }

    /**
     * The venue refuses the topic, and nobody will fetch what is missing: it is announced, and what waits is emitted.
     */
    public void abandon(String text) {
        if (repair == null && hole) {
            repair = new TradeRepair(this, topic, context, context.synthetic(topic), startOfHole());
        }
        if (repair != null) {
            if (hole) {
                // The hole reaches up to now, not to the trades of the connection before.
                repair.suspect();
            }
            repair.abandon("the venue refuses it: " + text);
        }
        hole = false;
    }

    /** The process ends: no trade that has come stays behind. */
    public void stopped() {
        if (repair != null) {
            repair.stopped();
        }
    }

    @Override
    public void tick() {
        measured();
        if (repair != null) {
            repair.tick();
        }
    }
}
