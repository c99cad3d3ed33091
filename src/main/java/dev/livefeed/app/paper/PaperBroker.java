package dev.livefeed.app.paper;

import dev.livefeed.app.market.BookState;
import dev.livefeed.app.market.BookView;
import dev.livefeed.app.state.Saving;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills orders on paper, as the market of the feed would have allowed at worst.
 *
 * <ul>
 *   <li>Taking orders walk the kept book level by level and pay the taker fee. What the book does not show is not
 *       filled. What they took is gone for the next paper order until the exchange changes the level ({@link
 *       ConsumedLiquidity}).
 *   <li>Resting orders fill at their price, by trades at it behind the queue ({@link QueuePosition}) or through it,
 *       never by more than the size of the trade, and pay the maker fee. Block and RPI trades, which do not meet the
 *       book, fill nothing.
 *   <li>A trade that is older than an order neither fills nor triggers it. One that comes behind a newer trade of its
 *       symbol changes nothing at all, and one that is older than the last price leaves that as it is.
 *   <li>What the journal does not take does not happen: nothing fills and no order is taken until it does again,
 *       which is tried each 10 s. All open orders are cancelled then, since nobody knows what would have become of
 *       them.
 *   <li>Nothing fills while the book is not synced. When the feed is lost, all open orders are cancelled.
 *   <li>Funding, borrowing, margin and liquidation are left out. All symbols are counted in one quote currency.
 * </ul>
 *
 * <p>The thread of the feed, strategies and HTTP may all call it. There is no way from here to a real order.
 */
public final class PaperBroker {

    private static final Logger LOG = LoggerFactory.getLogger(PaperBroker.class);
    private static final int ALL_LEVELS = 10_000;

    private final PaperSettings settings;
    private final Books books;
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Desk> desks = new HashMap<>();
    /** Symbols with open orders or a position: the others cost the feed one look. */
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    private final PaperCounts counts = new PaperCounts();

    private PaperAccount account = new PaperAccount();
    private RiskLimits limits;
    private volatile Journal journal;
    private JournalWatch watch;
    private volatile String unavailable = "not started";
    private boolean closed;
    private final Saving saving =
            new Saving(LOG, "paper_trading_unavailable", "paper_trading_available_again", Instant::now);
    private final long every;
    private volatile long nextPoint = -1;

    /** What rests in one symbol. */
    private static final class Desk {
        private final List<RestingOrder> bids = new ArrayList<>();
        private final List<RestingOrder> asks = new ArrayList<>();
        private final List<Long> stops = new ArrayList<>();
        private final ConsumedLiquidity takenBids = new ConsumedLiquidity();
        private final ConsumedLiquidity takenAsks = new ConsumedLiquidity();

        private List<RestingOrder> resting(Side side) {
            return side == Side.BUY ? bids : asks;
        }
    }

    /** @param clock the newest event time, microseconds since 1970, or -1 before the first event */
    public PaperBroker(PaperSettings settings, Books books, LongSupplier clock) {
        this.settings = settings;
        this.books = books;
        this.clock = clock;
        this.every = settings.equityEvery().toNanos() / 1_000;
        this.limits = new RiskLimits(settings, account);
    }

    /**
     * Opens the journal and goes on where it ends; orders that were open then are cancelled. Never fails: see status.
     */
    public void open() {
        locked(() -> {
            load();
            if (settings.folder() != null) {
                watch = JournalWatch.start(settings.sync(), this::sync, this::lookAfter);
            }
            return null;
        });
    }

    private void load() {
        try {
            account = new PaperAccount();
            limits = new RiskLimits(settings, account);
            JournalEntry first = new JournalEntry.Opened(PaperAccount.FORMAT, settings.source(), settings.capital());
            if (settings.folder() == null) {
                account.apply(first, 0);
            } else {
                journal = Journal.open(settings.folder(), settings.keep(), settings.fileBytes(), account, first);
            }
            unavailable = null;
            saving.usable();
            LOG.info(
                    "paper_trading_started journal={} entries={} cash={}",
                    settings.folder() == null ? "none" : settings.folder(),
                    journal == null ? 0 : journal.lines(),
                    account.cash().toPlainString());
            cancelAll("the application was started again", order -> true);
            for (PaperPosition position : account.positions()) {
                if (!position.isFlat()) {
                    busy.add(position.symbol());
                }
            }
        } catch (JournalException e) {
            fail(e.getMessage());
        }
    }

