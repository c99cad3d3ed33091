package dev.livefeed.app.paper;

import dev.livefeed.app.market.BookState;
import dev.livefeed.app.market.BookView;
import dev.livefeed.app.state.Saving;
import dev.livefeed.protocol.model.InstrumentId;
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
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Simulates orders with conservative fills against the market of the feed.
 * <ul>
 * <li>Taker orders walk the local order book level by level and pay the taker fee. Liquidity that the book does not
 *     show is not filled. What they took is unavailable to the next paper order until the exchange changes the level
 *     ({@link ConsumedLiquidity}).
 * <li>Resting orders fill at their own price and pay the maker fee. Trades at this price first consume the queue ahead
 *     ({@link QueuePosition}); trades through it do not. No order fills by more than the quantity of the trade. Block
 *         and RPI trades do not match against the book and fill nothing.
 * <li>A trade older than an order neither fills nor triggers it. A late trade changes nothing, and a trade older than
 *     the last price does not change that price.
 * <li>While the journal cannot be written, nothing fills and no order is accepted; writing is retried every 10 s. All
 *     open orders are cancelled then, because their fills in the meantime are unknown.
 * <li>Nothing fills while the book is not synced. When the feed is lost, all open orders are cancelled.
 * <li>Funding, borrowing, margin and liquidation are not simulated. All symbols are counted in one quote currency.
 * </ul>
 *
 * <p>Thread-safe. No code here can place a real order.
 */
public final class PaperBroker {

    private static final Logger LOG = LoggerFactory.getLogger(PaperBroker.class);
    private static final int ALL_LEVELS = 10_000;

    private final PaperSettings settings;
    private final Books books;
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<InstrumentId, SymbolOrders> ordersBySymbol = new HashMap<>();
    /** Symbols with open orders or a position; for the others an event costs one lookup. */
    private final Set<InstrumentId> busy = ConcurrentHashMap.newKeySet();

    private final PaperCounts counts = new PaperCounts();

    private PaperAccount account = new PaperAccount();
    private RiskLimits limits;
    private volatile Journal journal;
    private JournalMaintenance maintenance;
    private volatile String unavailable = "not started";
    private boolean closed;
    private final Saving saving =
            new Saving(LOG, "paper_trading_unavailable", "paper_trading_available_again", Instant::now);
    private final long every;
    private volatile long nextPoint = -1;