    private void fail(String reason) {
        unavailable = reason + "; tried again each " + JournalWatch.AGAIN.toSeconds() + " s";
        saving.failed(unavailable);
    }

    private void sync() {
        Journal written = journal;
        if (written == null || unavailable != null) {
            return;
        }
        try {
            written.sync();
        } catch (IOException e) {
            locked(() -> {
                if (journal == written && unavailable == null) {
                    // What of it is on the disk nobody can say.
                    beginAnew("it cannot be brought to the disk (" + e + ")");
                }
                return null;
            });
        }
    }

    /** Tries again where the journal takes no more, and notices where its file is gone. */
    void lookAfter() {
        locked(() -> {
            if (closed) {
                return null;
            }
            if (journal == null) {
                load();
            } else if (unavailable != null) {
                tryAgain();
            } else if (!journal.whole()) {
                beginAnew("its file was deleted or changed by somebody else");
            }
            return null;
        });
    }

    private void tryAgain() {
        if (beginAnew("it takes entries again")) {
            unavailable = null;
            saving.saved();
            desks.clear();
            cancelAll("the journal could not be written", order -> true);
        }
    }

    private boolean beginAnew(String why) {
        try {
            journal.beginAnew(now());
            LOG.warn("paper_journal_begun_anew folder={} reason=\"{}\"", settings.folder(), why);
            return true;
        } catch (IOException e) {
            fail(takesNoMore(e));
            return false;
        }
    }

    private String takesNoMore(IOException e) {
        return "the journal in " + settings.folder() + " takes no more (" + e
                + "); give it room and the right to write";
    }

    /**
     * Brings the journal to the disk and closes it. Open orders stay open in it, and are cancelled at the next start.
     */
    public void close() {
        lock.lock();
        try {
            unavailable = "stopped";
            closed = true;
            if (watch != null) {
                watch.close();
            }
            if (journal != null) {
                journal.close();
                journal = null;
            }
        } catch (IOException e) {
            LOG.warn("paper_journal_close_failed {}", e.toString());
        } finally {
            lock.unlock();
        }
    }

    /** Why there is no paper trading, or null where there is. */
    public String unavailable() {
        return unavailable;
    }

    /** Whether the journal takes entries. */
    public Saving.View saving() {
        return saving.view();
    }

    // --- The feed

    /** The clock of events has moved: days, points of the curve. */
    public void clock(long nowMicros) {
        long next = nextPoint;
        if ((nowMicros < next && nowMicros >= next - every) || unavailable != null) {
            return;
        }
        locked(() -> {
            nextPoint = nowMicros - Math.floorMod(nowMicros, every) + every;
            String day = Times.instant(nowMicros).toString().substring(0, 10);
            if (account.day() == null || day.compareTo(account.day()) > 0) {
                enter(new JournalEntry.Day(day, account.equity()));
            }
            EquityPoint point = account.point(nowMicros);
            EquityPoint last = account.lastPoint();
            if (last == null || last.equity().compareTo(point.equity()) != 0 || !busy.isEmpty()) {
                enter(new JournalEntry.Equity(point));
            }
            return null;
        });
    }

    /** A trade of the feed, behind the market. */
    public void trade(Trade trade) {
        boolean meetsTheBook = !trade.late() && !trade.blockTrade() && !trade.rpi();
        if (!meetsTheBook || !busy.contains(trade.symbol()) || unavailable != null) {
            return;
        }
        locked(() -> {
            mark(trade);
            Desk desk = desks.get(trade.symbol());
            if (desk != null) {
                if (books.synced(trade.symbol())) {
                    meet(desk, trade);
                }
                trigger(desk, trade);
            }
            guard();
            settle(trade.symbol());
            return null;
        });
    }

    /** An update of a symbol's book, behind the market. */
    public void depth(String symbol) {
        if (!busy.contains(symbol) || unavailable != null) {
            return;
        }
        locked(() -> {
            Desk desk = desks.get(symbol);
            if (desk != null && !(desk.bids.isEmpty() && desk.asks.isEmpty() && desk.stops.isEmpty())) {
                BookView book = books.book(symbol, ALL_LEVELS);
                if (readable(book)) {
                    queue(desk.bids, book.bids(), book);
                    queue(desk.asks, book.asks(), book);
                    for (long id : List.copyOf(desk.stops)) {
                        PaperOrder order = account.openOrder(id);
                        if (order.status() == OrderStatus.TRIGGERED) {
                            desk.stops.remove(id);
                            execute(order, null, book, desk);
                            finish(id, "the book showed no more");
                        }
                    }
                    guard();
                    settle(symbol);
                }
            }
            return null;
        });
    }

    /** The feed of one symbol is lost: its open orders are cancelled. */
    public void feedDown(String symbol, String reason) {
        if (unavailable == null && busy.contains(symbol)) {
            locked(() -> {
                cancelAll(reason, order -> order.symbol().equals(symbol));
                return null;
            });
        }
    }

    /** The feed is lost: open orders are cancelled. */
    public void feedDown(String reason) {
        if (unavailable == null) {
            locked(() -> {
                cancelAll(reason, order -> true);
                return null;
            });
        }
    }

    /** A last price that is ahead of the clock came before that stepped back: it gives way to any trade. */
    private void mark(Trade trade) {
        long before = account.markedAt(trade.symbol());
        if (trade.timestampMicros() >= before || before > now()) {
            account.mark(trade.symbol(), trade.price(), trade.timestampMicros());
        }
    }

    private void meet(Desk desk, Trade trade) {
        List<RestingOrder> met = desk.resting(trade.side() == Side.BUY ? Side.SELL : Side.BUY);
        BigDecimal left = trade.qty();
        for (RestingOrder one : List.copyOf(met)) {
            if (left.signum() == 0 || !one.passedBy(trade.price()) || before(trade, account.openOrder(one.id()))) {
                continue;
            }
            one.queue().passed();
            left = left.subtract(make(met, one, left));
        }
        BigDecimal own = BigDecimal.ZERO;
        for (RestingOrder one : List.copyOf(met)) {
            if (one.price().compareTo(trade.price()) == 0 && !before(trade, account.openOrder(one.id()))) {
                BigDecimal reaches = one.queue().traded(left, now()).subtract(own);
                if (reaches.signum() > 0) {
                    own = own.add(make(met, one, reaches));
                }
            }
        }
    }

    /**
     * Whether a trade was made before the order came, as those are that are fetched after an outage. An order that is
     * ahead of the clock came before it stepped back: it is met by every trade.
     */
    private boolean before(Trade trade, PaperOrder order) {
        return trade.timestampMicros() < order.createdMicros() && order.createdMicros() <= now();
    }

    /** Fills a resting order by at most so much; returns how much. */
    private BigDecimal make(List<RestingOrder> list, RestingOrder one, BigDecimal most) {
        PaperOrder order = account.openOrder(one.id());
        BigDecimal qty = order.remaining().min(most);
        if (!fill(order, one.price(), qty, true)) {
            return BigDecimal.ZERO;
        }
        if (account.openOrder(one.id()) == null) {
            list.remove(one);
        }
        return qty;
    }

    private void trigger(Desk desk, Trade trade) {
        for (long id : List.copyOf(desk.stops)) {
            PaperOrder order = account.openOrder(id);
            if (order.status() != OrderStatus.OPEN || before(trade, order)) {
                continue;
            }
            int way = trade.price().compareTo(order.stopPrice());
            if (order.side() == Side.BUY ? way >= 0 : way <= 0) {
                enter(new JournalEntry.Triggered(id, trade.price()));
                BookView book = books.book(trade.symbol(), ALL_LEVELS);
                if (readable(book)) {
                    desk.stops.remove(id);
                    execute(account.openOrder(id), null, book, desk);
                    finish(id, "the book showed no more");
                }
            }
        }
    }

    private void queue(List<RestingOrder> resting, Levels side, BookView book) {
        for (RestingOrder one : resting) {
            one.queue().shown(shown(side, one.price(), one.side(), book), now());
        }
    }