    /** The open orders of one symbol. */
    private static final class SymbolOrders {
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
     * Opens the journal and restores the account; orders that were open are cancelled. Never throws: see
     * {@link #unavailable}.
     */
    public void open() {
        locked(() -> {
            load();
            if (settings.journal().folder() != null) {
                maintenance = JournalMaintenance.start(settings.journal().sync(), this::sync, this::checkJournal);
            }
            return null;
        });
    }

    private void load() {
        try {
            account = new PaperAccount();
            limits = new RiskLimits(settings, account);
            JournalEntry first = new JournalEntry.Opened(PaperAccount.FORMAT, settings.source(), settings.capital());
            if (settings.journal().folder() == null) {
                account.apply(first, 0);
            } else {
                journal = Journal.open(settings.journal(), settings.instruments(), account, first);
            }
            unavailable = null;
            saving.usable();
            LOG.info(
                    "paper_trading_started journal={} entries={} cash={}",
                    settings.journal().folder() == null
                            ? "none"
                            : settings.journal().folder(),
                    journal == null ? 0 : journal.lines(),
                    account.cash().toPlainString());
            cancelAll("the application was started again", order -> true);
            for (PaperPosition position : account.positions()) {
                if (!position.isFlat()) {
                    busy.add(position.instrument());
                }
            }
        } catch (JournalException e) {
            fail(e.getMessage());
        }
    }

    private void fail(String reason) {
        unavailable = reason + "; tried again each " + JournalMaintenance.CHECK_INTERVAL.toSeconds() + " s";
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
                    // It is unknown which part has reached the disk.
                    startNewFile("it cannot be synced to disk (" + e + ")");
                }
                return null;
            });
        }
    }

    /** Retries a journal that could not be written, and detects a deleted file. */
    void checkJournal() {
        locked(() -> {
            if (closed) {
                return null;
            }
            if (journal == null) {
                load();
            } else if (unavailable != null) {
                recover();
            } else if (!journal.unchanged()) {
                startNewFile("its file was deleted or changed by another program");
            }
            return null;
        });
    }

    private void recover() {
        if (startNewFile("it can be written again")) {
            unavailable = null;
            saving.saved();
            ordersBySymbol.clear();
            cancelAll("the journal could not be written", order -> true);
        }
    }

    private boolean startNewFile(String why) {
        try {
            journal.startNewFile(now());
            LOG.warn(
                    "paper_journal_new_file folder={} reason=\"{}\"",
                    settings.journal().folder(),
                    why);
            return true;
        } catch (IOException e) {
            fail(writeError(e));
            return false;
        }
    }

    private String writeError(IOException e) {
        return "the journal in " + settings.journal().folder() + " takes no more (" + e
                + "); check free space and write permission";
    }

    /** Syncs and closes the journal. Open orders stay open in it and are cancelled at the next start. */
    public void close() {
        lock.lock();
        try {
            unavailable = "stopped";
            closed = true;
            if (maintenance != null) {
                maintenance.close();
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

    /** Why paper trading is unavailable, or null if it is available. */
    public String unavailable() {
        return unavailable;
    }

    /** Whether the journal can be written. */
    public Saving.View saving() {
        return saving.view();
    }

    // Feed

    /** Advances the event clock: starts days and records points of the equity curve. */
    public void clock(long nowMicros) {
        long next = nextPoint;
        if ((nowMicros < next && nowMicros >= next - every) || unavailable != null) {
            return;
        }
        locked(() -> {
            nextPoint = nowMicros - Math.floorMod(nowMicros, every) + every;
            String day = Times.instant(nowMicros).toString().substring(0, 10);
            if (account.day() == null || day.compareTo(account.day()) > 0) {
                append(new JournalEntry.Day(day, account.equity()));
            }
            EquityPoint point = account.point(nowMicros);
            EquityPoint last = account.lastPoint();
            if (last == null || last.equity().compareTo(point.equity()) != 0 || !busy.isEmpty()) {
                append(new JournalEntry.Equity(point));
            }
            return null;
        });
    }

    /** Processes a trade that the market has applied. */
    public void trade(Trade trade) {
        boolean matchesTheBook = !trade.late() && !trade.blockTrade() && !trade.rpi();
        if (!matchesTheBook || !busy.contains(trade.instrument()) || unavailable != null) {
            return;
        }
        locked(() -> {
            mark(trade);
            SymbolOrders orders = ordersBySymbol.get(trade.instrument());
            if (orders != null) {
                if (books.synced(trade.instrument())) {
                    match(orders, trade);
                }
                trigger(orders, trade);
            }
            checkLossLimit();
            updateBusy(trade.instrument());
            return null;
        });
    }

    /** Processes a book update that the market has applied. */
    public void depth(InstrumentId instrument) {
        if (!busy.contains(instrument) || unavailable != null) {
            return;
        }
        locked(() -> {
            SymbolOrders orders = ordersBySymbol.get(instrument);
            if (orders != null && !(orders.bids.isEmpty() && orders.asks.isEmpty() && orders.stops.isEmpty())) {
                BookView book = books.book(instrument, ALL_LEVELS);
                if (readable(book)) {
                    queue(orders.bids, book.bids(), book);
                    queue(orders.asks, book.asks(), book);
                    for (long id : List.copyOf(orders.stops)) {
                        PaperOrder order = account.openOrder(id);
                        if (order.status() == OrderStatus.TRIGGERED) {
                            orders.stops.remove(id);
                            execute(order, null, book, orders);
                            finish(id, "the book has no more liquidity");
                        }
                    }
                    checkLossLimit();
                    updateBusy(instrument);
                }
            }
            return null;
        });
    }

    /** The feed of one symbol is lost: its open orders are cancelled. */
    public void feedDown(InstrumentId instrument, String reason) {
        if (unavailable == null && busy.contains(instrument)) {
            locked(() -> {
                cancelAll(reason, order -> order.instrument().equals(instrument));
                return null;
            });
        }
    }

    /**
     * The feed is lost: open orders are cancelled.
     *
     * @param lost whether the feed of an instrument is
     */
    public void feedDown(Predicate<InstrumentId> lost, String reason) {
        if (unavailable == null) {
            locked(() -> {
                cancelAll(reason, order -> lost.test(order.instrument()));
                return null;
            });
        }
    }

    /** A last price ahead of the clock was set before the clock stepped back; any trade replaces it. */
    private void mark(Trade trade) {
        long before = account.markedAt(trade.instrument());
        if (trade.timestampMicros() >= before || before > now()) {
            account.mark(trade.instrument(), trade.price(), trade.timestampMicros());
        }
    }

    private void match(SymbolOrders orders, Trade trade) {
        List<RestingOrder> resting = orders.resting(trade.side() == Side.BUY ? Side.SELL : Side.BUY);
        BigDecimal left = trade.qty();
        for (RestingOrder one : List.copyOf(resting)) {
            if (left.signum() == 0
                    || !one.tradedThroughBy(trade.price())
                    || before(trade, account.openOrder(one.id()))) {
                continue;
            }
            one.queue().passed();
            left = left.subtract(fillResting(resting, one, left));
        }
        BigDecimal own = BigDecimal.ZERO;
        for (RestingOrder one : List.copyOf(resting)) {
            if (one.price().compareTo(trade.price()) == 0 && !before(trade, account.openOrder(one.id()))) {
                BigDecimal reaches = one.queue().traded(left, now()).subtract(own);
                if (reaches.signum() > 0) {
                    own = own.add(fillResting(resting, one, reaches));
                }
            }
        }
    }

    /**
     * Whether a trade is older than the order, as repaired trades are. An order ahead of the clock was placed before
     * the clock stepped back; no trade is older than that.
     */
    private boolean before(Trade trade, PaperOrder order) {
        return trade.timestampMicros() < order.createdMicros() && order.createdMicros() <= now();
    }

    /** Fills a resting order up to a quantity; returns the filled quantity. */
    private BigDecimal fillResting(List<RestingOrder> list, RestingOrder one, BigDecimal maxQty) {
        PaperOrder order = account.openOrder(one.id());
        BigDecimal qty = order.remaining().min(maxQty);
        if (!fill(order, one.price(), qty, true)) {
            return BigDecimal.ZERO;
        }
        if (account.openOrder(one.id()) == null) {
            list.remove(one);
        }
        return qty;
    }

    private void trigger(SymbolOrders orders, Trade trade) {
        for (long id : List.copyOf(orders.stops)) {
            PaperOrder order = account.openOrder(id);
            if (order.status() != OrderStatus.OPEN || before(trade, order)) {
                continue;
            }
            int comparison = trade.price().compareTo(order.stopPrice());
            if (order.side() == Side.BUY ? comparison >= 0 : comparison <= 0) {
                append(new JournalEntry.Triggered(id, trade.price()));
                BookView book = books.book(trade.instrument(), ALL_LEVELS);
                if (readable(book)) {
                    orders.stops.remove(id);
                    execute(account.openOrder(id), null, book, orders);
                    finish(id, "the book has no more liquidity");
                }
            }
        }
    }

    private void queue(List<RestingOrder> resting, Levels side, BookView book) {
        for (RestingOrder one : resting) {
            one.queue().shown(shown(side, one.price(), one.side(), book), now());
        }
    }

    /** The quantity that the book shows at a price; null if it does not reach the price. */
    private static BigDecimal shown(Levels side, BigDecimal price, Side of, BookView book) {
        for (int i = 0; i < side.size(); i++) {
            int comparison = price.compareTo(side.price(i));
            if (comparison == 0) {
                return side.qty(i);
            }
            if (of == Side.BUY ? comparison > 0 : comparison < 0) {
                return BigDecimal.ZERO;
            }
        }
        return book.levels() > 0 && side.size() < book.levels() ? BigDecimal.ZERO : null;
    }

    // Orders

    /** Places an order. */
    public OrderResult place(OrderRequest request) {
        String fault = request.fault();
        return fault != null ? OrderResult.refusal(fault) : locked(() -> placeNow(request));
    }

    private OrderResult placeNow(OrderRequest request) {
        OrderResult placement = tryPlace(request);
        if (placement.order() == null) {
            counts.countRefused();
        }
        return placement;
    }

    private OrderResult tryPlace(OrderRequest request) {
        if (unavailable != null) {
            return OrderResult.refusal("paper trading is unavailable: " + unavailable);
        }
        BookView book = books.book(request.instrument(), ALL_LEVELS);
        if (!readable(book)) {
            return OrderResult.refusal("the book of " + settings.instruments().name(request.instrument()) + " is "
                    + (book == null ? "empty: no depth yet" : book.state() + ": " + book.reason())
                    + "; orders are accepted only while it is synced");
        }
        Levels opposite = request.side() == Side.BUY ? book.asks() : book.bids();
        if (request.type() == OrderType.MARKET && opposite.isEmpty()) {
            return OrderResult.refusal("the book of " + settings.instruments().name(request.instrument())
                    + " has no liquidity on the other side");
        }
        BigDecimal reference = request.price() != null
                ? request.price()
                : request.stopPrice() != null ? request.stopPrice() : opposite.price(0);
        boolean crosses = request.price() != null && !opposite.isEmpty() && reaches(request, opposite.price(0));
        if (request.type() == OrderType.POST_ONLY && crosses) {
            return OrderResult.refusal("post_only at " + request.price().toPlainString() + " would take: the best "
                    + "opposite price is "
                    + opposite.price(0).toPlainString());
        }
        String rule = limits.closesPosition(request)
                ? null
                : books.rules(request.instrument()).fault(request, reference);
        if (rule != null) {
            return OrderResult.refusal(rule);
        }
        String limit = limits.fault(request, reference);
        if (limit != null) {
            if (!account.hasRoomFor(request.strategy(), request.instrument())) {
                counts.countWithoutPosition();
            }
            return OrderResult.refusal(limit);
        }
        long id = account.lastOrderId() + 1;
        Levels own = request.side() == Side.BUY ? book.bids() : book.asks();
        boolean mayRest = request.type() == OrderType.LIMIT || request.type() == OrderType.POST_ONLY;
        BigDecimal ahead = mayRest ? shown(own, request.price(), request.side(), book) : null;
        if (!append(new JournalEntry.Accepted(PaperOrder.of(id, request, now()), ahead))) {
            return OrderResult.refusal("paper trading is unavailable: " + unavailable);
        }
        counts.countAccepted();
        busy.add(request.instrument());
        SymbolOrders orders = ordersBySymbol.computeIfAbsent(request.instrument(), s -> new SymbolOrders());
        switch (request.type()) {
            case STOP -> orders.stops.add(id);
            case POST_ONLY -> rest(orders, account.openOrder(id), ahead);
            default -> execute(account.openOrder(id), request.price(), book, orders);
        }
        if (request.type() == OrderType.LIMIT && account.openOrder(id) != null) {
            rest(orders, account.openOrder(id), ahead);
        } else if (request.type() == OrderType.IOC) {
            finish(id, "the rest could not be filled at its price");
        } else if (request.type() == OrderType.MARKET) {
            finish(id, "the book has no more liquidity");
        }
        checkLossLimit();
        updateBusy(request.instrument());
        if (unavailable != null && account.openOrder(id) != null) {
            return OrderResult.refusal("paper trading is unavailable: " + unavailable + ". Order " + id
                    + " will be cancelled when the journal can be written");
        }
        return new OrderResult(find(id), null);
    }

    private static boolean reaches(OrderRequest request, BigDecimal price) {
        int comparison = request.price().compareTo(price);
        return request.side() == Side.BUY ? comparison >= 0 : comparison <= 0;
    }

    private static void rest(SymbolOrders orders, PaperOrder order, BigDecimal ahead) {
        List<RestingOrder> list = orders.resting(order.side());
        list.add(new RestingOrder(order.id(), order.side(), order.price(), new QueuePosition(ahead)));
        list.sort(RestingOrder::comparePriority);
    }

    /** Takes from the book what is at the limit or better, or everything without a limit. */
    private void execute(PaperOrder order, BigDecimal limit, BookView book, SymbolOrders orders) {
        boolean buys = order.side() == Side.BUY;
        Levels side = buys ? book.asks() : book.bids();
        ConsumedLiquidity taken = buys ? orders.takenAsks : orders.takenBids;
        taken.refresh(side);
        BigDecimal wanted = order.remaining();
        for (int i = 0; i < side.size() && wanted.signum() > 0; i++) {
            BigDecimal price = side.price(i);
            if (limit != null && (buys ? price.compareTo(limit) > 0 : price.compareTo(limit) < 0)) {
                return;
            }
            BigDecimal qty = taken.remaining(price, side.qty(i)).min(wanted);
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
        BigDecimal fee = price.multiply(qty)
                .multiply(maker ? settings.fees().maker() : settings.fees().taker());
        Fill.Owner owner = new Fill.Owner(order.strategy(), order.instrument());
        Fill fill = new Fill(order.id(), owner, order.side(), price, qty, fee, maker, now());
        if (!append(new JournalEntry.Filled(fill))) {
            return false;
        }
        counts.countFill(fill, account.openOrder(fill.orderId()) == null);
        LOG.info(
                "paper_fill order={} strategy={} symbol={} side={} qty={} price={} maker={}",
                fill.orderId(),
                fill.strategy(),
                fill.instrument().market(),
                fill.side(),
                qty.toPlainString(),
                price.toPlainString(),
                maker);
        return true;
    }

    private void finish(long id, String reason) {
        if (account.openOrder(id) != null) {
            cancelOpen(id, reason);
        }
    }

    /**
     * Cancels an open order; null if it is not open, or if the journal cannot be written (see {@link #unavailable}).
     */
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

    private boolean cancelOpen(long id, String reason) {
        if (!append(new JournalEntry.Cancelled(id, reason))) {
            return false;
        }
        counts.countCancelled();
        return true;
    }

    private void cancelAll(String reason, java.util.function.Predicate<PaperOrder> which) {
        for (PaperOrder order : account.open()) {
            if (which.test(order) && cancelOpen(order.id(), reason)) {
                SymbolOrders orders = ordersBySymbol.get(order.instrument());
                if (orders != null) {
                    orders.bids.removeIf(one -> one.id() == order.id());
                    orders.asks.removeIf(one -> one.id() == order.id());
                    orders.stops.remove(order.id());
                }
                updateBusy(order.instrument());
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

    // Strategies

    /** Executes a signal: places one order, or keeps the reason why there is none. */
    public SignalOutcome signal(Signal signal) {
        return locked(() -> {
            OrderResult placement = act(signal);
            SignalOutcome outcome = new SignalOutcome(
                    signal, placement.order() == null ? -1 : placement.order().id(), placement.refused(), now());
            if (append(new JournalEntry.Signalled(outcome))) {
                counts.countSignal(outcome);
            }
            return outcome;
        });
    }

    private OrderResult act(Signal signal) {
        long age = now() - signal.timestampMicros();
        if (age > settings.signalAge().toNanos() / 1_000) {
            return OrderResult.refusal("the signal is " + age / 1_000_000.0 + " s old, must be at most "
                    + settings.signalAge().toMillis() / 1000.0 + " s");
        }
        OrderRequest request;
        if (signal.signalType().equals(Signal.CLOSE)) {
            PaperPosition position = account.position(signal.strategy(), signal.instrument());
            if (position.isFlat()) {
                return OrderResult.refusal("there is no position to close");
            }
            cancelAll(
                    "its position is being closed",
                    order -> order.strategy().equals(signal.strategy())
                            && order.instrument().equals(signal.instrument()));
            request = new OrderRequest(
                    signal.strategy(),
                    signal.instrument(),
                    position.isLong() ? Side.SELL : Side.BUY,
                    OrderType.MARKET,
                    position.qty().abs(),
                    null,
                    null);
        } else {
            OrderType type = OrderType.named(signal.orderType());
            request = new OrderRequest(
                    signal.strategy(),
                    signal.instrument(),
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
            return OrderResult.refusal(fault);
        }
        OrderRequest fitted = limits.closesPosition(request)
                ? request
                : books.rules(request.instrument()).fitted(request);
        return fitted.qty().signum() == 0
                ? OrderResult.refusal(
                        "the quantity " + request.qty().toPlainString() + " is less than the exchange's step")
                : placeNow(fitted);
    }

    /** Pauses the strategies: their open orders are cancelled and their signals refused. Positions stay open. */
    public void pause(String reason) {
        locked(() -> {
            if (append(new JournalEntry.Paused(reason))) {
                cancelAll("strategies were paused", order -> !order.strategy().equals(OrderRequest.MANUAL));
            }
            return null;
        });
    }

    /** Ends a pause and a halt. The daily loss counts from here. */
    public void resume() {
        locked(() -> {
            append(new JournalEntry.Resumed(account.equity()));
            return null;
        });
    }

    // Queries

    /** A copy of the whole state. */
    public JournalEntry.State state() {
        return locked(account::state);
    }

    /** The current value of the account. */
    public EquityPoint valuation() {
        return locked(() -> account.point(now()));
    }

    /** The position of a strategy in a symbol. */
    public PaperPosition position(String strategy, InstrumentId instrument) {
        return locked(() -> account.position(strategy, instrument));
    }

    /** The current exposure of the account. */
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

    /** Counters since the application started. */
    public PaperCounts counts() {
        return counts;
    }

    /** Number of entries of the journal, or -1 if there is none. */
    public long entries() {
        return locked(() -> journal == null ? -1 : journal.lines());
    }

    private static boolean readable(BookView book) {
        return book != null && book.state() == BookState.SYNCED;
    }

    /** Halts trading if the daily loss reaches its limit. */
    private void checkLossLimit() {
        String loss = limits.loss();
        if (loss != null && append(new JournalEntry.Halted(loss))) {
            LOG.warn("paper_trading_halted reason=\"{}\"", loss);
            cancelAll("trading was halted", order -> true);
        }
    }

    /** Number of positions that are kept, including flat ones. */
    public int positions() {
        return locked(() -> account.positions().size());
    }

    /** Whether the instrument has a position or an open order. */
    public boolean uses(InstrumentId instrument) {
        return busy.contains(instrument);
    }

    private void updateBusy(InstrumentId instrument) {
        boolean active = account.open().stream().anyMatch(o -> o.instrument().equals(instrument))
                || account.positions().stream().anyMatch(p -> p.instrument().equals(instrument) && !p.isFlat());
        if (!active) {
            busy.remove(instrument);
        }
    }

    /**
     * Appends an entry to the journal, then applies it. A journal that cannot be written stops paper trading until it
     * can.
     */
    private boolean append(JournalEntry entry) {
        if (unavailable != null) {
            return false;
        }
        try {
            if (journal != null) {
                journal.append(now(), entry, settings.journal().sync().isZero());
                saving.saved();
            }
        } catch (IOException e) {
            fail(writeError(e));
            return false;
        }
        account.apply(entry, now());
        return true;
    }

    /** Event time; before the first event, that of the last entry. */
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