    /** What the book shows at a price; null where it does not reach so far. */
    private static BigDecimal shown(Levels side, BigDecimal price, Side of, BookView book) {
        for (int i = 0; i < side.size(); i++) {
            int way = price.compareTo(side.price(i));
            if (way == 0) {
                return side.qty(i);
            }
            if (of == Side.BUY ? way > 0 : way < 0) {
                return BigDecimal.ZERO;
            }
        }
        return book.levels() > 0 && side.size() < book.levels() ? BigDecimal.ZERO : null;
    }

    // --- Orders

    /** Places an order. */
    public OrderResult place(OrderRequest request) {
        String fault = request.fault();
        return fault != null ? OrderResult.no(fault) : locked(() -> placeNow(request));
    }

    private OrderResult placeNow(OrderRequest request) {
        OrderResult placement = tryToPlace(request);
        if (placement.order() == null) {
            counts.refused();
        }
        return placement;
    }

    private OrderResult tryToPlace(OrderRequest request) {
        if (unavailable != null) {
            return OrderResult.no("paper trading is unavailable: " + unavailable);
        }
        BookView book = books.book(request.symbol(), ALL_LEVELS);
        if (!readable(book)) {
            return OrderResult.no("the book of " + request.symbol() + " is "
                    + (book == null ? "empty: no depth yet" : book.state() + ": " + book.reason())
                    + "; orders are taken while it is synced");
        }
        Levels opposite = request.side() == Side.BUY ? book.asks() : book.bids();
        if (request.type() == OrderType.MARKET && opposite.isEmpty()) {
            return OrderResult.no("the book of " + request.symbol() + " has nothing to take");
        }
        BigDecimal reference = request.price() != null
                ? request.price()
                : request.stopPrice() != null ? request.stopPrice() : opposite.price(0);
        boolean crosses = request.price() != null && !opposite.isEmpty() && reaches(request, opposite.price(0));
        if (request.type() == OrderType.POST_ONLY && crosses) {
            return OrderResult.no("post_only at " + request.price().toPlainString() + " would take: the book stands at "
                    + opposite.price(0).toPlainString());
        }
        String rule =
                limits.closes(request) ? null : books.rules(request.symbol()).fault(request, reference);
        if (rule != null) {
            return OrderResult.no(rule);
        }
        String limit = limits.fault(request, reference);
        if (limit != null) {
            return OrderResult.no(limit);
        }
        long id = account.lastOrderId() + 1;
        Levels own = request.side() == Side.BUY ? book.bids() : book.asks();
        boolean mayRest = request.type() == OrderType.LIMIT || request.type() == OrderType.POST_ONLY;
        BigDecimal ahead = mayRest ? shown(own, request.price(), request.side(), book) : null;
        if (!enter(new JournalEntry.Accepted(PaperOrder.of(id, request, now()), ahead))) {
            return OrderResult.no("paper trading is unavailable: " + unavailable);
        }
        busy.add(request.symbol());
        Desk desk = desks.computeIfAbsent(request.symbol(), s -> new Desk());
        switch (request.type()) {
            case STOP -> desk.stops.add(id);
            case POST_ONLY -> rest(desk, account.openOrder(id), ahead);
            default -> execute(account.openOrder(id), request.price(), book, desk);
        }
        if (request.type() == OrderType.LIMIT && account.openOrder(id) != null) {
            rest(desk, account.openOrder(id), ahead);
        } else if (request.type() == OrderType.IOC) {
            finish(id, "what was left was not to be had at its price");
        } else if (request.type() == OrderType.MARKET) {
            finish(id, "the book showed no more");
        }
        guard();
        settle(request.symbol());
        if (unavailable != null && account.openOrder(id) != null) {
            return OrderResult.no("paper trading is unavailable: " + unavailable + ". Order " + id
                    + " is cancelled as soon as the journal can be written");
        }
        return new OrderResult(find(id), null);
    }

    private static boolean reaches(OrderRequest request, BigDecimal price) {
        int way = request.price().compareTo(price);
        return request.side() == Side.BUY ? way >= 0 : way <= 0;
    }

    private static void rest(Desk desk, PaperOrder order, BigDecimal ahead) {
        List<RestingOrder> list = desk.resting(order.side());
        list.add(new RestingOrder(order.id(), order.side(), order.price(), new QueuePosition(ahead)));
        list.sort(RestingOrder::before);
    }

    /** Takes from the book what is at the limit or better; without a limit whatever there is. */
    private void execute(PaperOrder order, BigDecimal limit, BookView book, Desk desk) {
        boolean buys = order.side() == Side.BUY;
        Levels side = buys ? book.asks() : book.bids();
        ConsumedLiquidity taken = buys ? desk.takenAsks : desk.takenBids;
        taken.look(side);
        BigDecimal wanted = order.remaining();
        for (int i = 0; i < side.size() && wanted.signum() > 0; i++) {
            BigDecimal price = side.price(i);
            if (limit != null && (buys ? price.compareTo(limit) > 0 : price.compareTo(limit) < 0)) {
                return;
            }
            BigDecimal qty = taken.left(price, side.qty(i)).min(wanted);
            if (qty.signum() > 0) {
                if (!fill(order, price, qty, false)) {
                    return;
                }
                taken.take(price, side.qty(i), qty);
                wanted = wanted.subtract(qty);
            }
        }
    }

    private boolean fill(PaperOrder order, BigDecimal price, BigDecimal qty, boolean maker) {
        BigDecimal fee = price.multiply(qty).multiply(maker ? settings.makerFee() : settings.takerFee());
        Fill fill = new Fill(order.id(), order.strategy(), order.symbol(), order.side(), price, qty, fee, maker, now());
        if (!enter(new JournalEntry.Filled(fill))) {
            return false;
        }
        LOG.info(
                "paper_fill order={} strategy={} symbol={} side={} qty={} price={} maker={}",
                fill.orderId(),
                fill.strategy(),
                fill.symbol(),
                fill.side(),
                qty.toPlainString(),
                price.toPlainString(),
                maker);
        return true;
    }

    private void finish(long id, String reason) {
        if (account.openOrder(id) != null) {
            enter(new JournalEntry.Cancelled(id, reason));
        }
    }

    /** Cancels an open order; null where there is none of this id, or where nothing can be entered: see unavailable. */
    public PaperOrder cancel(long id, String reason) {
        return locked(() -> {
            PaperOrder order = account.openOrder(id);
            if (order == null || unavailable != null) {
                return null;
            }
            cancelAll(reason, one -> one.id() == id);
            return account.openOrder(id) == null ? find(id) : null;
        });
    }

    private void cancelAll(String reason, java.util.function.Predicate<PaperOrder> which) {
        for (PaperOrder order : account.open()) {
            if (which.test(order) && enter(new JournalEntry.Cancelled(order.id(), reason))) {
                Desk desk = desks.get(order.symbol());
                if (desk != null) {
                    desk.bids.removeIf(one -> one.id() == order.id());
                    desk.asks.removeIf(one -> one.id() == order.id());
                    desk.stops.remove(order.id());
                }
                settle(order.symbol());
            }
        }
    }

    private PaperOrder find(long id) {
        PaperOrder open = account.openOrder(id);
        if (open != null) {
            return open;
        }
        return account.endedOrder(id);
    }

    // --- Strategies

    /** Acts on a signal: one order, or the reason why there is none. Both are kept with the signal. */
    public SignalOutcome signal(Signal signal) {
        return locked(() -> {
            OrderResult placement = act(signal);
            SignalOutcome outcome = new SignalOutcome(
                    signal, placement.order() == null ? -1 : placement.order().id(), placement.refused(), now());
            enter(new JournalEntry.Signalled(outcome));
            return outcome;
        });
    }

    private OrderResult act(Signal signal) {
        long age = now() - signal.timestampMicros();
        if (age > settings.signalAge().toNanos() / 1_000) {
            return OrderResult.no("the signal is " + age / 1_000_000.0 + " s old, must be at most "
                    + settings.signalAge().toMillis() / 1000.0 + " s");
        }
        OrderRequest request;
        if (signal.signalType().equals(Signal.CLOSE)) {
            PaperPosition position = account.position(signal.strategy(), signal.symbol());
            if (position.isFlat()) {
                return OrderResult.no("there is no position to close");
            }
            cancelAll(
                    "its position is being closed",
                    order -> order.strategy().equals(signal.strategy())
                            && order.symbol().equals(signal.symbol()));
            request = new OrderRequest(
                    signal.strategy(),
                    signal.symbol(),
                    position.isLong() ? Side.SELL : Side.BUY,
                    OrderType.MARKET,
                    position.qty().abs(),
                    null,
                    null);
        } else {
            OrderType type = OrderType.named(signal.orderType());
            request = new OrderRequest(
                    signal.strategy(),
                    signal.symbol(),
                    signal.signalType().equals(Signal.BUY)
                            ? Side.BUY
                            : signal.signalType().equals(Signal.SELL) ? Side.SELL : null,
                    type,
                    signal.quantity(),
                    type != null && type.priced() ? signal.price() : null,
                    null);
        }
        String fault = request.fault();
        if (fault != null) {
            return OrderResult.no(fault);
        }
        OrderRequest fitted =
                limits.closes(request) ? request : books.rules(request.symbol()).fitted(request);
        return fitted.qty().signum() == 0
                ? OrderResult.no("the size " + request.qty().toPlainString() + " is less than one step of the exchange")
                : placeNow(fitted);
    }

    /** Pauses the strategies: their open orders are cancelled, their signals refused. Positions stay. */
    public void pause(String reason) {
        locked(() -> {
            if (enter(new JournalEntry.Paused(reason))) {
                cancelAll("strategies were paused", order -> !order.strategy().equals(OrderRequest.MANUAL));
            }
            return null;
        });
    }

    /** Ends a pause and a halt. The loss of the day counts from here. */
    public void resume() {
        locked(() -> {
            enter(new JournalEntry.Resumed(account.equity()));
            return null;
        });
    }

    // --- Looking

    /** A copy of everything. */
    public JournalEntry.State state() {
        return locked(account::state);
    }

    /** What the account is worth now. */
    public EquityPoint worth() {
        return locked(() -> account.point(now()));
    }

    /** What a strategy holds of a symbol. */
    public PaperPosition position(String strategy, String symbol) {
        return locked(() -> account.position(strategy, symbol));
    }

    /** What the account stands for now. */
    public Exposure exposure() {
        return locked(() -> {
            BigDecimal equity = account.equity();
            return new Exposure(
                    equity,
                    account.cash(),
                    limits.exposure(),
                    account.dayEquity() == null
                            ? BigDecimal.ZERO
                            : account.dayEquity().subtract(equity),
                    account.openCount(),
                    account.halted() != null,
                    account.paused() != null);
        });
    }

    /** What it has done since the program was started. */
    public PaperCounts counts() {
        return counts;
    }

    /** How many entries the journal holds, or -1 where there is none. */
    public long entries() {
        return locked(() -> journal == null ? -1 : journal.lines());
    }

    // --- Inside

    private static boolean readable(BookView book) {
        return book != null && book.state() == BookState.SYNCED;
    }

    /** Stops trading where the day lost too much. */
    private void guard() {
        String loss = limits.loss();
        if (loss != null && enter(new JournalEntry.Halted(loss))) {
            LOG.warn("paper_trading_halted reason=\"{}\"", loss);
            cancelAll("trading was halted", order -> true);
        }
    }

    private void settle(String symbol) {
        boolean active = account.open().stream().anyMatch(o -> o.symbol().equals(symbol))
                || account.positions().stream().anyMatch(p -> p.symbol().equals(symbol) && !p.isFlat());
        if (!active) {
            busy.remove(symbol);
        }
    }

    /** Journal first, then the state. A journal that takes no more stops the paper trading until it does. */
    private boolean enter(JournalEntry entry) {
        if (unavailable != null) {
            return false;
        }
        try {
            if (journal != null) {
                journal.append(now(), entry, settings.sync().isZero());
                saving.saved();
            }
        } catch (IOException e) {
            fail(takesNoMore(e));
            return false;
        }
        account.apply(entry, now());
        counts.entered(
                entry,
                entry instanceof JournalEntry.Filled filled
                        && account.openOrder(filled.fill().orderId()) == null);
        return true;
    }

    /** Event time; before the first event that of the last entry. */
    private long now() {
        long now = clock.getAsLong();
        return now >= 0 || journal == null ? now : journal.lastAt();
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
